"""Quyết định: an issued decision with the acts that rest on it as its articles (mẫu 1.2)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.meetings.document.events import TypeCode
from services.meetings.document.number import day_in_words
from services.members.capacity import Capacity
from services.records.printed.acts import articles
from services.records.printed.issuer import head_of
from services.records.printed.paper import begun
from services.records.printed.parts import Printed, not_printable
from services.records.printed.plan import regulation_grounds
from services.records.printed.told import Row, Told
from shared.catalogue import say, word
from shared.dates import Moment

LAST: Final = "./."
"""The end of the last article."""


def decision(told: Told, document: str, to_sign: bool = False) -> Printed:
    """By the id or the number in the register of outgoing documents. Raises InvalidRequest where there is no
    decision of this id, or several of different years."""
    entry = _entry(told, document)
    day = date.fromisoformat(entry["date"])
    number = {"number": entry["number"], "date": entry["date"]}
    paper = begun(told, TypeCode.DECISION, [number], day)
    grounds = regulation_grounds(told, paper)
    if not grounds:
        grounds = [paper.gaps.filled(None, "grounds")]
    acts = told.rests_on(told.acts(f"{entry['number']} {day:%d/%m/%Y}"))
    decided = articles(acts, paper) or [paper.gaps.filled(None, "articles")]
    decided += [_in_force(acts, day), say("printed.decision.carried_out")]
    signature = paper.signature(None)

    sheet = paper.sheet(to_sign)
    sheet.title(say("printed.decision.type"), entry["subject"])
    sheet.authority(head_of(word("capacity", Capacity.CHAIR), paper.issuer.body))
    sheet.grounds(grounds)
    sheet.authority(say("printed.decision.decides"))
    for n, text in enumerate(decided, start=1):
        end = LAST if n == len(decided) else "."
        sheet.led(say("printed.decision.article", n=n), f"{text.rstrip('. ')}{end}")
    sheet.signed(signature, paper.recipients([say("printed.as_article", n=len(decided))]))
    return paper.printed("decision", sheet, f"{word('kind', TypeCode.DECISION)} {entry['number']}")


def _in_force(acts: Sequence[Row], signed: date) -> str:
    """From the day of signature, or the later one on which all that it decides takes effect."""
    days = {Moment(one["effective"]).latest for one in acts}
    if len(days) == 1 and min(days) > signed:
        return say("printed.decision.in_force_from", day=day_in_words(min(days)))
    return say("printed.decision.in_force")


def _entry(told: Told, document: str) -> Row:
    column = "number" if "/" in document else "document_id"
    found = [
        one for one in told.rows("outgoing", None, **{column: document}) if one["kind"] == TypeCode.DECISION
    ]
    if not found:
        raise not_printable("document", "no_decision", document=document)
    if len(found) > 1:
        numbers = ", ".join(f"{one['number']} ({one['year']})" for one in found)
        raise not_printable("document", "several_decisions", document=document, numbers=numbers)
    return told.rests_on(found)[0]
