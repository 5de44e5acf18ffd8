"""The provisions of the regulation that bind meetings and rounds of opinions."""

from enum import StrEnum

from shared.decider import require
from shared.envelope import Act


class Rule(StrEnum):
    """A clause, with a last number where one clause binds in several ways."""

    HANDED_TO_SUCCESSOR = "D1.2"  # the successor of an agency goes on with its numbers
    DATE_RUNS_WITH_NUMBER = "D2.1"  # a later number bears no earlier day: order and procedure of the law
    DATE_IN_THE_YEAR = "D2.1.2"  # numbers begin anew on 1 January
    DATE_NOT_AHEAD = "D2.1.3"  # nothing bears a day that has not come
    DOCUMENT_IS_NEW = "D2.1.4"  # a document is issued once, and nothing edits it
    SERIES_HAS_ONE_BODY = "D2.1.5"
    LETTER_NAMES_ITS_UNIT = "D2.1.6"  # the symbol of an official letter names who drafted it
    NO_STATE_SECRETS = "D2.1.7"  # they have registers of their own
    DOCUMENT_STANDS = "D2.1.8"  # issued, neither replaced nor recalled
    REPLACED_BY_EQUAL_FORM = "D2.1.9"
    CORRECTED_BY_LETTER = "D2.1.10"
    BY_AN_ISSUED_DOCUMENT = "D2.1.11"  # what replaces or corrects was issued itself
    NUMBER_IS_NEXT = "D2.1.12"  # numbers leave no gap that is not explained
    SENT_AFTER_ISSUE = "D2.1.13"
    CHANGED_BY_SIGNATORY = "D2.1.14"
    INCOMING_NAMES_ITS_ISSUER = "D2.1.15"
    INCOMING_IS_REGISTERED = "D2.1.16"
    FILE_PLAN_ISSUED_BY_CHAIR = "D2.1.17"  # the head approves what the support team drafted
    OPINION_AT_A_MEETING = "D3"  # an opinion is asked in writing, or at a meeting that is named
    KIND_IS_STATED = "D3.2"  # one of the forms; left open only where a source does not tell
    DIRECTED_BY_LEADERS = "D4.2"  # the chair or a deputy directs the agencies
    DIRECTIVE_IS_NEW = "D4.2.2"
    DIRECTIVE_STANDS = "D4.2.3"  # nothing happens to a directive that was not issued, or was withdrawn
    SOMEBODY_IS_DIRECTED = "D4.2.4"  # a directive names the agencies, or the support team, that it is for
    WITHDRAWN_BY_ISSUER = "D4.2.5"  # who issued it, or the chair, withdraws it
    READDRESSED_BY_LEADERS = "D4.2.6"  # it follows an agency that ended, or a leader addresses it anew
    CONVENED_BY_CHAIR = "D4.3"  # the chair convenes, or who acts for the chair
    CONVENED_ONCE = "D4.3.2"
    MEETING_STANDS = "D4.3.3"  # nothing happens to a meeting that was not convened, or was cancelled
    NOT_YET_BEGUN = "D4.3.4"  # only a meeting that has not begun is postponed or cancelled
    PRESIDING_CHANGED_BY = "D4.3.5"  # who may convene this kind says who presides in another's place
    TEAM_DIRECTED_BY_LEADERS = "D5.2.a"  # the support team is directed by the deputy, or another leader
    ONLY_THOSE_ASKED = "D6.1.c"  # opinions come from the seats that were asked
    ASKED_FROM_WITHIN = "D6.1.c.2"  # the leaders or the support team ask, extend and close
    SOMEBODY_IS_ASKED = "D6.1.c.3"
    ROUND_IS_NEW = "D6.1.c.4"
    ROUND_IS_OPEN = "D6.1.c.5"  # nothing comes into a round that was not opened, or was closed
    SAME_TEXT = "D6.1.c.6"  # an opinion is about the very text that was sent out
    EXTENSION_IS_LATER = "D6.1.c.7"
    ANSWERED_BY_MEMBERS = "D6.1.c.8"  # a member answers, or the agency, or the support team notes it
    MARKED_BY_CLOCK = "D6.1.c.9"  # overdue follows from the clock, nobody else declares it
    AFTER_THE_TEXT_WENT_OUT = "D6.1.c.10"  # nobody has an opinion on what was not sent out yet
    PRESIDING_APPROVES = "D6.1.d"  # the one who presides agrees to an absence
    SUBSTITUTE_BRINGS_OPINION = "D6.1.d.2"
    ABSENCE_IS_REPORTED = "D6.1.d.3"
    MEMBER_SPEAKS = "D6.1.d.4"  # the member reports the absence and sends the substitute
    SUBSTITUTE_IS_ANOTHER = "D6.1.d.5"
    PROPOSED_FROM_BELOW = "D7.2"  # the support team studies and proposes, or an agency does (D11.2)
    PROPOSAL_IS_OPEN_TO_DRAFT = "D7.2.2"  # new, still a draft, or returned
    DRAFTED_BEFORE_SUBMITTED = "D7.2.3"
    PROPOSAL_LIES_BEFORE_CHAIR = "D7.2.4"  # only what was submitted is returned or decided
    PROPOSAL_DECIDED_FOR_CHAIR = "D7.2.5"
    PROPOSAL_RETURNED_BY_LEADERS = "D7.2.6"
    PREPARED_FROM_WITHIN = "D7.4"  # members, agencies and the support team propose what is discussed
    TEAM_CIRCULATES = "D7.4.2"  # the support team prepares and sends out the documents
    TEAM_CHECKS = "D7.4.3"  # the support team checks how conclusions are carried out
    CONCLUSION_WAS_ISSUED = "D7.4.4"
    TEAM_KEEPS_RECORDS = "D7.8"
    NOTED_FROM_A_SOURCE = "D7.8.2"  # an item without its proposal is only noted from a source or a document
    FILE_PLAN_IS_DRAFTED = "D7.8.3"  # the support team drafts, then the chair issues
    FILE_IS_NEW = "D7.8.4"  # a matter has one file
    FILE_IS_OPEN = "D7.8.5"  # nothing comes into a file that was not opened, or is closed
    RETENTION_IS_KNOWN = "D7.8.6"
    DOCUMENT_IS_KEPT = "D7.8.7"  # its bytes by digest, or the place where it lies on paper
    EXPECTED_IS_KNOWN = "D7.8.8"
    ENTRY_IS_KNOWN = "D7.8.9"
    MATTER_HAS_ENDED = "D7.8.10"  # a file is closed when its matter is over
    FILE_IS_COMPLETE = "D7.8.11"  # and every paper is there, or it is said why not
    ONLY_CLOSED_IS_HELD_BACK = "D7.8.12"
    ONLY_SUBMITTED_IS_HELD_BACK = "D7.8.13"  # what is kept below five years stays where it is
    HELD_BACK_TWO_YEARS = "D7.8.14"
    NUMBERED_WHEN_OPENED = "D7.8.15"
    HAS_BEGUN = "D8.1"  # attendance, conclusions and minutes are of a meeting that has begun
    NOT_OVER = "D8.1.2"  # who attends and what is discussed is settled before the meeting closes
    PRESIDING_INVITES = "D8.1.3"
    PARTICIPANT_IS_INVITED = "D8.1.4"
    POINT_IS_KNOWN = "D8.1.5"  # one attends at a point of the meeting
    ITEM_IS_NEW = "D8.1.6"
    PRESIDING_CONCLUDES = "D8.1.7"  # who presided, or the chair, concludes and approves the minutes
    CONCLUSION_IS_NEW = "D8.1.8"
    PRESIDING_OPENS = "D8.1.9"  # who presides opens and closes; the support team notes it
    QUARTER_ENDS_BY_CLOCK = "D8.1.10"  # that a quarter is over follows from the clock alone
    QUARTER_IS_NAMED = "D8.1.11"
    RETURNED_IS_COMPLETED = "D8.1.12"  # what was returned comes back with what was missing, by no other way
    EXPANDED_BY_CHAIR = "D8.2"
    EXPANDED_HAS_A_SUBJECT = "D8.2.2"  # the strategy, programme or project in question
    EXPANDED_INVITES_HEADS = "D8.2.3"  # the heads of the lead agencies
    SEAL_FOLLOWS_CAPACITY = "D9.1"
    SIGNED_BY_COMPETENT = "D9.1.2"  # leaders for the committee, the team leader, the head of an agency
    SIGNED_FOR_IS_AUTHORISED = "D9.1.3"  # TM., Q., KT., TL. and TUQ. need it in the mandate
    AUTHORISED_IN_WRITING = "D9.1.4"
    SESSION_BY_LEADERS = "D9.2"
    ACKNOWLEDGED_BY_ITS_HEAD = "D11.1"  # the head of the agency says what was made known to whom
    ADDRESSEE_ACKNOWLEDGES = "D11.1.2"  # a directive is acknowledged by those whom it is for
    SILENCE_BY_CLOCK = "D11.1.3"  # that an acknowledgement is overdue follows from the clock
    SUBMITTED_BY_ITS_DRAFTER = "D11.2"  # an agency's proposal is that agency's alone to submit


def require_where_bound(act: Act, allowed: bool, rule: Rule, because: str) -> None:
    """As `require`; an act from before the regulation is not refused for a fact that it did not ask for."""
    require(allowed or not act.actor.mandate.bound, rule, because)
