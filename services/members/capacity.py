"""The capacities in which one acts, and the two questions that deciders ask about them.

Published language, like `events.py`: other contexts import it.
"""

from datetime import date
from enum import StrEnum

from services.members.events import Matter
from shared.envelope import Act


class Capacity(StrEnum):
    """In which capacity a person acts. The first six are the roles of `members.events.Role`."""

    CHAIR = "chair"
    STANDING_DEPUTY = "standing_deputy"
    DEPUTY = "deputy"
    MEMBER = "member"
    TEAM_LEADER = "team_leader"
    TEAM_MEMBER = "team_member"
    AGENCY = "agency"  # the head of an agency, for that agency
    FOCAL_POINT = "focal_point"  # the agency that receives feedback
    ISSUER = "issuer"  # an authority outside the committee, by its own document
    RECORD_KEEPER = "record_keeper"  # the support team, keeping the records (D7.8)
    POLICY = "policy"  # nobody's will: it follows from an event


LEADERS = (Capacity.CHAIR, Capacity.STANDING_DEPUTY, Capacity.DEPUTY)
HEADS = (Capacity.AGENCY, Capacity.FOCAL_POINT, Capacity.MEMBER, *LEADERS)
"""In these capacities one speaks for the agency that one heads; the support team are those whom it sent."""
SUPPORT_TEAM = (Capacity.TEAM_LEADER, Capacity.TEAM_MEMBER, Capacity.RECORD_KEEPER)


def for_the_chair(act: Act, matter: Matter) -> bool:
    """Whether the chair acts, or the standing deputy in the chair's place (D5.1) and for this matter."""
    if act.in_capacity(Capacity.CHAIR):
        return True
    mandate = act.actor.mandate
    covered = not mandate.matters or matter in mandate.matters
    return act.in_capacity(Capacity.STANDING_DEPUTY) and mandate.acts_for is not None and covered


def noticed(act: Act, today: date) -> date:
    """The day on which something is noticed: a clock's own, of a person none that lies ahead of the act."""
    by_clock = act.actor.mandate.capacity == Capacity.POLICY
    return today if by_clock else min(today, act.effective_at.latest)


def speaks_for(act: Act, agency_id: str | None) -> bool:
    """Whether the actor is the head of this agency; an act before the regulation is taken at its word."""
    if not act.actor.mandate.bound:
        return True
    return act.in_capacity(*HEADS) and agency_id is not None and act.actor.mandate.agency == agency_id


def answers_for(act: Act, seat_id: str) -> bool:
    """Whether the actor holds this seat, or the support team notes it, or no regulation bound the act."""
    return not act.actor.mandate.bound or act.actor.mandate.seat == seat_id or act.in_capacity(*SUPPORT_TEAM)


def agency_person(agency_id: str) -> str:
    """The person id of whoever heads an agency."""
    return f"agency:{agency_id}"
