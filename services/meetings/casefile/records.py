"""The registers of files: the file plan, the case files, what each holds and must hold (D7.8)."""

from typing import Any, Final

from sqlalchemy import Boolean, Column, Integer, String, Table

from services.meetings.casefile.events import (
    CaseFileClosed,
    CaseFileEntered,
    CaseFileEvent,
    CaseFileHeldBack,
    CaseFileOpened,
    CaseFileReopened,
    CaseFileRevised,
    CatalogueEvent,
    FilePlanDrafted,
    FilePlanIssued,
    MatterEnded,
    MatterResumed,
    Retention,
)
from services.meetings.casefile.records_contents import case_documents, case_papers, contents, counted
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, metadata, provenance, provenance_columns

case_files: Final = Table(
    "case_files",
    metadata,
    Column("committee", String, primary_key=True),
    Column("case_file", String, primary_key=True),
    Column("symbol", String),  # number and symbol in the catalogue of the year
    Column("ordinal", Integer),  # the number alone
    Column("title", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject_id", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("organ", String),
    Column("in_plan", Boolean),
    Column("keeper", String),
    Column("access", String, nullable=False),
    Column("language", String, nullable=False),
    Column("retention_class", String, nullable=False),
    Column("retention_years", Integer),  # empty is for ever
    Column("retention_version", String, nullable=False),
    Column("retention_basis", String),
    Column("note", String),
    Column("began", String, nullable=False),
    Column("ended", String),
    Column("ending", String),
    Column("expected", Integer, nullable=False),
    Column("lacking", Integer, nullable=False),
    Column("filed", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("state", String, nullable=False),  # open, ended, closed
    Column("state_because", String),
    Column("closed", String),
    Column("start", String),
    Column("keep_until", String),
    Column("by_decree", String),
    Column("by_law", String),
    Column("submit_by", String),  # the earlier of both, or the day until which it is held back
    Column("held_back", String),
    *provenance_columns(),
)

file_plan: Final = Table(
    "file_plan",
    metadata,
    Column("committee", String, primary_key=True),
    Column("plan_line", String, primary_key=True),  # the year and the place in the plan
    Column("year", Integer, nullable=False),
    Column("ordinal", Integer),  # the number, once it is issued
    Column("symbol", String),
    Column("title", String, nullable=False),
    Column("retention_class", String, nullable=False),
    Column("keeper", String),
    Column("kind", String),
    Column("note", String),
    Column("case_file", String),
    Column("state", String, nullable=False),  # drafted, issued, dropped
    *provenance_columns(),
)


def case_file_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a file, with its number once the catalogue gave it, in whichever order both come."""
    event = envelope.event
    if isinstance(event, CatalogueEvent):
        plan(db, envelope)
        return
    if not isinstance(event, CaseFileEvent):
        return
    key = {"committee": envelope.committee, "case_file": event.file_id}
    _course(db, envelope, key)
    contents(db, envelope, key)
    db.change(case_files, key, counted(db, key))


def _course(db: Rows, envelope: Envelope[Event], key: dict[str, Any]) -> None:
    match envelope.event:
        case CaseFileOpened() as opened:
            told = {"kind", "subject_id", "title", "year", "keeper", "access", "language", "note"}
            values = {
                **opened.model_dump(mode="json", include=told),
                **_retention(opened.retention),
                "began": opened.began.isoformat(),
                **_state("open"),
                **counted(db, key),
                **provenance(envelope),
            }
            db.put(case_files, key, values)
        case CaseFileRevised() as revised:
            told = {"title", "keeper", "access", "note"}
            values = revised.model_dump(mode="json", include=told)
            db.change(case_files, key, {**values, **_retention(revised.retention)})
        case MatterEnded() as ended:
            about = {"ended": ended.on.isoformat(), "ending": ended.ending.value}
            db.change(case_files, key, {**about, **_state("ended")})
        case MatterResumed() as resumed:
            again = {"ended": None, "ending": None, **_state("open", resumed.reason)}
            db.change(case_files, key, again)
        case CaseFileClosed() as closed:
            told = {"start", "keep_until", "by_decree", "by_law", "submit_by"}
            values = closed.model_dump(mode="json", include=told)
            values |= {"closed": str(envelope.meta.effective_at), "held_back": None}
            db.change(case_files, key, {**values, **_state("closed")})
        case CaseFileReopened() as reopened:
            told = {"closed", "start", "keep_until", "by_decree", "by_law", "submit_by", "held_back"}
            db.change(case_files, key, {**dict.fromkeys(told), **_state("ended", reopened.reason)})
        case CaseFileHeldBack() as held:
            until = held.until.isoformat()
            db.change(case_files, key, {"submit_by": until, "held_back": str(held.consent)})


def _state(state: str, because: str | None = None) -> dict[str, Any]:
    return {"state": state, "state_because": because}


def _retention(retention: Retention) -> dict[str, Any]:
    return {
        "retention_class": retention.class_id,
        "retention_years": retention.years,
        "retention_version": retention.version,
        "retention_basis": retention.basis,
    }


def plan(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a line of the plan; what is drafted anew takes the place of the draft before."""
    match envelope.event:
        case FilePlanDrafted() as drafted:
            waiting = {"committee": envelope.committee, "year": drafted.year, "state": "drafted"}
            db.change(file_plan, waiting, {"state": "dropped"})
            _lines(db, envelope, drafted, "drafted")
        case FilePlanIssued() as issued:
            _lines(db, envelope, issued, "issued")
        case CaseFileEntered() as entered:
            key = {"committee": envelope.committee, "case_file": entered.file_id}
            code = {
                "symbol": entered.symbol,
                "ordinal": entered.number,
                "organ": entered.organ_id,
                "in_plan": entered.planned,
            }
            db.change(case_files, key, code)
            if entered.planned:
                line = {"committee": envelope.committee, "year": entered.year, "ordinal": entered.number}
                db.change(file_plan, line, {"case_file": entered.file_id})


def _lines(db: Rows, envelope: Envelope[Event], told: FilePlanDrafted | FilePlanIssued, state: str) -> None:
    names = {"symbol", "title", "retention_class", "keeper", "kind", "note"}
    for place, item in enumerate(told.items, start=told.first):
        key = {"committee": envelope.committee, "plan_line": f"{told.year}.{place}"}
        values = item.model_dump(mode="json", include=names)
        values |= {"year": told.year, "ordinal": item.number, "state": state, "case_file": None}
        db.put(file_plan, key, {**values, **provenance(envelope)})


READ_MODELS = (
    ReadModel(
        "case_files",
        (case_files, case_documents, case_papers, file_plan),
        case_file_register,
        CaseFileEvent | CatalogueEvent,
    ),
)
