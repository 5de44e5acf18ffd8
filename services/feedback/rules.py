"""The provisions of the regulation that bind feedback and recommendations."""

from enum import StrEnum


class Rule(StrEnum):
    """A clause, with a last number where one clause binds in several ways."""

    RECEIVED_BY_FOCAL_POINT = "D7.6"  # one agency receives, for itself and nobody else
    HANDLED_BY_FOCAL_POINT = "D7.6.2"  # the focal point collates, reports and closes
    SENDER_IS_NAMED = "D7.6.3"  # who sent it gets the answer
    FEEDBACK_IS_NEW = "D7.6.4"
    FEEDBACK_STANDS = "D7.6.5"  # only what was received goes on
    FEEDBACK_IS_OPEN = "D7.6.6"
    DIRECTED_BY_LEADERS = "D4.2"
    REGULATION_GOES_TO_CHAIR = "D12.3"  # difficulties with the regulation itself are the chair's
    REGULATION_ANSWERED_BY_DECISION = "D12.3.2"  # and answered by what the chair decided
    REMEDIED_BY_DIRECTED = "D7.6.7"  # the unit that was directed remedies
    ANSWERED_BY_COMPETENT = "D7.6.8"
    ANSWERED_BEFORE_CLOSED = "D7.6.9"  # nothing is closed without an answer to the sender
    REOPENED_BY_CONCERNED = "D7.6.10"
    CLOSED_BEFORE_REOPENED = "D7.6.11"
    DUPLICATE_OF_ANOTHER = "D7.6.12"
    DECLINED_FOR_CAUSE = "D7.6.13"  # whose sender is known is not declined as anonymous
    SENDER_IS_TOLD = "D7.6.14"  # declined or forwarded, the sender learns of it
    OVERDUE_BY_CLOCK = "D7.6.15"  # overdue follows from the clock, nobody else declares it
    ANSWER_FOLLOWS_MAIN = "D7.6.16"  # what a duplicate is told follows from the answer to the main one
    FOLLOWS_ITS_AGENCY = "D1.2"

    INITIATIVE_FROM_WITHIN = "D6.1.a"  # members, agencies and the support team propose, in their own name
    INITIATIVE_IS_NEW = "D6.1.a.2"
    INITIATIVE_STANDS = "D6.1.a.3"
    INITIATIVE_ASSESSED_BY_LEADERS = "D5.2.a"
    ASSESSMENT_SAYS_WHY = "D2.1"  # what is not adopted has a reason
    INITIATIVE_ADOPTED_FIRST = "D2.2"  # only what was adopted is carried out
    INITIATIVE_GOES_ON = "D2.2.2"
    IMPLEMENTED_BY_CONCERNED = "D2.2.3"

    OBSTACLE_FROM_WITHIN = "D6.1.a.4"
    OBSTACLE_IS_NEW = "D6.1.a.5"
    OBSTACLE_STANDS = "D6.1.a.6"
    OBSTACLE_IS_OPEN = "D6.1.a.7"
    ESCALATED_BY_CONCERNED = "D7.3"
    RESOLVED_BY_COMPETENT = "D7.3.2"

    INFORMATION_ASKED_BY_TEAM = "D7.5"  # the support team asks agencies, or a leader does
    REQUEST_IS_NEW = "D7.5.2"
    REQUEST_STANDS = "D7.5.3"
    REQUEST_IS_OPEN = "D7.5.4"
    REQUEST_HAS_DEADLINE = "D7.5.5"
    PROVIDED_BY_ASKED = "D2.3"  # the agency that was asked provides
    INFORMATION_OVERDUE_BY_CLOCK = "D7.5.6"

    TEMPLATE_FROM_WITHIN = "D5.2.b"
    TEMPLATE_NAMES_FIELDS = "D5.2.b.2"  # a template has named fields, each once
    REPORT_ASKED_BY_DEPUTIES = "D5.2.b.3"
    REPORT_NAMES_AGENCIES = "D5.2.b.4"
    REPORT_REQUEST_IS_NEW = "D5.2.b.5"
    REPORT_REQUEST_IS_OPEN = "D5.2.b.6"
    REPORT_EXTENDED_BY_ASKER = "D5.2.b.7"  # who asked gives more time, or the chair
    REPORT_EXTENSION_IS_LATER = "D5.2.b.8"
    REPORT_OVERDUE_BY_CLOCK = "D5.2.b.9"
    REPORT_RETURNED_BY_TEAM = "D5.2.b.10"  # for what stands in it, not for what is missing
    REPORT_WAS_SUBMITTED = "D5.2.b.11"
    REPORT_CLOSED_FROM_WITHIN = "D5.2.b.12"
    REPORT_REGIME_ASKS_BY_ITSELF = "D5.2.b.13"
    REPORT_REGIME_STANDS = "D5.2.b.14"
    REPORT_BY_ITS_HEAD = "D11.3"
    REPORT_FROM_THOSE_ASKED = "D11.3.2"
    REPORT_FOLLOWS_AGENCY = "D11.3.3"

    ACTIVITY_REPORTED_BY_TEAM = "D7.7"
    ACTIVITY_REPORT_IS_NEW = "D7.7.2"
    ACTIVITY_REPORT_STANDS = "D7.7.3"
    ACTIVITY_PERIOD_IS_KNOWN = "D7.7.4"  # a year, a quarter, a month or a week
    FIGURE_CITES_EVENTS = "D7.7.5"
    FIGURE_IS_ITS_COUNT = "D7.7.6"  # what is counted is as many as the events that it names
    FIGURE_STANDS_ONCE = "D7.7.7"

    CHILD_REPORT_BY_ITSELF = "D12.2"  # what comes from a committee below comes with its report, by nobody
