"""The provisions of the regulation that bind meetings and rounds of opinions."""

from enum import StrEnum

from shared.decider import require
from shared.envelope import Act


class Rule(StrEnum):
    """A clause, with a last number where one clause binds in several ways."""

    OPINION_AT_A_MEETING = "D3"  # an opinion is asked in writing, or at a meeting that is named
    KIND_IS_STATED = "D3.2"  # one of the forms; left open only where a source does not tell
    CONVENED_BY_CHAIR = "D4.3"  # the chair convenes, or who acts for the chair
    CONVENED_ONCE = "D4.3.2"
    MEETING_STANDS = "D4.3.3"  # nothing happens to a meeting that was not convened, or was cancelled
    NOT_YET_BEGUN = "D4.3.4"  # only a meeting that has not begun is postponed or cancelled
    ONLY_THOSE_ASKED = "D6.1.c"  # opinions come from the seats that were asked
    ASKED_FROM_WITHIN = "D6.1.c.2"  # the leaders or the support team ask, extend and close
    SOMEBODY_IS_ASKED = "D6.1.c.3"
    ROUND_IS_NEW = "D6.1.c.4"
    ROUND_IS_OPEN = "D6.1.c.5"  # nothing comes into a round that was not opened, or was closed
    SAME_TEXT = "D6.1.c.6"  # an opinion is about the very text that was sent out
    EXTENSION_IS_LATER = "D6.1.c.7"
    ANSWERED_BY_MEMBERS = "D6.1.c.8"  # a member answers, or the agency, or the support team notes it
    MARKED_BY_CLOCK = "D6.1.c.9"  # overdue follows from the clock, nobody else declares it
    PRESIDING_APPROVES = "D6.1.d"  # the one who presides agrees to an absence
    SUBSTITUTE_BRINGS_OPINION = "D6.1.d.2"
    ABSENCE_IS_REPORTED = "D6.1.d.3"
    MEMBER_SPEAKS = "D6.1.d.4"  # the member reports the absence and sends the substitute
    PREPARED_FROM_WITHIN = "D7.4"  # members, agencies and the support team propose what is discussed
    TEAM_KEEPS_RECORDS = "D7.8"
    NOTED_FROM_A_SOURCE = "D7.8.2"  # an item without its proposal is only noted from a source
    HAS_BEGUN = "D8.1"  # attendance, conclusions and minutes are of a meeting that has begun
    NOT_OVER = "D8.1.2"  # who attends and what is discussed is settled before the meeting closes
    PRESIDING_INVITES = "D8.1.3"
    PARTICIPANT_IS_INVITED = "D8.1.4"
    POINT_IS_KNOWN = "D8.1.5"  # one attends at a point of the meeting
    ITEM_IS_NEW = "D8.1.6"
    PRESIDING_CONCLUDES = "D8.1.7"  # who presided, or the chair, concludes and approves the minutes
    CONCLUSION_IS_NEW = "D8.1.8"
    PRESIDING_OPENS = "D8.1.9"  # who presides opens and closes; the support team notes it
    EXPANDED_BY_CHAIR = "D8.2"
    EXPANDED_HAS_A_SUBJECT = "D8.2.2"  # the strategy, programme or project in question
    EXPANDED_INVITES_HEADS = "D8.2.3"  # the heads of the lead agencies
    SESSION_BY_LEADERS = "D9.2"


def require_where_bound(act: Act, allowed: bool, rule: Rule, because: str) -> None:
    """As `require`; an act from before the regulation is not refused for a fact that it did not ask for."""
    require(allowed or not act.actor.mandate.bound, rule, because)
