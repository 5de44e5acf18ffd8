"""The provisions of the regulation that bind the committee, its agencies and its members."""

from enum import StrEnum


class Rule(StrEnum):
    """A clause, with a last number where one clause binds in several ways."""

    ESTABLISHED_ONCE = "D1.1"  # a committee is established once, then renamed
    REGULATION_BY_CHAIR = "D1.2"  # the chair issues the regulation, by a numbered decision
    ONE_REGULATION = "D1.3"  # one regulation is in force at a time
    AMENDS_WHAT_IS_IN_FORCE = "D1.1.2"  # an amendment names the regulation in force
    AMENDMENT_IS_NEW = "D1.1.3"  # one document amends once; what changes again has a document of its own
    AGENCY_STANDS = "D1.4"  # only an agency that exists can be renamed, merged or dissolved
    AGENCY_IS_NEW = "D1.5"  # an agency is registered once
    RIGHT_COMPETENCE = "D2.1"  # work is done by who is competent for it
    CLAIM_IS_PROVEN = "D2.1.2"  # a capacity is held at the moment of the act
    AMENDED_BY_CHAIR = "D12.1"  # who answers for carrying out the regulation amends it
    PARENT_STANDS = "D12.2.2"  # a committee stands only under one that was established
    OWN_COMMITTEE = "D12.2"  # what follows from an event follows in its own committee, or the one above
    BY_DECISION = "D2.1.3"  # members are appointed by a decision with number and date
    CHAIR_ASSIGNS = "D4.1"  # the chair assigns the members' duties
    ONE_CHAIR = "D4"
    ONE_STANDING_DEPUTY = "D5.1"
    DELEGATED_BY_CHAIR = "D5.1.2"  # the chair authorises the standing deputy, and nobody else
    DELEGATION_HAS_A_PERIOD = "D5.1.3"
    DELEGATION_STANDS = "D5.1.4"  # only a delegation or an absence that was recorded can be ended
    DELEGATION_IS_NEW = "D5.1.5"  # a delegation or an absence is recorded once, with its own period
    SEAT_STANDS = "D6.1"  # only a seat that is held can change, be released or be given duties
    SEAT_IS_NEW = "D6.1.2"  # a seat is filled once
    STAFF_SENT_BY_AGENCY = "D6.1.dd.1"  # who heads the agency sends its staff, and replaces them
    STAFF_BY_CHAIR = "D6.1.dd.2"  # the chair decides who belongs to the support team
    STAFF_AS_NOMINATED = "D6.1.dd.3"  # an assignment on a nomination is of the person nominated, once
    PROPOSED_BY_TEAM_LEADER = "D6.1.dd.4"  # only the team leader proposes to replace somebody
    REPLACED_ON_PROPOSAL = "D6.1.dd.5"  # and only then somebody is replaced
    ONE_TEAM_LEADER = "D6.1.dd.6"
    PORTFOLIO_OF_THE_TEXT = "D6.2"  # only what the regulation lists is assigned word for word
    GENERAL_DUTIES_ARE_EVERYONES = "D6.2.i"  # what binds every member is assigned to nobody in particular
    FOCAL_POINT_STANDS = "D7.6"  # the focal point is who was designated for that day

    ERASURE_NOTED_BY_KEEPER = "D7.8"  # who keeps the records notes that somebody wants data erased
    ERASURE_BY_CHAIR = "D4.1.2"  # the chair decides what is erased, and what stays by the law
    ERASURE_LIES_BEFORE = "D7.8.2"  # only what was asked for is refused
    ERASED_BY_DOCUMENT = "D7.8.3"
    ERASURE_RECORDED_BY_KEEPER = "D7.8.4"
    ERASURE_WAS_ORDERED = "D7.8.5"  # nothing is erased without an order

    COMMITMENT_BY_MEMBER = "D6.1.b"  # a member answers for the own seat, or the support team notes it
    COMMITMENT_IS_NEW = "D6.1.b.2"
    COMMITMENT_STANDS = "D6.1.b.3"  # only what is on record can be fulfilled or withdrawn
    COMMITMENT_IS_OPEN = "D6.1.b.4"  # what was fulfilled or withdrawn stays so
    COMMITMENT_OVERDUE_BY_CLOCK = "D6.1.b.5"
    COMMITMENT_FOLLOWS_SEAT = "D6.1.b.6"  # it goes along with its seat, or the chair gives it to another

    COMMENDED_BY_TEAM = "D7.4.kt"  # the support team proposes
    COMMENDED_FOR_TASKS = "D7.4.kt.2"  # a proposal cites completed tasks, or says which other merit
    COMMENDATION_IS_NEW = "D7.4.kt.3"
    COMMENDATION_BY_COMPETENT = "D7.4.kt.4"  # the competent authority decides, or the chair
    COMMENDATION_LIES_BEFORE = "D7.4.kt.5"  # only what was proposed is decided on, once
    GRANTED_BY_DECISION = "D7.4.kt.6"
    COMMENDATION_NOTED_BY_TEAM = "D7.4.kt.7"
    COMMENDATION_NOTED_BY_DOCUMENT = "D7.4.kt.8"  # by its document, or from a source

    WORKING_GROUP_BY_LEADER = "D9.4"  # only the team leader convenes and leads it
    WORKING_GROUP_IS_NEW = "D9.4.2"
    WORKING_GROUP_HAS_PERIOD = "D9.4.3"  # the time is a stated one
    WORKING_GROUP_HAS_PEOPLE = "D9.4.4"
    WORKING_GROUP_STANDS = "D9.4.5"  # only one that is at work delivers, goes on or is disbanded
    WORKING_GROUP_RUNS_ON = "D9.4.6"  # only a period that runs is extended, to a later day
    WORKING_GROUP_ENDS_BY_CLOCK = "D9.4.7"

    FUNDS_WITH_FOCAL_POINT = "D10"  # the focal point estimates, and keeps the expenditure
    LINES_STAND_ONCE = "D10.2"
    ESTIMATE_ADDS_UP = "D10.3"
    ESTIMATED_BEFORE_ALLOCATED = "D10.4"  # what is allocated stands in the estimate, which then stays
    ALLOCATED_BY_AUTHORITY = "D10.5"  # the authority allocates by its decision, or the focal point notes it
    ALLOCATED_ONCE = "D10.6"  # afterwards it is amended
    ALLOCATION_STANDS = "D10.7"  # nothing is spent or amended before it was allocated
    NOT_BELOW_SPENT = "D10.8"
    SPENT_WITHIN_ALLOCATION = "D10.9"
    LINE_IS_ALLOCATED = "D10.10"
    EXPENDITURE_IS_NEW = "D10.11"
    EXPENDITURE_STANDS = "D10.12"  # only what is on record is corrected
    SPENT_IN_ITS_YEAR = "D10.13"
    SPENT_IS_PAST = "D10.14"
