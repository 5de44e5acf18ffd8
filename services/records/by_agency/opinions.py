"""Who gives opinions on time, by agency (D6.1.c): the first answer of each seat that a round asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from services.meetings.tables import opinion_rounds, opinions
from services.members.projections import seats
from services.records.by_agency.counting import Came, Count, proofs, rows_of
from services.records.views import View
from shared.dates import Moment

Row = Mapping[str, Any]
NO_AGENCY = "seat:"
"""Stands before the id of a seat that no agency has."""


def opinion_discipline(view: View, committee: str, on: date) -> Iterator[dict[str, Any]]:
    """A seat counts for the agency that it had when it was asked; one that moved, for the successor."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(view, seats, committee):
        held[row["seat"]].append(row)
    first: dict[tuple[str, str], Row] = {}
    for row in rows_of(view, opinions, committee):
        first.setdefault((row["round"], row["seat"]), row)  # in the order of the versions
    passed = proofs(view, committee, ("OpinionOverdue",), ("round_id", "seat_id"))
    closed = proofs(view, committee, ("OpinionRoundClosed",), ("round_id",))
    counts: dict[str, Count] = defaultdict(Count)
    asked: dict[str, set[str]] = defaultdict(set)
    for round_ in rows_of(view, opinion_rounds, committee):
        for seat in round_["asked"]:
            key = round_["round"], seat
            whose = _whose(seat, held[seat], Moment(round_["effective"]).latest)
            answer = first.get(key)
            proof = [answer["event"]] if answer else [*passed.get(key, ()), *closed.get(key[:1], ())]
            counts[whose].add(_came(round_, seat, answer), round_["event"], *proof)
            asked[whose].add(seat)
    for whose, count in counts.items():
        yield {"whose": whose, "asked_seats": sorted(asked[whose]), **count.values}


def _came(round_: Row, seat: str, answer: Row | None) -> Came:
    """A round that was closed while there was time to answer says nothing of who had not answered."""
    if answer is not None:
        return Came.LATE if answer["late"] else Came.ON_TIME
    closed = Moment(round_["closed"]).latest.isoformat() if round_["closed"] else None
    in_time = closed is None or (round_["due_latest"] is not None and closed < round_["due_latest"])
    return Came.WAITING if in_time and seat not in round_["overdue"] else Came.SILENT


def _whose(seat: str, held: Iterable[Row], day: date) -> str:
    """The agency of whoever held the seat on that day; where nobody did, of the last."""
    known: Sequence[Row] = sorted(held, key=lambda row: (Moment(row["since"]).earliest, row["position"]))
    then = [row for row in known if Moment(row["since"]).earliest <= day and not _ended(row, day)]
    agency = next((row["agency"] for row in reversed(then or known)), None)
    return str(agency or f"{NO_AGENCY}{seat}")


def _ended(row: Row, day: date) -> bool:
    return row["until"] is not None and Moment(row["until"]).latest <= day
