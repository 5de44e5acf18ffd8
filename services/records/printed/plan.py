"""Chương trình, kế hoạch: as the chair issued it, with its items in an appendix (D4.1, D7.1)."""

from collections.abc import Mapping
from typing import Any, Final

from services.meetings.document.events import TypeCode
from services.records.printed.citing import citation, cited
from services.records.printed.paper import Paper, begun
from services.records.printed.parts import Printed, not_printable
from services.records.printed.text import sentence
from services.records.printed.told import Row, Told
from services.records.printed.when import day_words
from services.tasks.events import ProgrammeKind
from shared.catalogue import say, word
from shared.dates import Moment

TYPES: Final = {
    ProgrammeKind.WORK_PROGRAMME: TypeCode.PROGRAMME,
    ProgrammeKind.WORK_PLAN: TypeCode.PLAN,
    ProgrammeKind.INSPECTION_PLAN: TypeCode.PLAN,
}
WIDTHS: Final = (14, 92, 48, 48, 28, 17)
"""Of the columns of the appendix, in millimetres before they are made to fit."""


def plan(told: Told, programme: str, to_sign: bool = False) -> Printed:
    """What was issued under the number, never what a later amendment made of it; before that, the last draft.

    Raises InvalidRequest where an outside authority issued it, or where nothing is in it.
    """
    answer = told.show("programmes", programme)
    row, events = answer["rows"][0], programme_events(told, answer, programme)
    acts = [one for one in events if one["type"] in ("ProgrammeIssued", "ProgrammeDrafted")]
    issued = [one for one in acts if one["type"] == "ProgrammeIssued"]
    if row["outside"] or not acts:
        raise not_printable("programme", "outside", programme=programme)
    (act,) = told.rests_on((issued or acts)[-1:])
    content: Mapping[str, Any] = act["data"]
    if not content["items"]:
        raise not_printable("programme", "no_items", programme=programme)
    kind = ProgrammeKind(content["kind"]) if content["kind"] else ProgrammeKind.WORK_PROGRAMME
    type_code = TYPES[kind]
    references = [cited(act["document"])] if issued else []
    paper = begun(told, type_code, references, Moment(act["effective"]).latest)
    grounds = regulation_grounds(told, paper)
    signature = paper.signature(act if issued else None)
    leads = [paper.called([one]) for item in content["items"] for one in item["lead"]]

    sheet = paper.sheet(to_sign)
    name = word("kind", type_code)
    sheet.title(name, _subject(name, content["title"]))
    sheet.grounds(grounds)
    count = len(content["items"])
    sheet.text(
        say(f"printed.plan.{kind.value}", body=paper.issuer.body, count=count, year=content["year"] or "")
    )
    sheet.text(say("printed.plan.carried_out"))
    sheet.text(say("printed.plan.reported"))
    sheet.signed(signature, paper.recipients([say("printed.members"), *leads]))
    day = f" {day_words(paper.day.isoformat())}" if paper.day else ""
    belongs = say("printed.belongs_to", name=name, symbol=paper.symbol) + day
    sheet.appendix(say("printed.appendix"), say("printed.plan.list"), f"({belongs})", landscape=True)
    headings = [say(f"printed.plan.{one}") for one in ("number", "what", "lead", "with", "due", "key")]
    rows = [_line(paper, n, item) for n, item in enumerate(content["items"], start=1)]
    sheet.table(headings, rows, WIDTHS, ("center", "left", "left", "left", "left", "center"))
    return paper.printed("plan", sheet, content["title"])


def programme_events(told: Told, answer: Mapping[str, Any], programme: str) -> list[Row]:
    """The events of the programme itself, in their order."""
    own = f"programme-{told.committee}.{programme}@"
    return [one for one in answer["events"] if one["reference"].startswith(own)]


def regulation_grounds(told: Told, paper: Paper) -> list[str]:
    """What the body rests on: the decision that established it, and its regulation as amended on the day."""
    sheet = told.sheet(paper.on)
    assert sheet is not None  # the paper was begun with it
    found = [(one, text) for one, text in _told_of(sheet) if text and not _is(paper, text)]
    return [
        say(f"printed.ground.{one}", document=citation(text), body=paper.issuer.body) for one, text in found
    ]


def _told_of(sheet: Row) -> list[tuple[str, str | None]]:
    return [
        ("established", sheet["document"]),
        ("regulation", sheet["regulation"]),
        ("amended", sheet["amended_by"]),
    ]


def _subject(name: str, title: str) -> str:
    """The title without the type of document that stands above it already."""
    rest = title[len(name) :].strip() if title.lower().startswith(name.lower()) else ""
    return sentence(rest) if rest else title


def _is(paper: Paper, text: str) -> bool:
    """Whether this is the document itself: nothing rests on itself."""
    document = cited(text)
    return document is not None and document["number"] == paper.number


def _line(paper: Paper, n: int, item: Mapping[str, Any]) -> list[str]:
    due = item["deadline"]["wording"] if item["deadline"] else ""
    lead = paper.called(item["lead"], item["lead_wording"])
    key = say("printed.plan.is_key") if item["key"] else ""
    return [item["number"] or str(n), item["what"], lead, paper.called(item["with_agencies"]), due, key]
