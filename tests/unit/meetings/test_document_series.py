"""Issuing: numbers in order, the right signatory, the right seal, once and never edited."""

from datetime import date

import pytest
from pydantic import ValidationError

from services.meetings.document.commands import (
    DispatchDocument,
    DocumentKey,
    HandOverSeries,
    IssueDocument,
    RecallDocument,
    Seal,
    SignedFor,
    TypeCode,
    VoidNumber,
)
from services.meetings.document.events import Body, DocumentIssued, NumberVoided, SeriesHandedOver
from services.meetings.document.series import decider
from services.meetings.document.signing import body_of
from services.meetings.rules import Rule
from shared.dates import Moment
from shared.envelope import Act
from shared.messages import Command
from tests.unit.given import Story
from tests.unit.meetings.document_examples import (
    ACTING_HEAD,
    BEFORE,
    BY_AGENCY,
    BY_TEAM,
    CHAIR,
    CLOCK,
    DEPUTY,
    FOR_CHAIR,
    FOR_MEETINGS_ONLY,
    GUQ,
    HEAD,
    ISSUED,
    LETTER,
    MEMBER,
    OTHER_HEAD,
    OUTSIDE,
    PLAN,
    STANDING,
    STC,
    SXD,
    TEAM,
    TEAM_LEADER,
    issued,
    paper,
    with_mandate,
)

SEND = DispatchDocument(series="SXD", year=2026, document_id="cong-van-so", sent_on=date(2026, 2, 5))
RECALL = RecallDocument(series="SXD", year=2026, document_id="cong-van-so", reason="Sai thẩm quyền")
VOID = VoidNumber(series="BCĐ", year=2026, number=2, reason="Phát hành bản giấy hỏng")


def at(moment: str, who: Act) -> Act:
    return Act(who.actor, Moment(moment), who.document, who.source)


def a_series() -> Story:
    return Story(decider).given(ISSUED)


def test_the_series_gives_the_number() -> None:
    story = Story(decider).when(PLAN, CHAIR).then(ISSUED)
    second = paper("quyet-dinh", type_code=TypeCode.DECISION)
    story.when(second, CHAIR).then(issued(second, 2, "02/QĐ-BCĐ"))
    story.when(LETTER, CHAIR).then(issued(LETTER, 3, "03/BCĐ-TGV"))


def test_each_body_has_its_own_numbers() -> None:
    streams = [decider.stream_id(command) for command in (PLAN, BY_TEAM, BY_AGENCY)]
    assert streams == ["bcd-2026", "tgv-2026", "sxd-2026"]
    assert [body_of(one) for one in ("BCĐ", "BCĐCĐS", "TGV", "SXD")] == [
        Body.COMMITTEE,
        Body.COMMITTEE,
        Body.SUPPORT_TEAM,
        Body.AGENCY,
    ]
    Story(decider).when(BY_TEAM, TEAM_LEADER).then(
        issued(BY_TEAM, 1, "01/TB-TGV", Body.SUPPORT_TEAM, TEAM_LEADER)
    )
    Story(decider).when(BY_AGENCY, HEAD).then(issued(BY_AGENCY, 1, "01/BC-SXD", Body.AGENCY, HEAD))


def test_a_series_stays_with_its_body_and_its_agency() -> None:
    wrong = Rule.SERIES_HAS_ONE_BODY
    Story(decider).when(paper("a", agency=SXD), CHAIR).then_refused(wrong)
    Story(decider).given(issued(BY_AGENCY, 1, "01/BC-SXD", Body.AGENCY)).when(
        paper("a", series="SXD", agency=STC, seal=Seal.OWN_AGENCY, seal_agency=STC), OTHER_HEAD
    ).then_refused(wrong)
    a_series().when(
        paper("a", series="BCD", agency=SXD, seal=Seal.OWN_AGENCY, seal_agency=SXD), HEAD
    ).then_refused(wrong)
    a_series().when(VOID.model_copy(update={"series": "BCD"}), TEAM).then_refused(wrong)
    Story(decider).when(paper("a", series="SXD", seal=Seal.OWN_AGENCY, seal_agency=SXD), BEFORE).then_refused(
        wrong
    )


@pytest.mark.parametrize(
    ("command", "who"),
    [
        (PLAN, MEMBER),
        (PLAN, TEAM_LEADER),
        (PLAN, TEAM),
        (PLAN, HEAD),
        (PLAN, OUTSIDE),
        (PLAN, CLOCK),
        (BY_TEAM, CHAIR),
        (BY_TEAM, TEAM),
        (BY_AGENCY, CHAIR),
        (BY_AGENCY, OTHER_HEAD),
        (BY_AGENCY, TEAM),  # the team member has a seat of that agency, and does not head it
    ],
)
def test_only_who_is_competent_signs(command: IssueDocument, who: Act) -> None:
    Story(decider).when(command, who).then_refused(Rule.SIGNED_BY_COMPETENT)


@pytest.mark.parametrize("who", [CHAIR, STANDING, FOR_CHAIR])
def test_chair_and_standing_deputy_use_the_provincial_seal(who: Act) -> None:
    Story(decider).when(PLAN, who).then(issued(PLAN, 1, "01/KH-BCĐ", by=who))
    own = paper("a", seal=Seal.OWN_AGENCY, seal_agency=SXD)
    Story(decider).when(own, who).then_refused(Rule.SEAL_FOLLOWS_CAPACITY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"seal": Seal.PROVINCIAL_COMMITTEE},
        {"seal": Seal.OWN_AGENCY, "seal_agency": SXD},
        {"seal": Seal.OWN_AGENCY},
        {"seal": Seal.PROVINCIAL_COMMITTEE, "seal_agency": "so-khoa-hoc"},
        {"seal": None},
    ],
)
def test_a_deputy_uses_the_seal_of_the_own_agency(wrong: dict[str, object]) -> None:
    Story(decider).when(paper("a", **wrong), DEPUTY).then_refused(Rule.SEAL_FOLLOWS_CAPACITY)
    own = paper("a", seal=Seal.OWN_AGENCY, seal_agency="so-khoa-hoc")
    Story(decider).when(own, DEPUTY).then(issued(own, 1, "01/KH-BCĐ", by=DEPUTY))


def test_a_seat_without_an_agency_proves_no_seal() -> None:
    nowhere = with_mandate(DEPUTY, agency=None)
    own = paper("a", seal=Seal.OWN_AGENCY)
    Story(decider).when(own, nowhere).then_refused(Rule.SEAL_FOLLOWS_CAPACITY)


def test_minutes_may_go_without_a_seal() -> None:
    minutes = paper("bien-ban", type_code=TypeCode.MINUTES, seal=None)
    Story(decider).when(minutes, DEPUTY).then(issued(minutes, 1, "01/BB-BCĐ", by=DEPUTY))
    wrong = paper("bien-ban", type_code=TypeCode.MINUTES, seal=None, seal_agency=SXD)
    Story(decider).when(wrong, DEPUTY).then_refused(Rule.SEAL_FOLLOWS_CAPACITY)


@pytest.mark.parametrize(
    ("signed_for", "who"),
    [
        (SignedFor.TM, CHAIR),
        (SignedFor.TM, FOR_CHAIR),
        (SignedFor.KT, FOR_CHAIR),
        (SignedFor.TL, FOR_CHAIR),
        (SignedFor.TUQ, FOR_CHAIR),
    ],
)
def test_signing_on_behalf_with_the_mandate(signed_for: SignedFor, who: Act) -> None:
    command = paper("a", signed_for=signed_for, authorisation=GUQ)
    Story(decider).when(command, who).then(issued(command, 1, "01/KH-BCĐ", by=who))


@pytest.mark.parametrize(
    ("signed_for", "who"),
    [
        (SignedFor.TM, STANDING),
        (SignedFor.TM, DEPUTY),
        (SignedFor.TM, FOR_MEETINGS_ONLY),
        (SignedFor.Q, CHAIR),
        (SignedFor.KT, CHAIR),
        (SignedFor.KT, STANDING),
        (SignedFor.KT, DEPUTY),
        (SignedFor.KT, FOR_MEETINGS_ONLY),
        (SignedFor.TL, STANDING),
        (SignedFor.TUQ, STANDING),
    ],
)
def test_signing_on_behalf_without_the_mandate(signed_for: SignedFor, who: Act) -> None:
    command = paper("a", signed_for=signed_for, authorisation=GUQ)
    Story(decider).when(command, who).then_refused(Rule.SIGNED_FOR_IS_AUTHORISED)


def test_an_acting_head_signs_as_acting() -> None:
    command = BY_AGENCY.model_copy(update={"signed_for": SignedFor.Q})
    Story(decider).when(command, ACTING_HEAD).then(issued(command, 1, "01/BC-SXD", Body.AGENCY, ACTING_HEAD))
    Story(decider).when(command, MEMBER).then_refused(Rule.SIGNED_FOR_IS_AUTHORISED)


def test_the_collective_of_team_and_agency_is_spoken_for_by_its_head() -> None:
    for command, who in ((BY_TEAM, TEAM_LEADER), (BY_AGENCY, HEAD)):
        Story(decider).when(command.model_copy(update={"signed_for": SignedFor.TM}), who).then_happened(
            DocumentIssued
        )


def test_authorised_means_in_writing() -> None:
    command = paper("a", signed_for=SignedFor.TUQ)
    Story(decider).when(command, FOR_CHAIR).then_refused(Rule.AUTHORISED_IN_WRITING)


def test_before_the_regulation_nobody_is_refused_for_who_signed() -> None:
    command = paper("a", signed_for=SignedFor.TUQ, seal=Seal.OWN_AGENCY)
    Story(decider).when(command, BEFORE).then(issued(command, 1, "01/KH-BCĐ", by=BEFORE))


def test_a_document_is_issued_once() -> None:
    story = a_series().when(PLAN, CHAIR).then_nothing()
    edited = PLAN.model_copy(update={"subject": "Kế hoạch khác"})
    story.when(edited, CHAIR).then_refused(Rule.DOCUMENT_IS_NEW)
    twin = PLAN.model_copy(update={"document_id": "ban-sao"})
    story.when(twin, CHAIR).then_refused(Rule.DOCUMENT_IS_NEW)


def test_date_and_number_run_together() -> None:
    late = at("2026-03-01", CHAIR)
    a_series().when(paper("b", date=date(2026, 2, 4)), late).then_refused(Rule.DATE_RUNS_WITH_NUMBER)
    a_series().when(paper("b", date=date(2026, 2, 5)), late).then_happened(DocumentIssued)


def test_the_year_of_the_date_is_the_year_of_the_series() -> None:
    late = at("2026-03-01", CHAIR)
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        Story(decider).when(paper("b", date=day), late).then_refused(Rule.DATE_IN_THE_YEAR)


def test_no_document_bears_a_day_that_has_not_come_in_viet_nam() -> None:
    new_year = paper("b", date=date(2026, 1, 1))
    Story(decider).when(new_year, at("2025-12-31T16:59:59Z", CHAIR)).then_refused(Rule.DATE_NOT_AHEAD)
    Story(decider).when(new_year, at("2025-12-31T17:00:00Z", CHAIR)).then_happened(DocumentIssued)


def test_numbers_begin_anew_each_year() -> None:
    new = paper("b", year=2027, date=date(2027, 1, 4))
    assert decider.stream_id(new) != decider.stream_id(PLAN)
    Story(decider).when(new, at("2027-01-04", CHAIR)).then(issued(new, 1, "01/KH-BCĐ"))


def test_an_official_letter_names_who_drafted_it() -> None:
    letter = paper("a", type_code=TypeCode.OFFICIAL_LETTER)
    Story(decider).when(letter, CHAIR).then_refused(Rule.LETTER_NAMES_ITS_UNIT)


def test_a_digest_and_recipients_are_part_of_every_document() -> None:
    for wrong in (
        {"text_digest": "khong-phai"},
        {"recipients": ()},
        {"document_id": "a/b"},
        {"series": "bcđ"},
    ):
        with pytest.raises(ValidationError):
            IssueDocument.model_validate({**PLAN.model_dump(), **wrong})


def test_a_void_number_is_explained_and_not_given_again() -> None:
    story = a_series().when(VOID, TEAM)
    story.then(NumberVoided(series="BCĐ", year=2026, number=2, reason=VOID.reason))
    story.when(VOID, TEAM).then_nothing()
    story.when(paper("b"), CHAIR)
    assert isinstance(story.outcome[0], DocumentIssued)
    assert story.outcome[0].symbol == "03/KH-BCĐ"


@pytest.mark.parametrize("number", [1, 3, 99])
def test_only_the_next_number_is_voided(number: int) -> None:
    a_series().when(VOID.model_copy(update={"number": number}), TEAM).then_refused(Rule.NUMBER_IS_NEXT)


@pytest.mark.parametrize("who", [TEAM, CHAIR, OTHER_HEAD])
def test_an_agency_keeps_its_own_numbers(who: Act) -> None:
    story = Story(decider).given(issued(BY_AGENCY, 1, "01/BC-SXD", Body.AGENCY))
    void = VOID.model_copy(update={"series": "SXD"})
    story.when(void, who).then_refused(Rule.TEAM_KEEPS_RECORDS)
    story.when(void, HEAD).then_happened(NumberVoided)


@pytest.mark.parametrize("command", [SEND, RECALL, VOID], ids=lambda c: type(c).__name__)
def test_a_look_alike_of_a_series_is_none(command: Command) -> None:
    """`SXĐ` would lie in the stream of `SXD`, whose head it is who asks."""
    story = Story(decider).given(issued(BY_AGENCY, 1, "01/BC-SXD", Body.AGENCY, HEAD))
    story.when(command.model_copy(update={"series": "SXĐ"}), HEAD).then_refused(Rule.SERIES_HAS_ONE_BODY)


@pytest.mark.parametrize("who", [MEMBER, HEAD, OUTSIDE, CLOCK])
def test_others_void_no_number(who: Act) -> None:
    a_series().when(VOID, who).then_refused(Rule.TEAM_KEEPS_RECORDS)


def test_a_series_goes_to_the_successor() -> None:
    over = HandOverSeries(series="SXD", year=2026, from_agency=SXD, to_agency=STC)
    story = Story(decider).given(issued(BY_AGENCY, 1, "01/BC-SXD", Body.AGENCY))
    story.when(over, OTHER_HEAD).then_refused(Rule.HANDED_TO_SUCCESSOR)
    story.when(over, CLOCK).then(SeriesHandedOver(series="SXD", year=2026, from_agency=SXD, to_agency=STC))
    story.when(over, CLOCK).then_nothing()
    old = paper("b", series="SXD", agency=SXD, seal=Seal.OWN_AGENCY, seal_agency=SXD)
    story.when(old, HEAD).then_refused(Rule.SERIES_HAS_ONE_BODY)
    new = paper("b", series="SXD", agency=STC, seal=Seal.OWN_AGENCY, seal_agency=STC)
    story.when(new, OTHER_HEAD).then(issued(new, 2, "02/KH-SXD", Body.AGENCY, OTHER_HEAD))


@pytest.mark.parametrize("who", [HEAD, MEMBER])
def test_the_head_of_an_agency_may_hand_over(who: Act) -> None:
    over = HandOverSeries(series="SXD", year=2026, from_agency=SXD, to_agency=STC)
    owned = issued(BY_AGENCY, 1, "01/BC-SXD", Body.AGENCY, HEAD)
    Story(decider).given(owned).when(over, who).then_happened(SeriesHandedOver)
    Story(decider).given(owned).when(over, TEAM).then_refused(Rule.HANDED_TO_SUCCESSOR)


def test_only_an_agencys_own_series_is_handed_over() -> None:
    over = HandOverSeries(series="BCĐ", year=2026, from_agency=SXD, to_agency=STC)
    a_series().when(over, CLOCK).then_refused(Rule.HANDED_TO_SUCCESSOR)


def test_what_is_replaced_elsewhere_is_only_named_here() -> None:
    old = DocumentKey(series="BCĐ", year=2025, document_id="ke-hoach-2025")
    new = paper("b", replaces=old)
    a_series().when(new, CHAIR).then(issued(new, 2, "02/KH-BCĐ"))
    own_seal = {"seal": Seal.OWN_AGENCY, "seal_agency": "so-khoa-hoc"}
    a_series().when(paper("b", replaces=old, **own_seal), DEPUTY).then_refused(Rule.CHANGED_BY_SIGNATORY)


def test_an_agency_changes_from_afar_only_what_is_its_own() -> None:
    foreign = BY_AGENCY.model_copy(
        update={"replaces": DocumentKey(series="BCĐ", year=2026, document_id="ke-hoach-2026")}
    )
    Story(decider).when(foreign, HEAD).then_refused(Rule.CHANGED_BY_SIGNATORY)
    own = BY_AGENCY.model_copy(update={"replaces": DocumentKey(series="SXD", year=2025, document_id="cu")})
    Story(decider).when(own, HEAD).then_happened(DocumentIssued)
