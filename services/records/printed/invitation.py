"""Giấy mời: who is invited to a meeting, when and where, under whom and to deal with what (D8.1, mẫu 1.7)."""

from typing import Final

from services.meetings.document.events import TypeCode
from services.records.printed.attending import invited
from services.records.printed.citing import citation, cited
from services.records.printed.minutes import LATER, at_hour, chair, events_of, last, where
from services.records.printed.paper import begun
from services.records.printed.parts import Printed, not_printable
from services.records.printed.told import Told
from shared.catalogue import say
from shared.dates import Moment

AFTERWARDS: Final = LATER | {
    *("AbsenceReported", "AbsenceApproved", "AbsenceDeclined", "SubstituteAuthorised", "AttendanceRecorded"),
    *("MeetingOpened", "MeetingClosed", "ConclusionIssued", "MinutesApproved"),
}
"""What happens once people are invited; the invitation does not tell of it."""


def invitation(told: Told, meeting: str, to_sign: bool = False) -> Printed:
    """One for all who are invited. Raises InvalidRequest where nobody is, or the meeting was called off."""
    answer = told.show("meetings", meeting)
    row, events = answer["rows"][0], events_of(told, answer, AFTERWARDS)
    guests = invited(answer)
    if row["state"] == "cancelled":
        raise not_printable("meeting", "called_off", meeting=meeting)
    if not guests and not row["invited_heads"]:
        raise not_printable("meeting", "nobody_invited", meeting=meeting)
    convened = last(events, "MeetingConvened")
    moved = last(events, "MeetingPostponed")  # the paper that was numbered bears another day or place
    references = [cited(convened["document"])] if convened and not moved else []
    on = Moment(convened["effective"] if convened else row["first_held"]).earliest
    paper = begun(told, TypeCode.INVITATION, references, on)
    when = at_hour(paper, row["held"], "hour")
    place = where(paper, row)
    items = [
        one["title"] for one in answer["related"].get("agenda", []) if one["state"] in ("accepted", "noted")
    ]
    content = items or [paper.gaps.filled(None, "agenda")]
    papers = [
        document for one in answer["related"].get("meeting_papers", []) for document in one["documents"]
    ]
    signature = paper.signature(convened)

    sheet = paper.sheet(to_sign)
    sheet.title(say("printed.invitation.type"), say("printed.invitation.subject", title=row["title"]))
    sheet.text(say("printed.invitation.opening", body=paper.issuer.body, title=row["title"]))
    for guest in guests:
        sheet.item(f"- {guest.row['post'] or paper.who(guest.row['participant'])}")
    for agency in row["invited_heads"]:
        sheet.item(f"- {say('printed.invitation.head', agency=paper.called([agency]))}")
    sheet.led(f"{say('printed.invitation.chair')}:", chair(paper, row))
    sheet.led(f"{say('printed.invitation.time')}:", when)
    sheet.led(f"{say('printed.invitation.place')}:", place)
    if row["form"]:
        sheet.led(f"{say('printed.minutes.form')}:", row["form"])
    sheet.led(f"{say('printed.invitation.content')}:", content[0] if len(content) == 1 else "")
    for n, item in enumerate(content if len(content) > 1 else (), start=1):
        sheet.item(f"{n}. {item}")
    if papers:
        cited_papers = "; ".join(citation(one) for one in dict.fromkeys(papers))
        sheet.led(f"{say('printed.invitation.papers')}:", cited_papers)
    sheet.text(say("printed.invitation.absence"))
    sheet.signed(signature, paper.recipients([say("printed.as_above")]))
    return paper.printed("invitation", sheet, f"{say('printed.invitation.type')}: {row['title']}")
