"""Thông báo kết luận: what a meeting concluded, for those who are to carry it out (D8.1, mẫu 1.4)."""

from collections.abc import Sequence

from services.meetings.document.events import TypeCode
from services.records.printed import on_behalf
from services.records.printed.attending import present
from services.records.printed.citing import Reference, citation, cited
from services.records.printed.meeting_course import duty
from services.records.printed.minutes import events_of, last
from services.records.printed.paper import Paper, begun
from services.records.printed.parts import Printed, not_printable
from services.records.printed.text import sentence
from services.records.printed.told import Row, Told
from services.records.printed.when import day_words
from shared.catalogue import say
from shared.dates import Moment


def notice(told: Told, meeting: str, conclusion: str | None = None, to_sign: bool = False) -> Printed:
    """Of one conclusion, or of all that one notice made known. Raises InvalidRequest where there is none, or
    where several notices did and none is chosen."""
    answer = told.show("meetings", meeting)
    row, events = answer["rows"][0], events_of(told, answer)
    found = _chosen(answer["related"].get("conclusions", []), meeting, conclusion)
    ids = {one["conclusion"] for one in found}
    acts = [
        one for one in events if one["type"] == "ConclusionIssued" and one["data"]["conclusion_id"] in ids
    ]
    references = [act["data"]["notice"] or cited(act["document"]) for act in acts]
    act, held = acts[-1], row["held"]
    paper = begun(told, TypeCode.NOTICE, references, Moment(act["effective"]).latest)
    post = on_behalf.post_of(act)
    approved = last(events, "MinutesApproved")
    minutes = _before(approved["data"]["minutes"], paper) if approved else ""
    signature = paper.signature(act)
    leads = _leads(paper, found)

    sheet = paper.sheet(to_sign)
    subject = say("printed.notice.subject", post=post, title=row["title"])
    sheet.title(say("printed.notice.type"), subject)
    there = present(answer)
    sheet.text(
        say(
            "printed.notice.opening",
            day=sentence(day_words(held)),
            chair=_chair(paper, row),
            title=row["title"],
        )
        + (say("printed.notice.attending", count=len(there)) if there else "")
    )
    file = say("printed.notice.file")
    sheet.text(
        say("printed.notice.basis", documents="; ".join(one for one in (file, minutes) if one), post=post)
    )
    for one in found:
        sheet.text(one["text"])
        for n, given in enumerate(one["duties"], start=1):
            sheet.text(duty(paper, n, given))
    sheet.text(say("printed.notice.closing", body=paper.issuer.body))
    sheet.signed(signature, paper.recipients([say("printed.members"), *leads]))
    return paper.printed("notice", sheet, f"{say('printed.notice.type')}: {subject}")


def _chosen(conclusions: Sequence[Row], meeting: str, wanted: str | None) -> list[Row]:
    if wanted is not None:
        conclusions = [one for one in conclusions if one["conclusion"] == wanted]
    if not conclusions:
        raise not_printable("meeting", "no_conclusion", meeting=meeting)
    if len({one["notice"] for one in conclusions}) > 1:
        listed = ", ".join(one["conclusion"] for one in conclusions)
        raise not_printable("conclusion", "several_notices", meeting=meeting, conclusions=listed)
    return list(conclusions)


def _before(minutes: Reference, paper: Paper) -> str:
    """The minutes, unless they are of a later day than the notice: it cannot rest on them."""
    later = minutes["date"] and paper.day and minutes["date"] > paper.day.isoformat()
    return "" if later else citation(minutes)


def _leads(paper: Paper, conclusions: Sequence[Row]) -> list[str]:
    """Who got a duty, each once."""
    return [paper.called([lead]) for one in conclusions for given in one["duties"] for lead in given["lead"]]


def _chair(paper: Paper, row: Row) -> str:
    post, name = row["presiding_post"], paper.who(row["presiding"])
    return f"{post} ({name})" if post and post != name else name
