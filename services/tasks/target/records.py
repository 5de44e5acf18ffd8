"""Records of targets: every set with its own denominator, every target, every assessment (D5.2.b, D7.8)."""

from collections import Counter
from typing import Any

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

from services.tasks.target.events import (
    Outcome,
    Target,
    TargetAssessed,
    TargetEvent,
    TargetsRevised,
    TargetsSet,
)
from services.tasks.trails import entry, grown
from shared.dates import Moment
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

target_sets = Table(
    "target_sets",
    metadata,
    Column("committee", String, primary_key=True),
    Column("set", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("period", String, nullable=False),
    Column("denominator", Integer, nullable=False),  # targets on the list
    Column("assessed", Integer, nullable=False),  # with an outcome: those without information are not
    Column("achieved", Integer, nullable=False),
    Column("not_achieved", Integer, nullable=False),
    Column("not_carried_out", Integer, nullable=False),
    Column("no_information", Integer, nullable=False),
    Column("unassessed", Integer, nullable=False),  # of which nothing was said yet
    Column("estimates", Integer, nullable=False),  # how many of the outcomes are estimates
    Column("achieved_of_all", String, nullable=False),
    Column("achieved_of_assessed", String, nullable=False),
    Column("steps", JSON, nullable=False),
    *provenance_columns(),
)

targets = Table(
    "targets",
    metadata,
    Column("committee", String, primary_key=True),
    Column("set", String, primary_key=True),
    Column("target", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("unit", String),
    Column("value", String),
    Column("direction", String),
    Column("lead", JSON, nullable=False),
    Column("place", Integer, nullable=False),
    Column("state", String, nullable=False),  # in_force, or ended when the list was revised
    Column("outcome", String),
    Column("reached", String),
    Column("as_of", String),
    Column("estimated", Boolean),
    *provenance_columns(),
)

assessments = Table(
    "target_assessments",
    metadata,
    Column("committee", String, primary_key=True),
    Column("event_id", String, primary_key=True),
    Column("set", String, nullable=False),
    Column("target", String, nullable=False),
    Column("name", String),
    Column("outcome", String, nullable=False),
    Column("reached", String),
    Column("as_of", String, nullable=False),
    Column("estimated", Boolean, nullable=False),
    Column("source_wording", String),
    *provenance_columns(),
)

NOTHING_SAID = {"outcome": None, "reached": None, "as_of": None, "estimated": None}


def target_sheet(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a set and one row a target, as they stand; one row an assessment, none in another's place."""
    match envelope.event:
        case TargetsSet() as made:
            key = _set(envelope, made.set_id)
            title = {"title": made.title, "period": made.period}
            db.put(
                target_sets, key, {**title, **_counts([]), "steps": [entry(envelope)], **provenance(envelope)}
            )
            _list(db, envelope, key, made.targets)
            db.change(target_sets, key, _counts(db.find(targets, key)))
        case TargetsRevised() as revised:
            key = _set(envelope, revised.set_id)
            _list(db, envelope, key, revised.targets)
            steps = grown(db, target_sets, target_sets.c.steps, key, entry(envelope, reason=revised.reason))
            values = {"title": revised.title, "steps": steps}
            db.change(target_sets, key, {**values, **_counts(db.find(targets, key))})
        case TargetAssessed() as told:
            key = _set(envelope, told.set_id)
            target = {**key, "target": told.target_id}
            listed = db.find(targets, target)
            if listed and _counts_more(told, listed[0]):
                db.change(targets, target, _outcome(told))
            _note(db, envelope, told, listed[0]["name"] if listed else None)
            db.change(target_sets, key, _counts(db.find(targets, key)))


def _note(db: Rows, envelope: Envelope[Event], told: TargetAssessed, name: str | None) -> None:
    key = {"committee": envelope.committee, "event_id": str(envelope.event_id)}
    values = {
        "set": told.set_id,
        "target": told.target_id,
        "name": name,
        "source_wording": told.source_wording,
    }
    db.put(assessments, key, {**values, **_outcome(told), **provenance(envelope)})


def _list(db: Rows, envelope: Envelope[Event], key: dict[str, Any], listed: tuple[Target, ...]) -> None:
    """The targets of a set as they are listed now; what is no longer listed stays, and counts no more."""
    ids = {target.target_id for target in listed}
    there = {row["target"] for row in db.find(targets, key)}
    for gone in sorted(there - ids):
        db.change(targets, {**key, "target": gone}, {"state": "ended"})
    for place, target in enumerate(listed, start=1):
        known = target.model_dump(mode="json", exclude={"target_id"})
        values = {**known, "place": place, "state": "in_force"}
        row = {**key, "target": target.target_id}
        if target.target_id in there:
            db.change(targets, row, values)
        else:
            db.put(targets, row, {**values, **NOTHING_SAID, **provenance(envelope)})


def _counts_more(told: TargetAssessed, row: Any) -> bool:
    """Whether an assessment is the one to show: of a later day; of the same day, no estimate for a fact."""
    if row["as_of"] is None:
        return True
    old = (Moment(row["as_of"]).latest, not row["estimated"])
    return (told.as_of.latest, not told.estimated) >= old


def _outcome(told: TargetAssessed) -> dict[str, Any]:
    return {
        "outcome": told.outcome.value,
        "reached": told.value,
        "as_of": str(told.as_of),
        "estimated": told.estimated,
    }


def _counts(rows: Any) -> dict[str, Any]:
    """How many of a set came out how; each share names the number that it is a share of."""
    counted = [row for row in rows if row["state"] == "in_force"]
    outcomes = Counter(row["outcome"] for row in counted)
    assessed = sum(outcomes[one] for one in (Outcome.ACHIEVED, Outcome.NOT_ACHIEVED, Outcome.NOT_CARRIED_OUT))
    return {
        "denominator": len(counted),
        "assessed": assessed,
        **{one.value: outcomes[one.value] for one in Outcome},
        "unassessed": outcomes[None],
        "estimates": sum(bool(row["estimated"]) for row in counted),
        "achieved_of_all": share(outcomes[Outcome.ACHIEVED], len(counted)),
        "achieved_of_assessed": share(outcomes[Outcome.ACHIEVED], assessed),
    }


def share(part: int, whole: int) -> str:
    """`21/30 (70,0%)`: a share with the number that it is a share of, rounded half up, without floats."""
    if whole == 0:
        return "0/0"
    per_mille = (2000 * part + whole) // (2 * whole)
    return f"{part}/{whole} ({per_mille // 10},{per_mille % 10}%)"


def _set(envelope: Envelope[Event], set_id: str) -> dict[str, Any]:
    return {"committee": envelope.committee, "set": set_id}


READ_MODELS = (ReadModel("target_sets", (target_sets, targets, assessments), target_sheet, TargetEvent),)
