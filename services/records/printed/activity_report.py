"""The activity report of a period as a document (D7.7): every figure leads to the events that it rests on."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from services.meetings.document.events import TypeCode
from services.meetings.document.signing import TEAM_SERIES
from services.members.capacity import Capacity
from services.records.printed.closing import Signature
from services.records.printed.issuer import Issuer, head_of, issuer_of
from services.records.printed.layout import Masthead
from services.records.printed.linked import LinkedSheet
from services.records.printed.listing import code_version
from services.records.printed.parts import GAP
from shared.catalogue import say, word
from shared.catalogue.presentation import day, number

ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
NOTHING: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The time of a report that rests on no event."""
FIGURES: Final = ("figure", "value", "unit", "previous", "evidence")
WIDTHS: Final = (62, 34, 15, 34, 17)
VALUE: Final = 1
"""The column of the value, which leads to its events."""

Answer = Mapping[str, Any]


def printed(answer: Answer) -> bytes:
    """The draft as a .docx file, from the answer of `records.activity`."""
    sheet = LinkedSheet(mark=_mark(answer))
    issuer = issuer_of(_called(answer), TEAM_SERIES)
    sheet.masthead(_masthead(issuer))
    sheet.title(say("activity_report.title"), say("activity_report.subject", period=_period(answer)))
    sheet.to(head_of(word("capacity", Capacity.CHAIR), _called(answer)))
    sheet.table(
        [say("activity_report.basis"), say("activity_report.told")],
        [list(line) for line in basis(answer).items()],
        (55, 111),
    )
    by_key = {one["key"]: one for one in answer["figures"]}
    for place, (name, keys) in enumerate(answer["sections"].items()):
        sheet.heading(f"{ROMAN[place]}. {say(f'activity_report.section.{name}')}")
        _section(sheet, answer, [by_key[key] for key in keys])
    for issued in answer["issued"]:
        _issued(sheet, issued, by_key)
    kept = [say("printed.as_above"), say("printed.kept", by=TEAM_SERIES)]
    sheet.signed(Signature([word("capacity", Capacity.TEAM_LEADER)]), kept)
    _evidence(sheet, answer)
    title = say("activity_report.subject", period=_period(answer))
    return sheet.docx(title, _called(answer), _last(answer), str(answer["position"]))


def _masthead(issuer: Issuer) -> Masthead:
    """Of the support team, which reports (D7.7); number and day are given when it is issued."""
    return Masthead(
        issuer.body,
        issuer.parent,
        say("printed.number", symbol=f"{GAP}/{TypeCode.REPORT}-{TEAM_SERIES}"),
        say("printed.no_day", place=issuer.place or GAP, year=GAP),
        draft=say("activity_report.draft"),
    )


def basis(answer: Answer) -> dict[str, str]:
    """What the figures rest on, line by line: the days, the place in the store, the rules, the code."""
    rules = answer["rules"]
    lines = {
        "days": say("activity_report.from_to", first=day(answer["first"]), last=day(answer["last"])),
        "until": day(answer["until"]),
        "position": _position(answer),
        "epoch": answer.get("epoch") or "—",
        "regulation": rules["regulation"] or say("activity_report.no_regulation"),
        "amendment": rules["amendment"] or "—",
        "calendar": rules["calendar"],
        "code": code_version(),
    }
    if answer.get("quarantine"):
        lines["left_out"] = "; ".join(answer["quarantine"])
    return {say(f"activity_report.{name}"): str(value) for name, value in lines.items()}


def headings(answer: Answer) -> list[str]:
    """Of the table of figures; the period before is named."""
    return [say(f"activity_report.{name}", period=answer["previous"]["wording"]) for name in FIGURES]


def row_of(figure: Answer, answer: Answer) -> list[str]:
    """A figure as people read it: what, how many, of what, how many before, from how many events."""
    before = answer["previous"]["values"].get(figure["key"])
    return [
        str(figure["label"]),
        number(figure["value"]),
        str(figure["unit"] or ""),
        "" if before is None else number(before),
        number(len(figure["evidence"])),
    ]


def _section(sheet: LinkedSheet, answer: Answer, figures: Sequence[Answer]) -> None:
    rows = [row_of(one, answer) for one in figures]
    sheet.table(headings(answer), rows, WIDTHS, ("left", "right", "left", "right", "right"))
    for line, one in enumerate(figures, start=1):
        if one["evidence"]:
            sheet.link(line, VALUE, _place(one))


def _issued(sheet: LinkedSheet, issued: Answer, drafted: Mapping[str, Answer]) -> None:
    """What was reported, beside what the draft says; only where they differ."""
    sheet.heading(say("activity_report.issued", title=issued["title"], day=day(issued["issued"])))
    if issued["corrected"]:
        sheet.text(say("activity_report.corrected", day=day(issued["corrected"])))
    if not issued["differs"]:
        sheet.text(say("activity_report.same", count=len(issued["values"])))
        return
    sheet.text(say("activity_report.different", count=len(issued["differs"]), figures=len(issued["values"])))
    rows = [difference(key, issued, drafted) for key in issued["differs"]]
    names = ("figure", "issued_value", "draft_value", "because")
    titles = [say(f"activity_report.{name}", period="") for name in names]
    sheet.table(titles, rows, (70, 25, 25, 46), ("left", "right", "right", "left"))


def difference(key: str, issued: Answer, drafted: Mapping[str, Answer]) -> list[str]:
    """A figure as it was issued and as it is drafted: another number, or the same from other events."""
    told, now = issued["values"][key], drafted[key]["value"]
    how = "other_value" if told != now else "other_events"
    return [str(drafted[key]["label"]), number(told), number(now), say(f"activity_report.{how}")]


def _evidence(sheet: LinkedSheet, answer: Answer) -> None:
    """For each figure its events, on pages of their own."""
    belongs = say("activity_report.belongs", period=_period(answer))
    sheet.appendix(say("activity_report.appendix"), say("activity_report.events"), belongs)
    titles = [say(f"activity_report.{name}") for name in ("what", "effective", "reference")]
    for figure in answer["figures"]:
        if not figure["evidence"]:
            continue
        told = f"{figure['label']}: {number(figure['value'])} {figure['unit'] or ''}".rstrip()
        sheet.place(sheet.add("heading", told), _place(figure))
        rows = [event_row(reference, answer) for reference in figure["evidence"]]
        sheet.table(titles, rows, (48, 26, 86), ("left", "center", "left"))


def event_row(reference: str, answer: Answer) -> list[str]:
    event = answer["events"][reference]
    return [word("event", str(event["type"])), day(str(event["effective"])), reference]


def _place(figure: Answer) -> str:
    return f"figure_{figure['key']}"


def _period(answer: Answer) -> str:
    """`quý III/2025`; with the days where they are not those of the calendar."""
    named = str(answer["wording"])
    if not answer.get("window"):
        return named
    return say("activity_report.window", period=named, first=day(answer["first"]), last=day(answer["last"]))


def _called(answer: Answer) -> str:
    return str(answer.get("called") or answer["committee"])


def _position(answer: Answer) -> str:
    """Up to which event the figures know: that of the question, or that of the records."""
    told = answer.get("at_position")
    known = str(answer["position"] if told is None else min(told, answer["position"]))
    if answer.get("recorded_by"):
        return say("activity_report.recorded_by", position=known, when=day(str(answer["recorded_by"])))
    return known


def _mark(answer: Answer) -> str:
    epoch = answer.get("epoch") or "—"
    return say("books.mark", position=_position(answer), epoch=epoch, code=code_version())


def _last(answer: Answer) -> datetime:
    """When the last event behind a figure was recorded."""
    times = (datetime.fromisoformat(one["recorded"]) for one in answer["events"].values())
    return max(times, default=NOTHING)
