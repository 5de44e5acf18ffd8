"""What the records say of themselves: how much they hold, their hashes, who looked at what."""

from typing import Any

from sqlalchemy import func, select

from services.records.answering.desk import Desk, known, table
from services.records.as_of import day
from services.records.everything import MODELS
from services.records.hashes import hashes_of
from services.records.looks import columns
from services.records.questions import LooksQuestion, Nothing, asked
from services.records.registers import REGISTERS
from shared.catalogue import both
from shared.errors import InvalidRequest


def status(desk: Desk, payload: dict[str, Any]) -> dict[str, Any]:
    asked(Nothing, payload)
    previous = desk.database.previous()
    with desk.views.now() as view:
        tables = {name: one.table for name, one in REGISTERS.items() if one.table.name == name}
        counts = {
            name: view.db.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.items()
        }
        return {
            **known(view, None),
            "previous": previous.number if previous else None,
            "rows": counts,
        }


def hashes(desk: Desk, payload: dict[str, Any]) -> dict[str, Any]:
    asked(Nothing, payload)
    with desk.views.now() as view:
        return {**known(view, None), "hashes": hashes_of(view.db, MODELS.models)}


def looks(desk: Desk, payload: dict[str, Any]) -> dict[str, Any]:
    """HT-10: who looked at what, or how often each record was looked at."""
    question = asked(LooksQuestion, payload)
    since = day("since", question.since) if question.since else None
    if desk.looks is None:
        raise InvalidRequest("looks", both("looking.no_log"))
    read = desk.looks.by_record if question.by_record else desk.looks.lines
    rows, total = read(question.committee, since, question.limit, question.offset)
    return {**question.model_dump(), **table(columns(question.by_record), rows, total)}
