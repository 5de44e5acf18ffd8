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
    REMEDIED_BY_DIRECTED = "D7.6.7"  # the unit that was directed remedies
    ANSWERED_BY_COMPETENT = "D7.6.8"
    ANSWERED_BEFORE_CLOSED = "D7.6.9"  # nothing is closed without an answer to the sender
    REOPENED_BY_CONCERNED = "D7.6.10"
    CLOSED_BEFORE_REOPENED = "D7.6.11"
    DUPLICATE_OF_ANOTHER = "D7.6.12"
    FOLLOWS_ITS_AGENCY = "D1.2"
