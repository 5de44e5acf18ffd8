"""The provisions of the regulation that bind programmes, tasks and what is noted beside them."""

from enum import StrEnum


class Rule(StrEnum):
    """A clause, with a last number where one clause binds in several ways."""

    ISSUED_BY_CHAIR = "D4.1"  # the chair issues the programme, returns it, amends it
    SUBMITTED_BEFORE_ISSUED = "D4.1.2"  # only what the support team submitted is issued or returned
    ISSUED_BEFORE_AMENDED = "D4.1.3"
    TARGETS_SET_BY_CHAIR = "D4.1.4"  # the chair, an outside authority, or the support team from a source
    PROGRAMME_BY_TEAM = "D7.1"  # the support team drafts and submits
    PROGRAMME_OPEN_TO_DRAFT = "D7.1.2"  # what was submitted, issued or registered is not drafted again
    DRAFTED_BEFORE_SUBMITTED = "D7.1.3"
    PROGRESS_BY_COMPETENT = "D7.1.4"  # the support team, an agency for itself, or an outside authority
    PROGRAMME_IN_FORCE = "D7.1.5"  # progress is reported on a programme that was issued or registered
    CONFIRMED_IS_PAST = "D7.1.6"  # a figure of a day to come is an estimate
    REGISTERED_BY_TEAM = "D7.3"  # who keeps an eye on the programmes of outside authorities
    REGISTERED_ONCE = "D7.3.2"

    ASSIGNED_BY_LEADERS = "D5.2.c"  # the chair and the deputies assign
    STANDING_NEVER_DUE = "D5.2.c.2"  # a standing task has no deadline
    STANDING_HAS_NO_RESULT = "D5.2.c.3"  # it is reported on by period, until a leader ends it
    STANDING_BY_PERIOD = "D5.2.c.4"
    FOLLOWS_CONCLUSION = "D8.1"  # a conclusion becomes tasks by itself, or by the chair
    CONCLUSION_CITED = "D8.1.2"
    TASK_HAS_LEAD = "D8.1.3"
    PROGRAMME_ORGANISED = "D7.1.7"  # who makes tasks of a programme
    PROGRAMME_CITED = "D7.1.8"
    EXTERNAL_RECORDED = "D7.3.3"  # who records what an outside authority assigned
    EXTERNAL_BY_DOCUMENT = "D7.3.4"
    TASK_IS_NEW = "D7.4"  # a task is assigned once
    TASK_STANDS = "D7.4.2"  # only an assigned task can go on
    TASK_IS_OPEN = "D7.4.3"  # what was completed or cancelled stays so

    REASSIGNED_BY_LEADERS = "D4.2"
    HELD_BY_WHOM_IT_LEAVES = "D4.2.2"
    CANCELLED_BY_LEADERS = "D4.2.3"
    STANDING_ENDED_BY_LEADERS = "D4.2.4"
    ONLY_STANDING_ENDS = "D4.2.5"

    KEY_TASK_HAS_PLAN = "D6.1.e"  # action plans are for key tasks
    PLAN_BY_LEAD = "D6.1.e.2"
    PLAN_LIES_BEFORE = "D6.1.e.3"
    PLAN_ACCEPTED_BY_LEADERS = "D6.1.e.4"
    PLAN_OVERDUE_BY_CLOCK = "D6.1.e.5"
    PLAN_DAY_PASSED = "D6.1.e.6"
    REPORTED_BY_HOLDER = "D11.3"  # who carries a task out reports on it, or the team that watches it
    OBSTACLE_STANDS = "D6.1.a"
    OBSTACLE_RESOLVED_BY = "D6.1.a.2"

    EXTENSION_BY_LEAD = "D9.3.2"
    ONE_EXTENSION_AT_A_TIME = "D9.3.3"
    EXTENSION_ASKED = "D9.3.4"
    EXTENSION_DECIDED_BY = "D5.2.b"  # who sees that deadlines are kept decides on them
    OVERDUE_BY_CLOCK = "D7.3.5"  # the clock or the support team says so, nobody else
    DEADLINE_PASSED = "D7.3.6"  # asked by a person; a clock that comes too early is told nothing

    RESOURCES_BY_LEAD = "D9.3.6"  # only the lead agency of the task mobilises for it
    OWN_RESOURCES = "D9.3.7"  # its own people and means, not those of another agency
    RESULT_BY_LEAD = "D9.3"  # only the lead agency of the task reports its result
    VERIFIED_BY_TEAM = "D7.4.4"  # the support team checks
    TEAM_ANSWERS_TO_LEADERS = "D7.9"  # what the team itself was given, a leader checks
    RESULT_LIES_BEFORE = "D9.3.5"  # complete only when a reported result is verified

    TARGETS_ARE_NEW = "D5.2.b.2"
    TARGETS_STAND = "D5.2.b.3"
    TARGET_IS_LISTED = "D5.2.b.4"
    ASSESSED_BY = "D5.2.b.5"  # the support team, or the lead agency of the target
    LEAD_ESTIMATES = "D5.2.b.6"  # what a lead agency says of its own target is an estimate

    REMINDED_BY = "D7.3.7"  # the clock, the support team or a leader
    REMINDED_OF_A_DAY = "D7.3.8"  # a deadline that fixes a day, so many days from the reminder
    REMINDED_WHEN_IT_IS = "D7.3.9"  # nobody was reminded on a day to come

    INSPECTION_GROUNDED = "D4.1.5"  # it belongs to the yearly plan or to a decision
    SCHEDULED_BY = "D4.1.6"
    INSPECTION_IS_NEW = "D11.1"
    INSPECTION_STANDS = "D11.1.2"
    INSPECTED_BY_COMMITTEE = "D11.1.3"  # leaders and the support team inspect
    INSPECTION_GOES_ON = "D11.1.4"  # neither closed nor cancelled
    CONDUCTED_IS_PAST = "D11.1.5"
    CONDUCTED_FIRST = "D11.1.6"  # findings and a conclusion come after the inspection
    FINDING_IS_NEW = "D11.1.7"
    FINDING_STANDS = "D11.1.8"
    REMEDIED_BY_INSPECTED = "D11.1.9"
    CHECKED_BY_TEAM = "D11.1.10"
    REMEDY_LIES_BEFORE = "D11.1.11"
    CONCLUDED_BY_LEADERS = "D11.1.12"
    FINDINGS_SETTLED = "D11.1.13"  # each is remedied and confirmed, or the conclusion leaves it open
    INSPECTION_CANCELLED_BY = "D11.1.14"
    INSPECTION_NOT_CONDUCTED = "D11.1.15"  # what was carried out is closed, not cancelled
    FOLLOWS_THE_INSPECTED = "D11.1.16"
    FINDINGS_OVERDUE_BY_CLOCK = "D11.1.17"
    FINDING_STAYS_CLOSED = "D11.1.18"  # after the conclusion only what it left open goes on
    LEAVES_THE_INSPECTED = "D11.1.19"  # it moves from an agency that answers for it

    CONTEXT_BY_TEAM = "D7.8"
    CONTEXT_NOTED_ONCE = "D7.8.2"
