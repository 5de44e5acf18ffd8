"""After the issue: replaced, corrected, recalled, sent; the document itself stays as it was."""

from datetime import date

import pytest

from services.meetings.document.commands import (
    CorrectDocument,
    DispatchDocument,
    DocumentKey,
    RecallDocument,
    ReplaceDocument,
    Seal,
    TypeCode,
    Urgency,
)
from services.meetings.document.events import (
    DocumentCorrected,
    DocumentDispatched,
    DocumentIssued,
    DocumentRecalled,
    DocumentReplaced,
    SeriesEvent,
)
from services.meetings.document.series import decider
from services.meetings.rules import Rule
from shared.dates import Moment
from shared.envelope import Act
from shared.messages import Command, DocumentRef
from tests.unit.given import Story
from tests.unit.meetings.document_examples import (
    CHAIR,
    CLOCK,
    DAY,
    DEPUTY,
    FOR_CHAIR,
    FOR_MEETINGS_ONLY,
    ISSUED,
    LETTER,
    MEMBER,
    PLAN,
    STANDING,
    TEAM,
    TEAM_LEADER,
    issued,
    paper,
)

OLD = {"series": "BCĐ", "year": 2026, "document_id": PLAN.document_id}
OLD_KEY = DocumentKey.model_validate(OLD)
NEW = paper("ke-hoach-moi")
NEWER = issued(NEW, 2, "02/KH-BCĐ")
NEW_KEY = DocumentKey(series="BCĐ", year=2026, document_id="ke-hoach-moi")
NEW_REF = DocumentRef(number="02/KH-BCĐ", date=date(2026, 2, 5))
REPLACE = ReplaceDocument.model_validate(
    {**OLD, "by": NEW_KEY, "by_document": NEW_REF, "by_type": TypeCode.PLAN, "reason": "Sai số liệu"}
)
SENT_LETTER = issued(LETTER, 2, "02/BCĐ-TGV")
LETTER_KEY = DocumentKey(series="BCĐ", year=2026, document_id=LETTER.document_id)
LETTER_REF = DocumentRef(number="02/BCĐ-TGV", date=date(2026, 2, 5))
CORRECT = CorrectDocument.model_validate(
    {
        **OLD,
        "by": LETTER_KEY,
        "by_document": LETTER_REF,
        "by_type": TypeCode.OFFICIAL_LETTER,
        "reason": "Thiếu nơi nhận",
    }
)
RECALL = RecallDocument.model_validate({**OLD, "reason": "Ban hành không đúng thẩm quyền"})
SEND = DispatchDocument.model_validate({**OLD, "sent_on": date(2026, 2, 6), "receipt": "VT Sở A"})
REPLACED = DocumentReplaced.model_validate(
    {**OLD, "by": NEW_REF, "by_key": NEW_KEY, "reason": "Sai số liệu", "on": DAY}
)
CORRECTED = DocumentCorrected.model_validate(
    {**OLD, "by": LETTER_REF, "by_key": LETTER_KEY, "reason": "Thiếu nơi nhận"}
)
RECALLED = DocumentRecalled.model_validate({**OLD, "reason": RECALL.reason, "on": DAY})


def changed(command: Command, **values: object) -> Command:
    return command.model_copy(update=values)


def on(day: str, who: Act) -> Act:
    return Act(who.actor, Moment(day))


def test_a_replacement_is_issued_and_the_old_one_says_so() -> None:
    new = paper("ke-hoach-moi", replaces=OLD_KEY, reason="Sai số liệu")
    story = Story(decider).given(ISSUED).when(new, CHAIR)
    story.then(issued(new, 2, "02/KH-BCĐ"), REPLACED)
    story.when(new, CHAIR).then_nothing()
    assert story.state.documents[PLAN.document_id].issued == ISSUED


def test_a_correction_is_issued_and_the_old_one_says_so() -> None:
    letter = LETTER.model_copy(update={"corrects": OLD_KEY, "reason": "Thiếu nơi nhận"})
    story = Story(decider).given(ISSUED).when(letter, CHAIR)
    story.then(issued(letter, 2, "02/BCĐ-TGV"), CORRECTED)


def test_a_replacement_that_cannot_be_is_not_issued_at_all() -> None:
    decision = paper("b", type_code=TypeCode.DECISION, replaces=OLD_KEY)
    story = Story(decider).given(ISSUED)
    story.when(decision, CHAIR).then_refused(Rule.REPLACED_BY_EQUAL_FORM)
    story.when(paper("b", corrects=OLD_KEY), CHAIR).then_refused(Rule.CORRECTED_BY_LETTER)
    missing = DocumentKey(series="BCĐ", year=2026, document_id="khong-co")
    story.when(paper("b", replaces=missing), CHAIR).then_refused(Rule.DOCUMENT_STANDS)
    itself = DocumentKey(series="BCĐ", year=2026, document_id="b")
    story.when(paper("b", replaces=itself), CHAIR).then_refused(Rule.BY_AN_ISSUED_DOCUMENT)
    both = LETTER.model_copy(update={"corrects": OLD_KEY, "replaces": OLD_KEY})
    story.when(both, CHAIR).then_refused(Rule.REPLACED_BY_EQUAL_FORM)


def test_replacing_one_by_one() -> None:
    story = Story(decider).given(ISSUED, NEWER)
    story.when(REPLACE, CHAIR).then(REPLACED).when(REPLACE, CHAIR).then_nothing()
    other = changed(REPLACE, by_document=DocumentRef(number="09/KH-BCĐ"))
    story.when(other, CHAIR).then_refused(Rule.DOCUMENT_STANDS)


def test_a_document_of_another_year_replaces_by_the_policy() -> None:
    by = DocumentKey(series="BCĐ", year=2027, document_id="ke-hoach-2027")
    next_year = changed(REPLACE, by=by, by_document=DocumentRef(number="01/KH-BCĐ", date=date(2027, 1, 4)))
    Story(decider).given(ISSUED).when(next_year, CLOCK).then_happened(DocumentReplaced)


def test_what_replaces_was_issued_itself() -> None:
    wrong = Rule.BY_AN_ISSUED_DOCUMENT
    Story(decider).given(ISSUED).when(REPLACE, CHAIR).then_refused(wrong)
    story = Story(decider).given(ISSUED, NEWER)
    story.when(changed(REPLACE, by_document=DocumentRef(number="03/KH-BCĐ")), CHAIR).then_refused(wrong)
    story.when(changed(REPLACE, by=OLD_KEY), CHAIR).then_refused(wrong)
    story.given(DocumentRecalled(series="BCĐ", year=2026, document_id="ke-hoach-moi", reason="sai"))
    story.when(REPLACE, CHAIR).then_refused(wrong)


def test_correcting_more_than_once() -> None:
    story = Story(decider).given(ISSUED, SENT_LETTER)
    story.when(CORRECT, CHAIR).then(CORRECTED).when(CORRECT, CHAIR).then_nothing()
    third = paper("b", type_code=TypeCode.OFFICIAL_LETTER, drafted_by="VP", corrects=OLD_KEY)
    story.when(third, CHAIR).then_happened(DocumentIssued, DocumentCorrected)
    story.when(RECALL, CHAIR).then_happened(DocumentRecalled)


def test_a_plan_corrects_nothing() -> None:
    wrong = changed(CORRECT, by=NEW_KEY, by_document=NEW_REF, by_type=TypeCode.PLAN)
    Story(decider).given(ISSUED, NEWER).when(wrong, CHAIR).then_refused(Rule.CORRECTED_BY_LETTER)


def test_a_recall_is_kept_and_the_number_is_gone() -> None:
    story = Story(decider).given(ISSUED).when(RECALL, CHAIR).then(RECALLED)
    story.when(RECALL, CHAIR).then_nothing()
    story.when(PLAN, CHAIR).then_nothing()
    again = PLAN.model_copy(update={"document_id": "lai"})
    story.when(again, CHAIR).then_refused(Rule.DOCUMENT_IS_NEW)
    story.when(NEW, CHAIR).then(NEWER)


@pytest.mark.parametrize("command", [REPLACE, CORRECT, SEND])
def test_nothing_more_happens_to_a_recalled_document(command: Command) -> None:
    Story(decider).given(ISSUED, NEWER, RECALLED).when(command, CHAIR).then_refused(Rule.DOCUMENT_STANDS)


@pytest.mark.parametrize("command", [CORRECT, RECALL, SEND])
def test_nothing_more_happens_to_a_replaced_document(command: Command) -> None:
    Story(decider).given(ISSUED, NEWER, REPLACED).when(command, CHAIR).then_refused(Rule.DOCUMENT_STANDS)


@pytest.mark.parametrize("end", [RECALLED, REPLACED])
def test_what_left_while_the_document_stood_is_noted_after_its_end(end: SeriesEvent) -> None:
    in_time = changed(SEND, sent_on=date(2026, 2, 5))
    story = Story(decider).given(ISSUED, NEWER, end).when(in_time, on("2026-02-06", TEAM))
    story.then(sent(date(2026, 2, 5)))


@pytest.mark.parametrize("command", [REPLACE, CORRECT, RECALL])
@pytest.mark.parametrize("who", [MEMBER, TEAM, TEAM_LEADER, DEPUTY, STANDING])
def test_only_who_signs_in_the_series_changes_its_documents(command: Command, who: Act) -> None:
    Story(decider).given(ISSUED, NEWER).when(command, who).then_refused(Rule.CHANGED_BY_SIGNATORY)


def test_who_signed_or_who_acts_for_the_chair_changes_a_document() -> None:
    own = issued(PLAN, 1, "01/KH-BCĐ", by=DEPUTY)
    for who in (DEPUTY, CHAIR, FOR_CHAIR):
        Story(decider).given(own).when(RECALL, who).then(RECALLED)
    Story(decider).given(own).when(RECALL, FOR_MEETINGS_ONLY).then_refused(Rule.CHANGED_BY_SIGNATORY)
    Story(decider).given(own).when(RECALL, CLOCK).then_refused(Rule.CHANGED_BY_SIGNATORY)


def test_a_deputy_replaces_nothing_that_the_chair_signed() -> None:
    seal = {"seal": Seal.OWN_AGENCY, "seal_agency": "so-khoa-hoc"}
    story = Story(decider).given(ISSUED)
    story.when(paper("b", replaces=OLD_KEY, **seal), DEPUTY).then_refused(Rule.CHANGED_BY_SIGNATORY)


def test_reasons_hold_no_secret() -> None:
    for command in (REPLACE, CORRECT, RECALL):
        secret = changed(command, reason="Lộ tài liệu TỐI MẬT")
        Story(decider).given(ISSUED, NEWER).when(secret, CHAIR).then_refused(Rule.NO_STATE_SECRETS)


def sent(day: date, late: bool = False) -> DocumentDispatched:
    return DocumentDispatched.model_validate({**OLD, "sent_on": day, "receipt": "VT Sở A", "late": late})


def test_sending() -> None:
    story = Story(decider).given(ISSUED).when(SEND, on("2026-02-06", TEAM)).then(sent(date(2026, 2, 6)))
    story.when(SEND, on("2026-02-06", TEAM)).then_nothing()
    other = changed(SEND, receipt="VT Sở B")
    story.when(other, on("2026-02-06", DEPUTY)).then_happened(DocumentDispatched)


def test_sent_late_is_noted() -> None:
    """Issued on Thursday: in time until Friday; an urgent one only on the day itself."""
    monday = changed(SEND, sent_on=date(2026, 2, 9))
    Story(decider).given(ISSUED).when(monday, on("2026-02-09", TEAM)).then(sent(date(2026, 2, 9), late=True))
    urgent = ISSUED.model_copy(update={"urgency": Urgency.EXPRESS})
    Story(decider).given(urgent).when(SEND, on("2026-02-06", TEAM)).then(sent(date(2026, 2, 6), late=True))


def test_sending_has_its_day_and_its_people() -> None:
    story = Story(decider).given(ISSUED)
    early = changed(SEND, sent_on=date(2026, 2, 4))
    story.when(early, on("2026-02-06", TEAM)).then_refused(Rule.SENT_AFTER_ISSUE)
    story.when(SEND, on("2026-02-05", TEAM)).then_refused(Rule.DATE_NOT_AHEAD)
    story.when(SEND, on("2026-02-06", MEMBER)).then_refused(Rule.TEAM_KEEPS_RECORDS)
