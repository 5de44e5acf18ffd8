"""The answers of the `records` service, as plain JSON values. Blocking: the service runs them in threads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import String, and_, cast, func, select
from sqlalchemy.exc import DBAPIError

from services.members import authority
from services.records import activity_draft, activity_in_time, activity_sums
from services.records.activity import COUNTS
from services.records.activity_draft import draft
from services.records.as_of import AsOf, day, moment
from services.records.completeness.answer import CompletenessQuestion, complete
from services.records.completeness.line import Holds
from services.records.compliance.answer import detail, overview
from services.records.compliance.periods import a_year_before
from services.records.compliance.view import compliance
from services.records.database import Database
from services.records.everything import MODELS
from services.records.hashes import hashes_of
from services.records.journal import journal
from services.records.looks import Looks, look_of, noted
from services.records.looks import columns as columns_of_looks
from services.records.past import past, types_in
from services.records.powers import powers
from services.records.queries import Row, columns, evidence, follow_ups, listed, models_of, record, related
from services.records.questions import (
    ActivityQuestion,
    ComplianceQuestion,
    JournalQuestion,
    LooksQuestion,
    Nothing,
    PowersQuestion,
    RegisterQuestion,
    ShowQuestion,
    asked,
)
from services.records.registers import REGISTERS, Register, register_named
from services.records.selecting import ALL, chosen
from services.records.timetravel.answers import days_of, difference
from services.records.views import View, Views
from services.regulation.clauses import clauses
from shared.catalogue import both
from shared.contents.port import ContentsError
from shared.dates import Moment, today
from shared.errors import BcdError, InvalidRequest, StoreDown
from shared.followers.database import OUT_OF_REACH
from shared.messages import CommitteeId
from shared.personal.opening import Opening

SHOWN_OF_EVENT: Final = (
    *("reference", "type", "effective", "recorded", "position", "person", "capacity", "mandate", "ground"),
    *("acts_for", "entered_by", "clauses", "document", "source", "data"),
)


SHUT: Final = Opening()
COUNTED: Final = types_in(activity_draft, activity_in_time, activity_sums) | {one.type for one in COUNTS}
"""The types of events that an activity report looks at."""
LONGEST: Final = 10
"""Years that one compliance view shows at most."""


class Answers:
    """Answers questions from a read database; raises InvalidRequest, StoreDown, RecordsOutOfDate.

    `clock` tells the day for a question without one, where the system goes by a clock of its own; without
    `opening` sealed values stay shut. `looks` is the log of looks; without one, as where the past was
    replayed for one person alone, nothing is noted. `holds` asks the content store for a digest.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], date] | None = None,
        opening: Opening = SHUT,
        looks: Looks | None = None,
        holds: Holds = lambda digest: False,
    ) -> None:
        self._database, self._clock, self._opening = database, clock, opening
        self._views, self._looks = Views(database, MODELS), looks
        self._holds = holds

    def answer(self, method: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The answer of the method of this name."""
        try:
            found: dict[str, Any] = getattr(self, method)(payload)
            if self._looks and (look := look_of(method, payload, found)):
                noted(self._looks, look)
            return self._opening.opened(found)
        except BcdError:
            raise
        except OUT_OF_REACH as error:
            raise StoreDown(f"the read database does not answer: {error}") from error
        except ContentsError as error:
            raise StoreDown(str(error)) from error
        except DBAPIError as error:
            raise InvalidRequest(method, f"the read database refuses it: {error.orig}") from error

    def register(self, payload: dict[str, Any]) -> dict[str, Any]:
        question = asked(RegisterQuestion, payload)
        register = register_named(question.name)
        asked_for = moment(question.as_of, question.at_position, question.recorded_by)
        wanted = chosen(question.columns, columns(register))
        folded = () if register.table is journal else (register.model,)  # the journal shows itself
        with self._views.as_of(question.committee, asked_for, folded) as view:
            db = view.db if folded else view.events
            shown = register if folded else replace(register, only=(view.counting,))
            rows, total = listed(
                db, shown, question.committee, question.selection(), question.limit, question.offset
            )
            if question.columns:
                rows = [{name: row[name] for name in wanted} for row in rows]
            asked_in = ("name", "committee", "as_of", "at_position", "recorded_by")
            answer = question.model_dump(include=set(asked_in))
            return {**answer, **_known(view, question.committee), **_table(wanted, rows, total)}

    def show(self, payload: dict[str, Any]) -> dict[str, Any]:
        question = asked(ShowQuestion, payload)
        register, committee = register_named(question.name), question.committee
        asked_for = moment(question.as_of, question.at_position, question.recorded_by)
        with self._views.as_of(committee, asked_for, models_of(register)) as view:
            rows = record(view.db, register, committee, question.id)
            if not rows:
                raise InvalidRequest("id", _no_record(register, question))
            around = related(view.db, register, committee, question.id)
            sources = [*rows, *(row for found in around.values() for row in found)]
            events = evidence(view, committee, question.id, sources)
            tasks = follow_ups(view.db, committee, [question.id, *(event["reference"] for event in events)])
            if tasks and register.table is not REGISTERS["tasks"].table:
                around["tasks"] = tasks
            known = _known(view, committee)
        return {
            **question.model_dump(),
            **known,
            **_table(columns(register), rows, len(rows)),
            "related": around,
            "events": [_event(event) for event in events],
            **self._roster(committee, rows[0]),
        }

    def journal(self, payload: dict[str, Any]) -> dict[str, Any]:
        question = asked(JournalQuestion, payload)
        here = [journal.c.committee == question.committee]
        for name in ("type", "person", "capacity", "document"):
            if (value := getattr(question, name)) is not None:
                here.append(journal.c[name] == value)
        if question.stream is not None:
            here.append(journal.c.stream.startswith(question.stream, autoescape=True))
        if question.clause is not None:
            here.append(cast(journal.c.clauses, String).contains(f'"{question.clause}"', autoescape=True))
        if question.since is not None:
            here.append(journal.c.latest >= day("since", question.since).isoformat())
        if question.until is not None:
            here.append(journal.c.earliest <= day("until", question.until).isoformat())
        if question.after is not None:
            here.append(journal.c.position > question.after)
        with self._views.now() as view:
            count = select(func.count()).select_from(journal).where(and_(*here))
            total = view.db.execute(count).scalar_one()
            page = select(journal).where(and_(*here)).order_by(journal.c.position)
            found = view.db.execute(page.limit(question.limit).offset(question.offset)).mappings()
            rows = [dict(row) for row in found]
            names = [column.name for column in journal.c]
            return {
                **question.model_dump(),
                **_known(view, question.committee),
                **_table(names, rows, total),
            }

    def compliance(self, payload: dict[str, Any]) -> dict[str, Any]:
        """D12.1: each clause in each quarter, by default the four up to that of the day."""
        question = asked(ComplianceQuestion, payload)
        on = day("as_of", question.as_of) if question.as_of else self._today()
        first = day("since", question.since) if question.since else a_year_before(on)
        if not 0 <= on.year - first.year <= LONGEST or first > on:
            raise InvalidRequest("since", both("compliance.since", since=first, day=on, years=LONGEST))
        if question.clause and question.clause not in {leaf.id for leaf in clauses().leaves}:
            raise InvalidRequest("clause", _no_clause(question.clause))
        then = moment(on.isoformat(), question.at_position, question.recorded_by)
        with self._views.as_of(question.committee, then, ()) as view:
            cells = compliance(list(past(view, MODELS.codec, question.committee)), first, on)
            known = _known(view, question.committee)
        shown = overview(cells)
        if question.clause:
            leaf = next(one for one in clauses().leaves if one.id == question.clause)
            shown |= {"detail": detail(leaf, [cell for cell in cells if cell.clause == leaf.id])}
        days = {"as_of": on.isoformat(), "since": first.isoformat()}
        return {"committee": question.committee, **days, **known, **shown}

    def completeness(self, payload: dict[str, Any]) -> dict[str, Any]:
        """D7.8: what should be kept of a year against what is, by default of the present one."""
        question, on = asked(CompletenessQuestion, payload), self._today()
        with self._views.as_of(question.committee, AsOf(on), ()) as view:
            events = list(past(view, MODELS.codec, question.committee))
            known = _known(view, question.committee)
        found = complete(events, question.year or on.year, on, self._holds)
        return {"committee": question.committee, **known, **found}

    def powers(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The capacities of a person on a day, from all that is known today, and what follows from each."""
        question = asked(PowersQuestion, payload)
        at = day("at", question.at) if question.at else self._today()
        committee = CommitteeId(question.committee)
        with self._views.now() as view:
            streams = [stream.format(committee) for stream in authority.STREAMS]
            proving = past(view, MODELS.codec, committee, streams=streams)
            found = powers(proving, committee, question.person, at)
            return {"committee": committee, **_known(view, committee), **found}

    def activity(self, payload: dict[str, Any]) -> dict[str, Any]:
        """D7.7: the figures of a period with their events: a draft of the activity report."""
        question = asked(ActivityQuestion, payload)
        known_then = moment(None, question.at_position, question.recorded_by)
        with self._views.as_of(question.committee, known_then, ()) as view:
            envelopes = list(past(view, MODELS.codec, question.committee, types=COUNTED))
            made = draft(envelopes, question.period, self._today(), question.window)
            known = _known(view, question.committee)
        return {**question.model_dump(), **known, **made}

    def difference(self, payload: dict[str, Any]) -> dict[str, Any]:
        """What differs between two moments, record by record, with the events that made it."""
        return difference(self._views, payload)

    def days(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The days on which something took effect."""
        return days_of(self._views, payload)

    def looks(self, payload: dict[str, Any]) -> dict[str, Any]:
        """HT-10: who looked at what, or how often each record was looked at."""
        question = asked(LooksQuestion, payload)
        since = day("since", question.since) if question.since else None
        if self._looks is None:
            raise InvalidRequest("looks", both("looking.no_log"))
        read = self._looks.by_record if question.by_record else self._looks.lines
        rows, total = read(question.committee, since, question.limit, question.offset)
        return {**question.model_dump(), **_table(columns_of_looks(question.by_record), rows, total)}

    def status(self, payload: dict[str, Any]) -> dict[str, Any]:
        asked(Nothing, payload)
        previous = self._database.previous()
        with self._views.now() as view:
            tables = {name: one.table for name, one in REGISTERS.items() if one.table.name == name}
            counts = {
                name: view.db.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in tables.items()
            }
            return {
                **_known(view, None),
                "previous": previous.number if previous else None,
                "rows": counts,
            }

    def hashes(self, payload: dict[str, Any]) -> dict[str, Any]:
        asked(Nothing, payload)
        with self._views.now() as view:
            return {**_known(view, None), "hashes": hashes_of(view.db, MODELS.models)}

    def close(self) -> None:
        """Let go of what is kept for the next question."""
        self._views.close()
        if self._looks:
            self._looks.close()

    def _today(self) -> date:
        return (self._clock or today)()

    def _roster(self, committee: str, row: Row) -> dict[str, Any]:
        """For a meeting: who was on the committee's list on its day, and how the committee was called."""
        if "held" not in row or "meeting" not in row:
            return {}
        on = _last_day(str(row["held"]))
        members, sheet = register_named("members"), register_named("committees")
        with self._views.as_of(committee, AsOf(on), (members.model, sheet.model)) as view:
            roster, _ = listed(view.db, members, committee, ALL, 1000, 0)
            names = record(view.db, sheet, committee, committee)
        name = names[0]["name"] if names else None
        return {"roster": roster, "roster_as_of": on.isoformat(), "committee_name": name}


def _last_day(moment: str) -> date:
    return Moment(moment).latest


def _event(row: Row) -> Row:
    """What is shown of an event behind a record; what its source leaves open, as on the rows it made."""
    source = row["metadata"].get("source") or {}
    doubts = {name: source[name] for name in ("inferred", "missing", "conflict") if source.get(name)}
    if not source.get("stated", True):
        doubts["not_stated"] = True
    return {**{name: row[name] for name in SHOWN_OF_EVENT}, "doubts": doubts}


def _known(view: View, committee: str | None) -> dict[str, Any]:
    """Up to where the answer is true, and the streams that it leaves out because they are in quarantine."""
    mine = [stream for stream in view.quarantine if committee is None or f"-{committee}." in stream]
    return {
        "generation": view.generation,
        "position": view.position,
        "epoch": view.epoch,
        "quarantine": sorted(mine),
    }


def _table(names: list[str], rows: list[Row], total: int) -> dict[str, Any]:
    return {"columns": names, "rows": rows, "total": total}


def _no_clause(name: str) -> str:
    """That there is no such clause; of a heading, which clauses stand under it."""
    below = [leaf.id for leaf in clauses().under(name)] if name in clauses().by_id else []
    if below:
        return both("compliance.heading", clause=name, below=", ".join(below))
    return both("compliance.no_clause", clause=name)


def _no_record(register: Register, question: ShowQuestion) -> str:
    asked_for = {"column": register.identity.name, "id": question.id, "name": question.name}
    if question.as_of:
        return both("records.no_record_on", day=question.as_of, **asked_for)
    return both("records.no_record", **asked_for)
