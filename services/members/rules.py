"""The provisions of the regulation that bind the committee, its agencies and its members."""

from enum import StrEnum


class Rule(StrEnum):
    """A clause, with a last number where one clause binds in several ways."""

    ESTABLISHED_ONCE = "D1.1"  # a committee is established once, then renamed
    REGULATION_BY_CHAIR = "D1.2"  # the chair issues the regulation, by a numbered decision
    ONE_REGULATION = "D1.3"  # one regulation is in force at a time
    AMENDS_WHAT_IS_IN_FORCE = "D1.1.2"  # an amendment names the regulation in force
    AGENCY_STANDS = "D1.4"  # only an agency that exists can be renamed, merged or dissolved
    AGENCY_IS_NEW = "D1.5"  # an agency is registered once
    RIGHT_COMPETENCE = "D2.1"  # work is done by who is competent for it
    CLAIM_IS_PROVEN = "D2.1.2"  # a capacity is held at the moment of the act
    OWN_COMMITTEE = "D12.2"  # what follows from an event follows in its own committee, or the one above
    BY_DECISION = "D2.1.3"  # members are appointed by a decision with number and date
    CHAIR_ASSIGNS = "D4.1"  # the chair assigns the members' duties
    ONE_CHAIR = "D4"
    ONE_STANDING_DEPUTY = "D5.1"
    DELEGATED_BY_CHAIR = "D5.1.2"  # the chair authorises the standing deputy, and nobody else
    DELEGATION_HAS_A_PERIOD = "D5.1.3"
    DELEGATION_STANDS = "D5.1.4"  # only a delegation in force can be ended
    SEAT_STANDS = "D6.1"  # only a seat that is held can change, be released or be given duties
    SEAT_IS_NEW = "D6.1.2"  # a seat is filled once
    FOCAL_POINT_STANDS = "D7.6"  # the focal point is a registered agency
