"""What a decision decides: the acts that were done by it, in the words of an article."""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any, Final

from services.members.capacity import Capacity
from services.records.printed.citing import citation
from services.records.printed.paper import Paper
from services.records.printed.told import Row
from services.records.printed.when import day_words
from shared.catalogue import say, word

Said = Callable[[Mapping[str, Any], Paper], str]


def articles(acts: Iterable[Row], paper: Paper) -> list[str]:
    """One for each kind of act, in their order, several of one kind as lines. Acts that follow from others
    have none, nor those that no decision of the committee does."""
    willed = [one for one in acts if one["capacity"] != Capacity.POLICY and one["type"] in SAID]
    found: list[str] = []
    for kind, group in groupby(willed, key=lambda one: str(one["type"])):
        lines = [SAID[kind](one["data"], paper) for one in group]
        found.append(lines[0] if len(lines) == 1 else "\n".join([word("event", kind) + ":", *_listed(lines)]))
    return found


def _listed(lines: list[str]) -> list[str]:
    return [
        f"- {line.rstrip('. ')}{'.' if n == len(lines) else ';'}" for n, line in enumerate(lines, start=1)
    ]


def _seat(seat: str, paper: Paper) -> str:
    return paper.posts.get(f"seat:{seat}", seat)


def _regulation(data: Mapping[str, Any], paper: Paper) -> str:
    return say("printed.act.adopted", title=data["title"])


def _amendment(data: Mapping[str, Any], paper: Paper) -> str:
    return say("printed.act.amended", document=citation(data["regulation"]), summary=data["summary"])


def _assigned(data: Mapping[str, Any], paper: Paper) -> str:
    return say("printed.act.assigned", post=data["post"], role=word("role", data["role"]))


def _released(data: Mapping[str, Any], paper: Paper) -> str:
    return say("printed.act.released", post=_seat(data["seat_id"], paper), reason=data["reason"])


def _replaced(data: Mapping[str, Any], paper: Paper) -> str:
    return say("printed.act.replaced", old=_seat(data["seat_id"], paper), new=data["post"])


def _role(data: Mapping[str, Any], paper: Paper) -> str:
    post, role = _seat(data["seat_id"], paper), word("role", data["new_role"])
    return say("printed.act.assigned", post=post, role=role)


def _responsibility(data: Mapping[str, Any], paper: Paper) -> str:
    return say("printed.act.responsibility", post=_seat(data["seat_id"], paper), field=data["field"])


def _delegated(data: Mapping[str, Any], paper: Paper) -> str:
    period = {"since": day_words(data["since"]), "until": day_words(data["until"])}
    return say(
        "printed.act.delegated", post=_seat(data["delegate_seat"], paper), scope=data["scope"], **period
    )


def _programme(data: Mapping[str, Any], paper: Paper) -> str:
    return say("printed.act.adopted", title=data["title"])


def _programme_amended(data: Mapping[str, Any], paper: Paper) -> str:
    return say("printed.act.programme", title=data["title"], reason=data["reason"])


def _commended(data: Mapping[str, Any], paper: Paper) -> str:
    """Who is commended, and in which form, is told by the proposal."""
    found = paper.told.rests_on(paper.told.rows("commendations", commendation=data["commendation_id"]))
    row = found[0] if found else None
    seats = [_seat(one, paper) for one in row["commended_seats"]] if row else []
    agencies = [paper.called([one]) for one in row["commended_agencies"]] if row else []
    told = {"whom": paper.gaps.filled("; ".join([*seats, *agencies]), "commended")}
    told |= {
        "form": row["title"] if row else "",
        "merits": row["merits"] if row else "",
        "reason": data["reason"],
    }
    return say("printed.act.commended" if data["granted"] else "printed.act.not_commended", **told)


SAID: Final[Mapping[str, Said]] = {
    "RegulationAdopted": _regulation,
    "RegulationAmended": _amendment,
    "MemberAppointed": _assigned,
    "MemberRoleChanged": _role,
    "MemberReleased": _released,
    "SupportStaffAssigned": _assigned,
    "SupportStaffReleased": _released,
    "SupportStaffReplaced": _replaced,
    "ResponsibilityAssigned": _responsibility,
    "AuthorityDelegated": _delegated,
    "ProgrammeIssued": _programme,
    "ProgrammeAmended": _programme_amended,
    "CommendationDecided": _commended,
}
"""By the type of the event."""
