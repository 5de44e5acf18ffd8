"""Who attended a meeting, who did not and with whose consent, and who kept its minutes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.members.capacity import SUPPORT_TEAM
from services.records.printed.citing import citation
from services.records.printed.paper import Paper
from services.records.printed.told import Row
from shared.catalogue import say, word


@dataclass(frozen=True)
class Attendant:
    """A line of the attendance register; `stands_in_for` is the row of the member who is represented, `point`
    the name of the point of attendance."""

    row: Row
    stands_in_for: Row | None = None
    point: str | None = None

    def told(self, paper: Paper) -> str:
        """`Giám đốc Sở Tài chính (vắng có phép, có người dự thay)`."""
        row, notes = self.row, []
        member = self.stands_in_for
        if member:
            brought = member["substitute_opinion"]
            with_it = say("printed.minutes.with_opinion", document=citation(brought)) if brought else ""
            notes.append(say("printed.minutes.stands_in", member=_post(member, paper)) + with_it)
        if row["status"] != "present" and row["outcome"]:
            notes.append(word("state", row["outcome"]).lower())
        if row["count"]:
            notes.append(say("printed.minutes.group", count=row["count"]))
        if self.point:
            notes.append(self.point)
        who = say("printed.minutes.substitute") if member and not row["post"] else _post(row, paper)
        return f"{who} ({'; '.join(notes)})" if notes else who


def present(answer: Mapping[str, Any]) -> list[Attendant]:
    """In the order of the committee's list, then all others."""
    return _ordered(answer, (row for row in _attendance(answer) if row["status"] == "present"))


def absent(answer: Mapping[str, Any]) -> list[Attendant]:
    """Who was recorded absent, or had consent to be and was not recorded at all."""
    return _ordered(
        answer,
        (
            row
            for row in _attendance(answer)
            if row["status"] == "absent" or (row["status"] is None and row["absence"] == "approved")
        ),
    )


def invited(answer: Mapping[str, Any]) -> list[Attendant]:
    return _ordered(answer, (row for row in _attendance(answer) if row["invitation"] == "invited"))


def secretary(paper: Paper, meeting: Row, events: Iterable[Row]) -> str | None:
    """Who was named when the meeting was called; else who of the support team recorded the attendance kept
    the minutes (D7.4, D7.8); else None."""
    if meeting["secretary"]:
        return paper.who(meeting["secretary"])
    for one in events:
        if one["type"] == "AttendanceRecorded" and one["capacity"] in SUPPORT_TEAM:
            post = word("capacity", one["capacity"])
            home = paper.posts.get(one["person"])
            return f"{post} ({home})" if home and not home.startswith(post) else post
    return None


def _attendance(answer: Mapping[str, Any]) -> list[Row]:
    return list(answer["related"].get("attendance", []))


def _ordered(answer: Mapping[str, Any], rows: Iterable[Row]) -> list[Attendant]:
    members = [seat["holder"] for seat in answer.get("roster") or ()]
    place = {holder: n for n, holder in enumerate(members)}
    represented = {row["substitute"]: row for row in _attendance(answer) if row["substitute"]}
    points = {point["point_id"]: point["name"] for point in answer["rows"][0]["points"]}
    found = sorted(rows, key=lambda row: (place.get(row["participant"], len(place)), row["position"]))
    return [
        Attendant(row, represented.get(row["participant"]), points.get(row["point"], row["point"]))
        for row in found
    ]


def _post(row: Row, paper: Paper) -> str:
    return str(row["post"] or paper.who(row["participant"]))
