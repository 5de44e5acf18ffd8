"""Erasing personal data: requested, then refused on a legal basis, or ordered and carried out (D7.8).

The law on personal data lets a state body keep what its work needs: a request may have to be refused, and
who asked has to be told why. What is erased is the key; the record stays, and says that it was erased.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, assert_never

from services.members.capacity import SUPPORT_TEAM, Capacity, for_the_chair
from services.members.events import Matter
from services.members.privacy.commands import (
    OrderErasure,
    PrivacyCommand,
    RecordErasure,
    RefuseErasure,
    RequestErasure,
)
from services.members.privacy.events import (
    ErasureOrdered,
    ErasureRefused,
    ErasureRequested,
    PersonalDataErased,
    PrivacyEvent,
)
from services.members.rules import Rule
from shared.decider import Decider, require
from shared.envelope import Act

DAYS_TO_ERASE: Final = timedelta(days=20)
"""In which a request to erase is carried out (NĐ 356/2025, Điều 5)."""


class Standing(StrEnum):
    """How far the erasure of a subject has come."""

    NONE = "not on record"
    REQUESTED = "requested"
    REFUSED = "refused"
    ORDERED = "ordered"
    ERASED = "erased"


@dataclass(frozen=True)
class Erasure:
    standing: Standing = Standing.NONE
    basis: str | None = None

    @property
    def decided(self) -> bool:
        """Whether it was ordered; that is never taken back."""
        return self.standing in (Standing.ORDERED, Standing.ERASED)


def request(command: RequestErasure, act: Act, erasure: Erasure) -> list[PrivacyEvent]:
    """D7.8: whoever keeps the records notes that somebody asked; after a refusal it may be asked anew."""
    require(
        act.in_capacity(Capacity.FOCAL_POINT, *SUPPORT_TEAM) or for_the_chair(act, Matter.DOCUMENTS),
        Rule.ERASURE_NOTED_BY_KEEPER,
        "only the support team, the focal point or the chair notes the request",
    )
    if erasure.standing is Standing.REQUESTED or erasure.decided:
        return []
    asked = act.effective_at.latest
    decide_by = asked + DAYS_TO_ERASE if asked < date.max - DAYS_TO_ERASE else None
    document = command.document or act.document
    return [ErasureRequested(subject=command.subject, decide_by=decide_by, document=document)]


def refuse(command: RefuseErasure, act: Act, erasure: Erasure) -> list[PrivacyEvent]:
    """D4.1, D7.8: what the work of the committee needs is kept; who asked is told on which legal basis."""
    _by_chair(act)
    if erasure == Erasure(Standing.REFUSED, command.basis):
        return []
    require(
        erasure.standing is Standing.REQUESTED,
        Rule.ERASURE_LIES_BEFORE,
        f"the erasure of {command.subject} is {erasure.standing.value}",
    )
    document = command.document or act.document
    return [ErasureRefused(subject=command.subject, basis=command.basis, document=document)]


def order(command: OrderErasure, act: Act, erasure: Erasure) -> list[PrivacyEvent]:
    """D4.1, D7.8: on request or not, the chair decides by a document that data is erased."""
    _by_chair(act)
    if erasure.decided:
        return []
    document = command.document or act.document
    require(
        document is not None,
        Rule.ERASED_BY_DOCUMENT,
        "name number and date of the document that orders it",
    )
    return [ErasureOrdered(subject=command.subject, ground=command.ground, document=document)]


def record(command: RecordErasure, act: Act, erasure: Erasure) -> list[PrivacyEvent]:
    """D7.8: nothing is erased that was not ordered; that it was done is recorded once."""
    require(
        act.in_capacity(*SUPPORT_TEAM) or for_the_chair(act, Matter.DOCUMENTS),
        Rule.ERASURE_RECORDED_BY_KEEPER,
        "only the support team or the chair records that it was done",
    )
    if erasure.standing is Standing.ERASED:
        return []
    require(
        erasure.standing is Standing.ORDERED,
        Rule.ERASURE_WAS_ORDERED,
        f"the erasure of {command.subject} is {erasure.standing.value}",
    )
    return [PersonalDataErased.model_validate(command.model_dump())]


def _by_chair(act: Act) -> None:
    require(
        for_the_chair(act, Matter.DOCUMENTS),
        Rule.ERASURE_BY_CHAIR,
        "only the chair, or who acts for the chair, decides whether data is erased",
    )


def decide(command: PrivacyCommand, act: Act, erasure: Erasure) -> list[PrivacyEvent]:
    match command:
        case RequestErasure():
            return request(command, act, erasure)
        case RefuseErasure():
            return refuse(command, act, erasure)
        case OrderErasure():
            return order(command, act, erasure)
        case RecordErasure():
            return record(command, act, erasure)
        case _:
            assert_never(command)


def evolve(erasure: Erasure, event: PrivacyEvent) -> Erasure:
    match event:
        case ErasureRequested():
            return Erasure(Standing.REQUESTED)
        case ErasureRefused():
            return Erasure(Standing.REFUSED, event.basis)
        case ErasureOrdered():
            return replace(erasure, standing=Standing.ORDERED)
        case PersonalDataErased():
            return replace(erasure, standing=Standing.ERASED)
        case _:
            assert_never(event)


decider: Decider[PrivacyCommand, PrivacyEvent, Erasure] = Decider(
    category="erasure",
    stream_id=lambda command: command.subject,
    initial=Erasure(),
    decide=decide,
    evolve=evolve,
)
