"""Biên bản: the minutes of a meeting, from its events alone (D7.8, Nghị định 30/2020/NĐ-CP, mẫu 1.9)."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from services.meetings.document.events import TypeCode
from services.records.printed.attending import absent, present, secretary
from services.records.printed.closing import Signature
from services.records.printed.meeting_course import agenda, concluded, opinions
from services.records.printed.paper import Paper, begun
from services.records.printed.parts import Printed, not_printable
from services.records.printed.told import Row, Told
from services.records.printed.when import day_words, hour_words
from shared.catalogue import say
from shared.dates import Moment

MEETING: Final = "meeting-"
LATER: Final = frozenset({"ConclusionFollowUpChecked"})
"""What the support team found later is no part of the meeting."""


def minutes(told: Told, meeting: str, to_sign: bool = False) -> Printed:
    """Raises InvalidRequest where nobody is recorded as present: what did not take place has none."""
    answer = told.show("meetings", meeting)
    row, events = answer["rows"][0], events_of(told, answer)
    there = present(answer)
    if not there:
        raise not_printable("meeting", "nobody_present", meeting=meeting)
    approved = last(events, "MinutesApproved")
    on = Moment(row["held"]).latest
    paper = begun(told, TypeCode.MINUTES, [approved["data"]["minutes"]] if approved else [], on)
    opened, closed = last(events, "MeetingOpened"), last(events, "MeetingClosed")
    begins = (opened["effective"] if opened and "T" in opened["effective"] else None) or row["held"]
    heads = [
        ("begun", at_hour(paper, begins, "begun_at")),
        ("place", where(paper, row)),
        ("chair", chair(paper, row)),
        ("secretary", paper.gaps.filled(secretary(paper, row, events), "secretary")),
    ]
    discussed, asked = agenda(answer), opinions(paper, meeting)
    decided = concluded(paper, answer["related"].get("conclusions", []))
    if not decided:
        decided = [paper.gaps.filled(None, "conclusion")]
    ended = at_hour(paper, closed["effective"] if closed else None, "closed_at")

    sheet = paper.sheet(to_sign, with_place=False)
    sheet.title(say("printed.minutes.type"), row["title"])
    for head, text in heads:
        sheet.led(f"{say(f'printed.minutes.{head}')}:", text)
    if row["form"]:
        sheet.led(f"{say('printed.minutes.form')}:", row["form"])
    sheet.heading(say("printed.minutes.attending"))
    sheet.led(say("printed.minutes.present", count=str(len(there))), "")
    for one in there:
        sheet.item(f"- {one.told(paper)}")
    away = absent(answer)
    sheet.led(say("printed.minutes.absent", count=str(len(away))), "")
    for one in away:
        sheet.item(f"- {one.told(paper)}")
    sheet.heading(say("printed.minutes.course"))
    for line in discussed or [say("printed.minutes.no_agenda")]:
        sheet.text(line)
    if asked:
        sheet.heading(say("printed.minutes.opinions"))
        for line in asked:
            sheet.text(line)
    sheet.heading(say("printed.minutes.concluded", n="IV" if asked else "III"))
    for line in decided:
        sheet.text(line)
    sheet.text(say("printed.minutes.closed", when=ended))
    sheet.signed_twice(
        Signature([say("printed.minutes.secretary")]),
        Signature([say("printed.minutes.chairing")]),
        [say("printed.minutes.kept")],
    )
    return paper.printed("minutes", sheet, f"{say('printed.minutes.type')}: {row['title']}")


def events_of(told: Told, answer: Mapping[str, Any], without: Collection[str] = LATER) -> list[Row]:
    """The events of the meeting itself, in their order, `without` types on which the paper does not rest."""
    own = f"{MEETING}{told.committee}.{answer['id']}@"
    found = [one for one in answer["events"] if one["reference"].startswith(own)]
    return told.rests_on(one for one in found if one["type"] not in without)


def last(events: list[Row], kind: str) -> Row | None:
    return next((one for one in reversed(events) if one["type"] == kind), None)


def where(paper: Paper, row: Row) -> str:
    """The place that the meeting was called to, and its points of attendance."""
    named = [row["venue"], *(point["name"] for point in row["points"])]
    return paper.gaps.filled("; ".join(filter(None, named)), "venue")


def chair(paper: Paper, row: Row) -> str:
    """Who presides, by the post in the body and the one at home, and who does so with them."""
    names = [paper.who(row["presiding"]), *(paper.who(one) for one in row["co_presiding"])]
    post = row["presiding_post"]
    first = f"{post} ({names[0]})" if post and post != names[0] else names[0]
    return "; ".join([first, *names[1:]])


def at_hour(paper: Paper, moment: str | None, part: str) -> str:
    """Hour and day; where the day alone is known, the hour is a gap."""
    hour = hour_words(moment)
    if hour is None:
        gap = paper.gaps.filled(None, part)
        hour = say("printed.hour", hour=gap, minute=gap)
    return say("printed.minutes.at", hour=hour, day=day_words(moment or paper.on.isoformat()))
