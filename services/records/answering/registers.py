"""A register, or one of its records with what is around it, now or as of a moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from services.records.answering.desk import Desk, known, table
from services.records.as_of import AsOf, moment
from services.records.by_agency.laid_out import laid_out
from services.records.journal import journal
from services.records.queries import (
    Row,
    cited,
    columns,
    evidence,
    follow_ups,
    listed,
    models_of,
    record,
    related,
)
from services.records.questions import RegisterQuestion, ShowQuestion, asked
from services.records.registers import REGISTERS, Register, register_named
from services.records.selecting import ALL, chosen
from services.records.views import View
from shared.catalogue import both
from shared.dates import Moment
from shared.errors import InvalidRequest

SHOWN_OF_EVENT: Final = (
    *("reference", "type", "effective", "recorded", "position", "person", "capacity", "mandate", "ground"),
    *("acts_for", "entered_by", "clauses", "document", "source", "data"),
)


def register(desk: Desk, payload: dict[str, Any]) -> dict[str, Any]:
    question = asked(RegisterQuestion, payload)
    register = register_named(question.name)
    asked_for = moment(question.as_of, question.at_position, question.recorded_by)
    wanted = chosen(question.columns, columns(register))
    folded = () if register.table is journal else register.models  # the journal shows itself
    with desk.views.as_of(question.committee, asked_for, folded) as view:
        shown = register if folded else replace(register, only=(view.counting,))
        on = asked_for.day or desk.today()
        with laid_out(view, register, question.committee, on) if folded else _events_of(view) as db:
            rows, total = listed(
                db, shown, question.committee, question.selection(), question.limit, question.offset
            )
        if question.columns:
            rows = [{name: row[name] for name in wanted} for row in rows]
        asked_in = ("name", "committee", "as_of", "at_position", "recorded_by")
        answer = question.model_dump(include=set(asked_in))
        return {**answer, **known(view, question.committee), **table(wanted, rows, total)}


def show(desk: Desk, payload: dict[str, Any]) -> dict[str, Any]:
    question = asked(ShowQuestion, payload)
    register, committee = register_named(question.name), question.committee
    asked_for = moment(question.as_of, question.at_position, question.recorded_by)
    with desk.views.as_of(committee, asked_for, models_of(register)) as view:
        with laid_out(view, register, committee, asked_for.day or desk.today()) as db:
            rows = record(db, register, committee, question.id)
        if not rows:
            raise InvalidRequest("id", _no_record(register, question))
        around, events = _around(view, register, committee, question.id, rows)
        told = known(view, committee)
    return {
        **question.model_dump(),
        **told,
        **table(columns(register), rows, len(rows)),
        "related": around,
        "events": [_event(event) for event in events],
        **_roster(desk, committee, rows[0]),
    }


@contextmanager
def _events_of(view: View) -> Iterator[Any]:
    yield view.events


def _around(
    view: View, register: Register, committee: str, identity: str, rows: list[Row]
) -> tuple[dict[str, list[Row]], list[Row]]:
    """What stands around a record, and the events behind it; what was counted names its own."""
    if register.made:
        return {}, cited(view, committee, [one for row in rows for one in row["evidence"]])
    around = related(view.db, register, committee, identity)
    sources = [*rows, *(row for found in around.values() for row in found)]
    events = evidence(view, committee, identity, sources)
    tasks = follow_ups(view.db, committee, [identity, *(event["reference"] for event in events)])
    if tasks and register.table is not REGISTERS["tasks"].table:
        around["tasks"] = tasks
    return around, events


def _roster(desk: Desk, committee: str, row: Row) -> dict[str, Any]:
    """For a meeting: who was on the committee's list on its day, and how the committee was called."""
    if "held" not in row or "meeting" not in row:
        return {}
    on = Moment(str(row["held"])).latest
    members, sheet = register_named("members"), register_named("committees")
    with desk.views.as_of(committee, AsOf(on), (members.model, sheet.model)) as view:
        roster, _ = listed(view.db, members, committee, ALL, 1000, 0)
        names = record(view.db, sheet, committee, committee)
    name = names[0]["name"] if names else None
    return {"roster": roster, "roster_as_of": on.isoformat(), "committee_name": name}


def _event(row: Row) -> Row:
    """What is shown of an event behind a record; what its source leaves open, as on the rows it made."""
    source = row["metadata"].get("source") or {}
    doubts = {name: source[name] for name in ("inferred", "missing", "conflict") if source.get(name)}
    if not source.get("stated", True):
        doubts["not_stated"] = True
    return {**{name: row[name] for name in SHOWN_OF_EVENT}, "doubts": doubts}


def _no_record(register: Register, question: ShowQuestion) -> str:
    asked_for = {"column": register.identity.name, "id": question.id, "name": question.name}
    if question.as_of:
        return both("records.no_record_on", day=question.as_of, **asked_for)
    return both("records.no_record", **asked_for)
