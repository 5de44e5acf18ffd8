"""The provisions of the regulation that bind programmes, tasks and what is noted beside them."""

from enum import StrEnum


class Rule(StrEnum):
    """A clause, with a last number where one clause binds in several ways."""

    ISSUED_BY_CHAIR = "D4.1"  # the chair issues the programme, returns it, amends it
    SUBMITTED_BEFORE_ISSUED = "D4.1.2"  # only what the support team submitted is issued or returned
    ISSUED_BEFORE_AMENDED = "D4.1.3"
    PROGRAMME_BY_TEAM = "D7.1"  # the support team drafts and submits
    PROGRAMME_OPEN_TO_DRAFT = "D7.1.2"  # what was submitted, issued or registered is not drafted again
    DRAFTED_BEFORE_SUBMITTED = "D7.1.3"
    PROGRESS_BY_COMPETENT = "D7.1.4"  # the support team, an agency for itself, or an outside authority
    PROGRAMME_IN_FORCE = "D7.1.5"  # progress is reported on a programme that was issued or registered
    CONFIRMED_IS_PAST = "D7.1.6"  # a figure of a day to come is an estimate
    REGISTERED_BY_TEAM = "D7.3"  # who keeps an eye on the programmes of outside authorities
    REGISTERED_ONCE = "D7.3.2"

    ASSIGNED_BY_LEADERS = "D5.2.c"  # the chair and the deputies assign
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

    KEY_TASK_HAS_PLAN = "D6.1.e"  # action plans are for key tasks
    PLAN_BY_LEAD = "D6.1.e.2"
    PLAN_LIES_BEFORE = "D6.1.e.3"
    PLAN_ACCEPTED_BY_LEADERS = "D6.1.e.4"
    REPORTED_BY_HOLDER = "D11.3"  # who carries a task out reports on it, or the team that watches it
    OBSTACLE_STANDS = "D6.1.a"
    OBSTACLE_RESOLVED_BY = "D6.1.a.2"

    EXTENSION_BY_LEAD = "D9.3.2"
    ONE_EXTENSION_AT_A_TIME = "D9.3.3"
    EXTENSION_ASKED = "D9.3.4"
    EXTENSION_DECIDED_BY = "D5.2.b"  # who sees that deadlines are kept decides on them
    OVERDUE_BY_CLOCK = "D7.3.5"  # the clock or the support team says so, nobody else
    DEADLINE_PASSED = "D7.3.6"

    RESULT_BY_LEAD = "D9.3"  # only the lead agency of the task reports its result
    VERIFIED_BY_TEAM = "D7.4.4"  # the support team checks
    RESULT_LIES_BEFORE = "D9.3.5"  # complete only when a reported result is verified

    CONTEXT_BY_TEAM = "D7.8"
    CONTEXT_NOTED_ONCE = "D7.8.2"
