"""Báo cáo: how far a programme is carried out, from its tasks and the figures reported (D7.1, D7.3)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from services.meetings.document.events import TypeCode
from services.members.capacity import Capacity
from services.records.printed.citing import cited
from services.records.printed.issuer import head_of
from services.records.printed.paper import Paper, begun
from services.records.printed.parts import Printed, not_printable
from services.records.printed.plan import programme_events
from services.records.printed.told import Row, Told
from services.records.printed.when import day_words
from shared.catalogue import catalogue, say, word
from shared.catalogue.presentation import day, number
from shared.dates import Moment

WIDTHS: Final = (12, 90, 55, 30, 32, 28)


def progress_report(told: Told, programme: str, to_sign: bool = False) -> Printed:
    """By the support team to the chair. Raises InvalidRequest where neither a task nor a figure is known."""
    answer = told.show("programmes", programme)
    row, events = answer["rows"][0], programme_events(told, answer, programme)
    reported = told.rests_on(one for one in events if one["type"] == "ProgressReported")
    tasks = told.rests_on(answer["related"].get("tasks", []))
    if not reported and not tasks:
        raise not_printable("programme", "no_progress", programme=programme)
    act = reported[-1] if reported else None
    on = _day(told, act)
    references = [cited(act["document"])] if act else []
    paper = begun(told, TypeCode.REPORT, references, on, team=True)
    asked = told.moment.get("as_of")
    until = say("printed.report.until", day=day_words(asked)) if asked else ""
    counts = Counter(str(one["state"]) for one in tasks)
    overdue = [one for one in tasks if one["overdue"]]
    signature = paper.signature(act)

    sheet = paper.sheet(to_sign)
    subject = say("printed.report.subject", title=row["title"])
    sheet.title(say("printed.report.type"), subject)
    sheet.to(head_of(word("capacity", Capacity.CHAIR), paper.issuer.parent or paper.issuer.body))
    sheet.text(say("printed.report.opening", until=until, title=row["title"], count=len(tasks)))
    sheet.heading(say("printed.report.state"))
    for state, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        sheet.item(say("printed.report.line", what=_state(state), count=number(count)))
    if overdue:
        sheet.item(say("printed.report.overdue", count=number(len(overdue))))
    if reported:
        sheet.heading(say("printed.report.figures"))
        for one in reported:
            sheet.item(_figures(one))
    sheet.text(say("printed.report.closing"))
    sheet.signed(signature, paper.recipients([say("printed.as_above"), say("printed.members")]))
    if tasks:
        belongs = say("printed.belongs_to", name=say("printed.report.type").capitalize(), symbol=paper.symbol)
        sheet.appendix(say("printed.appendix"), say("printed.report.list"), f"({belongs})", landscape=True)
        headings = [
            say(f"printed.report.{one}") for one in ("number", "what", "lead", "due", "is", "completed")
        ]
        sheet.table(
            headings, _lines(paper, tasks), WIDTHS, ("center", "left", "left", "left", "left", "left")
        )
    return paper.printed("report", sheet, subject)


def _day(told: Told, act: Row | None) -> date:
    """The day of the last report; without one, the day that was asked for, or that of the last event."""
    if act:
        return Moment(act["effective"]).latest
    asked = told.moment.get("as_of")
    return date.fromisoformat(asked) if asked else Moment.of(told.recorded).latest


def _state(state: str) -> str:
    """The state of a task, by its own word where tasks have one."""
    own = f"tasks.{state}"
    return word("state", own if f"state.{own}" in catalogue() else state)


def _figures(act: Row) -> str:
    """`Số chốt tới 15/12 (ngày …): xong 22; quá hạn 1`, and whether it is estimated."""
    data = act["data"]
    figures = "; ".join(f"{word('figure', name)}: {value}" for name, value in data["figures"].items())
    estimated = f" ({say('printed.report.estimated')})" if data["estimated"] else ""
    summary = str(data["summary"]).rstrip(".")
    return f"- {summary} ({day_words(data['as_of'])}){estimated}{': ' if figures else ''}{figures}."


def _lines(paper: Paper, tasks: Sequence[Row]) -> list[list[str]]:
    return [
        [
            str(n),
            str(one["title"]),
            paper.called(one["lead"], one["lead_wording"]),
            str(one["deadline_wording"] or ""),
            _state(one["state"]) + (f", {say('printed.report.late')}" if one["overdue"] else ""),
            day(one["completed"]) if one["completed"] else "",
        ]
        for n, one in enumerate(tasks, start=1)
    ]
