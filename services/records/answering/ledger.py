"""The journal: which events there are, by what they say of themselves."""

from typing import Any

from sqlalchemy import String, and_, cast, func, select

from services.records.answering.desk import Desk, known, table
from services.records.as_of import day
from services.records.journal import journal
from services.records.questions import JournalQuestion, asked


def events(desk: Desk, payload: dict[str, Any]) -> dict[str, Any]:
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
    with desk.views.now() as view:
        count = select(func.count()).select_from(journal).where(and_(*here))
        total = view.db.execute(count).scalar_one()
        page = select(journal).where(and_(*here)).order_by(journal.c.position)
        found = view.db.execute(page.limit(question.limit).offset(question.offset)).mappings()
        rows = [dict(row) for row in found]
        names = [column.name for column in journal.c]
        return {
            **question.model_dump(),
            **known(view, question.committee),
            **table(names, rows, total),
        }
