"""What a meeting dealt with, what seats thought of it, and what it concluded, as lines of text."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from services.records.printed.citing import citation
from services.records.printed.paper import Paper
from services.records.printed.told import Row
from shared.catalogue import say, word

TALLY: Final = ("agree", "agree_with_comments", "disagree", "no_answer")


def agenda(answer: Mapping[str, Any]) -> list[str]:
    """Each item that was accepted or noted, with the goals, progress and results of its proposal (D8.1)."""
    found: list[str] = []
    items = [row for row in answer["related"].get("agenda", []) if row["state"] in ("accepted", "noted")]
    for n, row in enumerate(items, start=1):
        found.append(f"{n}. {row['title']}")
        for part in ("goals", "progress", "results"):
            if row[part]:
                found.append(say(f"printed.minutes.{part}", text=row[part]))
        if row["report"]:
            found.append(say("printed.minutes.report", document=citation(row["report"])))
    return found


def opinions(paper: Paper, meeting: str) -> list[str]:
    """The rounds that were asked at the meeting: each seat's last opinion, then the count."""
    found: list[str] = []
    told = paper.told
    for number, one in enumerate(told.rests_on(told.rows("opinion_rounds", meeting=meeting)), start=1):
        found.append(f"{number}. {one['subject']}")
        latest: dict[str, Row] = {}
        for row in told.rests_on(told.rows("opinions", round=one["round"])):
            if row["version"] >= latest.get(row["seat"], row)["version"]:
                latest[row["seat"]] = row
        for seat, row in latest.items():
            comments = f": {row['comments']}" if row["comments"] else ""
            post = paper.posts.get(f"seat:{seat}", seat)
            found.append(f"- {post}: {word('state', row['answer']).lower()}{comments}")
        tally = one["tally"] or {}
        if tally:
            counts = {name: tally.get(name, 0) for name in TALLY}
            found.append(say("printed.minutes.tally", **counts))
    return found


def concluded(paper: Paper, conclusions: Sequence[Row]) -> list[str]:
    """The words of each conclusion, then its duties with who leads and by when."""
    found: list[str] = []
    for row in conclusions:
        found.append(str(row["text"]))
        found += [duty(paper, n, one) for n, one in enumerate(row["duties"], start=1)]
    return found


def duty(paper: Paper, n: int, one: Mapping[str, Any]) -> str:
    """`1. What. Cơ quan chủ trì: …; thời hạn: …`: what is not told is left out."""
    lead = paper.called(one["lead"], one["lead_wording"])
    due = one["deadline"]["wording"] if one["deadline"] else None
    parts = [say("printed.lead", agencies=lead)] if lead else []
    parts += [say("printed.due", due=due)] if due else []
    what = str(one["what"]).rstrip(". ")
    return f"{n}. {what}. {'; '.join(parts)}." if parts else f"{n}. {what}."
