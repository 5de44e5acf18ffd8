"""The answers about two moments, as plain JSON values."""

from typing import Any, Final

from pydantic import Field

from services.records.everything import MODELS
from services.records.journal import journal
from services.records.questions import COMMITTEE, LAST_ROW, Question, asked
from services.records.registers import REGISTERS, register_named
from services.records.timetravel.days import days
from services.records.timetravel.difference import differences
from services.records.timetravel.moments import moment_written
from services.records.views import Views
from shared.catalogue import both
from shared.errors import InvalidRequest

EVERY: Final = tuple(
    name for name, one in REGISTERS.items() if one.table.name == name and one.table is not journal
)
"""The registers that are compared where none is named; the journal is what the others are made of."""


class DifferenceQuestion(Question):
    """Two moments as `moments.moment_written` reads them; without registers, all are compared."""

    committee: str = Field(pattern=COMMITTEE)
    before: str = Field(min_length=1, max_length=80)
    after: str = Field("now", min_length=1, max_length=80)
    registers: tuple[str, ...] = Field((), max_length=100)
    limit: int = Field(100, ge=1, le=1000)
    offset: int = Field(0, ge=0, le=LAST_ROW)


class DaysQuestion(Question):
    """The days on which something took effect."""

    committee: str = Field(pattern=COMMITTEE)


def difference(views: Views, payload: dict[str, Any]) -> dict[str, Any]:
    """Raises InvalidRequest for a moment or register that is none."""
    question = asked(DifferenceQuestion, payload)
    before, after = (moment_written(name, getattr(question, name)) for name in ("before", "after"))
    tables = []
    for name in question.registers or EVERY:
        register = register_named(name)
        table = register.table
        if table is journal:
            raise InvalidRequest("registers", both("difference.no_journal"))
        if register.made:
            raise InvalidRequest(
                "registers", both("counted.no_difference", of=", ".join(sorted(register.models)))
            )
        if table not in tables:
            tables.append(table)
    found = differences(
        views, MODELS, question.committee, before, after, tables, question.limit, question.offset
    )
    return {
        **question.model_dump(mode="json"),
        "position": found.position,
        "events": found.events,
        "totals": found.totals,
        "total": sum(sum(counts.values()) for counts in found.totals.values()),
        "differences": [one.as_dict() for one in found.found],
    }


def days_of(views: Views, payload: dict[str, Any]) -> dict[str, Any]:
    question = asked(DaysQuestion, payload)
    with views.now() as now:
        return {
            "committee": question.committee,
            "position": now.position,
            "days": days(now, question.committee),
        }
