"""What agencies send: accepted or returned by the template, late as it comes, in versions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.report.commands import ReturnReport
from services.feedback.report.events import (
    FieldKind,
    ReportAccepted,
    ReportRequestClosed,
    ReportReturned,
    ReportSubmitted,
    ReportTally,
    TemplateField,
)
from services.feedback.report.fields import missing, wrong
from services.feedback.rules import Rule
from shared.envelope import Act
from shared.messages import AgencyId
from tests.unit.feedback.report_examples import (
    BEFORE,
    DEPUTY,
    EMPTY,
    FULL,
    MEMBER,
    PAPER,
    REQUESTED,
    TEAM,
    A,
    B,
    R,
    accepted,
    head,
    returned,
    send,
    sent,
    story,
)

GIVE_BACK = ReturnReport(request_id=R, agency_id=A, reasons="số liệu trái với quý I")
CLOSED = ReportRequestClosed(request_id=R, tally=ReportTally(asked=3, silent=3))


@pytest.mark.parametrize("who", [head(A), TEAM, BEFORE])
def test_the_head_reports_or_the_team_notes_it(who: Act) -> None:
    story(REQUESTED).when(send(A, FULL), who).then(sent(A), accepted(A))


@pytest.mark.parametrize("who", [head(B), DEPUTY, MEMBER])
def test_nobody_else_reports_for_it(who: Act) -> None:
    story(REQUESTED).when(send(A, FULL), who).then_refused(Rule.REPORT_BY_ITS_HEAD)


def test_only_who_is_asked_reports() -> None:
    other = AgencyId("so-khac")
    story(REQUESTED).when(send(other, FULL), head(other)).then_refused(Rule.REPORT_FROM_THOSE_ASKED)
    story().when(send(A, FULL), head(A)).then_refused(Rule.REPORT_REQUEST_IS_OPEN)
    story(REQUESTED, CLOSED).when(send(A, FULL), head(A)).then_refused(Rule.REPORT_REQUEST_IS_OPEN)


def test_what_misses_fields_goes_back_with_their_names() -> None:
    story(REQUESTED).when(send(A, EMPTY), head(A)).then(sent(A, **EMPTY), returned(A))


def test_what_is_of_the_wrong_kind_or_not_asked_for_goes_back() -> None:
    unfit = {**FULL, "kinh_phi": "một tỷ", "ngay": "31/6/2026", "them": "x"}
    told = returned(A, wrong=("kinh_phi", "ngay", "them"))
    story(REQUESTED).when(send(A, unfit), head(A)).then(sent(A, **unfit), told)


def test_late_is_recorded_and_never_refused() -> None:
    late = story(REQUESTED).when(send(A, FULL), head(A, at="2026-08-01"))
    late.then(sent(A, days_late=7), accepted(A))
    story(REQUESTED).when(send(A, FULL), head(A, at="2026-07-25")).then(sent(A), accepted(A))


def test_a_day_that_is_partly_known_is_late_only_where_it_certainly_is() -> None:
    story(REQUESTED).when(send(A, FULL), head(A, at="2026-07")).then(sent(A), accepted(A))
    story(REQUESTED).when(send(A, FULL), head(A, at="2026-08")).then(sent(A, days_late=7), accepted(A))


def test_the_same_again_is_nothing_and_another_is_a_version() -> None:
    course = story(REQUESTED).when(send(A, EMPTY), head(A)).when(send(A, EMPTY), head(A)).then_nothing()
    course.when(send(A, FULL), head(A)).then(sent(A, 2), accepted(A, 2))
    with_paper = sent(A, 3).model_copy(update={"document": PAPER})
    course.when(send(A, FULL, PAPER), head(A)).then(with_paper, accepted(A, 3))


def test_the_team_returns_for_the_content() -> None:
    reason = returned(A, reasons=GIVE_BACK.reasons)
    course = story(REQUESTED, sent(A), accepted(A)).when(GIVE_BACK, TEAM).then(reason)
    course.when(GIVE_BACK, TEAM).then_nothing()
    better = {**FULL, "so_dich_vu": 96}
    course.when(send(A, better), head(A)).then(sent(A, 2, **better), accepted(A, 2))


def test_what_is_incomplete_in_addition_does_not_undo_the_accepted_one() -> None:
    course = story(REQUESTED, sent(A), accepted(A)).when(send(A, EMPTY), head(A))
    course.then_happened(ReportSubmitted, ReportReturned)
    assert course.state.answers[A].accepted == 1
    course.when(GIVE_BACK, TEAM).then(returned(A, 1, reasons=GIVE_BACK.reasons))
    assert course.state.answers[A].accepted is None


def test_who_returns_and_what() -> None:
    story(REQUESTED, sent(A), accepted(A)).when(GIVE_BACK, MEMBER).then_refused(Rule.REPORT_RETURNED_BY_TEAM)
    story(REQUESTED).when(GIVE_BACK, TEAM).then_refused(Rule.REPORT_WAS_SUBMITTED)
    story(REQUESTED, CLOSED).when(GIVE_BACK, TEAM).then_refused(Rule.REPORT_REQUEST_IS_OPEN)


def test_known_from_a_source_without_a_template_nothing_is_wrong() -> None:
    bare = REQUESTED.model_copy(update={"fields": ()})
    course = story(bare).when(send(A, {"gi_do": 3}, PAPER), BEFORE)
    course.then_happened(ReportSubmitted, ReportAccepted)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (FieldKind.TEXT, ["một"], [1, PAPER]),
        (FieldKind.NUMBER, [0, -3, "12,5", "12.5", " 7 "], ["mười", "1,2,3", "1e3", PAPER]),
        (FieldKind.MONEY, [0, 1_000_000], ["1000000", PAPER]),
        (FieldKind.DATE, ["2026-02-28", "28/2/2026"], ["29/2/2026", "2026-2-28", 20260228, "nay"]),
        (FieldKind.DOCUMENT, [PAPER], ["12/BC", 12]),
    ],
)
def test_kinds(kind: FieldKind, good: list[Any], bad: list[Any]) -> None:
    fields = (TemplateField(name="x", label="X", kind=kind),)
    assert all(wrong(fields, {"x": value}) == () for value in (*good, ""))
    assert all(wrong(fields, {"x": value}) == ("x",) for value in bad)


VALUES = st.dictionaries(st.sampled_from("abcde"), st.integers() | st.text(max_size=3))
FIELDS = st.lists(
    st.builds(TemplateField, name=st.sampled_from("abcd"), label=st.just("x")), unique_by=lambda f: f.name
)


@given(FIELDS, VALUES)
def test_what_is_missing_is_required_and_what_is_wrong_was_sent(
    fields: list[TemplateField], values: dict[str, Any]
) -> None:
    lacks, unfit = missing(fields, values), wrong(fields, values)
    assert set(lacks) <= {field.name for field in fields if field.required}
    assert set(unfit) <= set(values)
    assert not set(lacks) & set(unfit)
