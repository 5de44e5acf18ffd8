"""The funds of a year: estimated, allocated by decision, spent within the allocation (D10)."""

import pytest
from hypothesis import strategies as st
from pydantic import ValidationError

from services.members.budget import decider as budget
from services.members.budget.commands import (
    AllocateBudget,
    AmendAllocation,
    BudgetCommand,
    CorrectExpenditure,
    EstimateBudget,
    LineOfBudget,
    RecordExpenditure,
)
from services.members.budget.events import (
    AllocationAmended,
    BudgetAllocated,
    BudgetEstimated,
    BudgetLine,
    ExpenditureCorrected,
    ExpenditureRecorded,
)
from services.members.budget.state import Budget
from services.members.rules import Rule
from shared.dates import Moment
from shared.messages import DocumentRef, Event
from tests.unit.given import DECISION, SOURCE, Story, act
from tests.unit.histories import acts, machine

FOCAL = act("focal_point", agency="so-a", at="2026-06-15")
ISSUER = act("issuer", at="2026-01-05", document=DECISION)
AMENDING = DocumentRef(number="77/QĐ-UBND")
VOUCHER = DocumentRef(number="PC-07")


def asked(**amounts: int) -> tuple[LineOfBudget, ...]:
    return tuple(LineOfBudget(line=name, title=f"Chi {name}", amount=many) for name, many in amounts.items())


def lines(**amounts: int) -> tuple[BudgetLine, ...]:
    return tuple(BudgetLine(line=name, title=f"Chi {name}", amount=many) for name, many in amounts.items())


def spend(amount: int, line: str = "hop", name: str = "chi-1", on: str = "2026-03-20") -> RecordExpenditure:
    return RecordExpenditure(
        year=2026,
        expenditure_id=name,
        line=line,
        amount=amount,
        purpose="In tài liệu họp",
        voucher=VOUCHER,
        spent_on=Moment(on),
    )


def correct(amount: int) -> CorrectExpenditure:
    return CorrectExpenditure(year=2026, expenditure_id="chi-1", amount=amount, reason="Ghi nhầm")


def amend(**amounts: int) -> AmendAllocation:
    return AmendAllocation(year=2026, lines=asked(**amounts), reason="Điều chỉnh", document=AMENDING)


ESTIMATE = EstimateBudget(year=2026, amount=100, lines=asked(hop=60, khao_sat=40))
ESTIMATED = BudgetEstimated(year=2026, amount=100, lines=lines(hop=60, khao_sat=40))
ALLOCATE = AllocateBudget(year=2026, lines=asked(hop=50, khao_sat=30), document=DECISION)
ALLOCATED = BudgetAllocated(year=2026, amount=80, lines=lines(hop=50, khao_sat=30), document=DECISION)
SPENT = ExpenditureRecorded(
    year=2026,
    expenditure_id="chi-1",
    line="hop",
    line_title="Chi hop",
    amount=20,
    purpose="In tài liệu họp",
    voucher=VOUCHER,
    spent_on=Moment("2026-03-20"),
    line_spent=20,
    total_spent=20,
    left=60,
)


@pytest.fixture
def story() -> Story:
    return Story(budget.decider)


def test_the_focal_point_estimates_and_may_estimate_anew(story: Story) -> None:
    story.when(ESTIMATE, FOCAL).then(ESTIMATED)
    story.when(ESTIMATE, FOCAL).then_nothing()
    story.when(EstimateBudget(year=2026, amount=90, lines=asked(hop=90)), FOCAL)
    story.then(BudgetEstimated(year=2026, amount=90, lines=lines(hop=90), replaces=100))


def test_an_estimate_is_the_sum_of_its_lines(story: Story) -> None:
    story.when(ESTIMATE.model_copy(update={"amount": 99}), FOCAL).then_refused(Rule.ESTIMATE_ADDS_UP)


@pytest.mark.parametrize("command", [ESTIMATE, ALLOCATE, amend(hop=50)])
def test_no_line_stands_twice(story: Story, command: BudgetCommand) -> None:
    given = (ALLOCATED,) if isinstance(command, AmendAllocation) else ()
    twice = command.model_copy(update={"lines": asked(hop=10) * 2, "amount": 20})
    story.given(*given).when(twice, FOCAL).then_refused(Rule.LINES_STAND_ONCE)


def test_what_was_allocated_is_not_estimated_any_more(story: Story) -> None:
    story.given(ALLOCATED).when(ESTIMATE, FOCAL).then_refused(Rule.ESTIMATED_BEFORE_ALLOCATED)


@pytest.mark.parametrize("by", [ISSUER, FOCAL], ids=["the authority", "noted by the focal point"])
def test_it_is_allocated_once_by_a_decision(story: Story, by: object) -> None:
    story.given(ESTIMATED).when(ALLOCATE, by).then(ALLOCATED)  # type: ignore[arg-type]
    story.when(ALLOCATE, ISSUER).then_nothing()
    story.when(ALLOCATE.model_copy(update={"document": AMENDING}), ISSUER).then_refused(Rule.ALLOCATED_ONCE)


def test_what_is_allocated_stands_in_the_estimate_and_a_source_may_know_the_allocation_alone(
    story: Story,
) -> None:
    story.when(ALLOCATE, ISSUER).then_refused(Rule.ESTIMATED_BEFORE_ALLOCATED)
    story.when(ALLOCATE, act("issuer", document=DECISION, source=SOURCE)).then(ALLOCATED)


def test_a_line_that_was_taken_out_pays_no_more(story: Story) -> None:
    story.given(ALLOCATED, SPENT).when(correct(0), FOCAL).then_happened(ExpenditureCorrected)
    story.when(amend(khao_sat=80), ISSUER).then_happened(AllocationAmended)
    story.when(correct(5), FOCAL).then_refused(Rule.LINE_IS_ALLOCATED)


@pytest.mark.parametrize(
    "capacity", ["chair", "standing_deputy", "member", "team_leader", "agency", "policy"]
)
def test_nobody_else_touches_the_funds(story: Story, capacity: str) -> None:
    other = act(capacity, document=DECISION)
    story.when(ESTIMATE, other).then_refused(Rule.FUNDS_WITH_FOCAL_POINT)
    story.when(ALLOCATE, other).then_refused(Rule.ALLOCATED_BY_AUTHORITY)
    story.given(ALLOCATED, SPENT)
    story.when(amend(hop=70), other).then_refused(Rule.ALLOCATED_BY_AUTHORITY)
    story.when(spend(1, name="chi-2"), other).then_refused(Rule.FUNDS_WITH_FOCAL_POINT)
    story.when(correct(1), other).then_refused(Rule.FUNDS_WITH_FOCAL_POINT)


def test_it_is_spent_within_the_allocation(story: Story) -> None:
    story.given(ALLOCATED).when(spend(20), FOCAL).then(SPENT)
    story.when(spend(31, name="chi-2"), FOCAL).then_refused(Rule.SPENT_WITHIN_ALLOCATION)
    story.when(spend(30, name="chi-2"), FOCAL)
    [last] = story.outcome
    assert isinstance(last, ExpenditureRecorded)
    assert (last.line_spent, last.total_spent, last.left) == (50, 50, 30)


def test_an_expenditure_is_recorded_once(story: Story) -> None:
    story.given(ALLOCATED).when(spend(20), FOCAL).then(SPENT)
    story.when(spend(20), FOCAL).then_nothing()
    story.when(spend(21), FOCAL).then_refused(Rule.EXPENDITURE_IS_NEW)
    story.when(correct(10), FOCAL).when(spend(20), FOCAL).then_nothing()


def test_nothing_is_spent_or_amended_before_it_was_allocated(story: Story) -> None:
    story.given(ESTIMATED).when(spend(1), FOCAL).then_refused(Rule.ALLOCATION_STANDS)
    story.when(amend(hop=50), ISSUER).then_refused(Rule.ALLOCATION_STANDS)


def test_only_an_allocated_line_pays(story: Story) -> None:
    story.given(ALLOCATED).when(spend(1, line="xe"), FOCAL).then_refused(Rule.LINE_IS_ALLOCATED)


@pytest.mark.parametrize("day", ["2025-12-31", "2027-02-01", "2025", "2027-02"])
def test_a_year_pays_for_itself(story: Story, day: str) -> None:
    at = act("focal_point", at="2027-06-30")
    story.given(ALLOCATED).when(spend(1, on=day), at).then_refused(Rule.SPENT_IN_ITS_YEAR)


@pytest.mark.parametrize("day", ["2026-01-01", "2026", "2027-01-31", "2027"])
def test_the_books_of_a_year_close_a_month_later(story: Story, day: str) -> None:
    at = act("focal_point", at="2027-06-30")
    story.given(ALLOCATED).when(spend(1, on=day), at).then_happened(ExpenditureRecorded)


def test_what_is_still_to_be_paid_is_not_recorded(story: Story) -> None:
    story.given(ALLOCATED).when(spend(1, on="2026-06-16"), FOCAL).then_refused(Rule.SPENT_IS_PAST)


def test_an_amendment_sets_other_lines(story: Story) -> None:
    story.given(ALLOCATED, SPENT).when(amend(hop=20, xe=40), ISSUER)
    story.then(
        AllocationAmended(
            year=2026,
            old_amount=80,
            amount=60,
            lines=lines(hop=20, xe=40),
            reason="Điều chỉnh",
            document=AMENDING,
            total_spent=20,
            left=40,
        )
    )
    story.when(amend(hop=20, xe=40), ISSUER).then_nothing()
    story.when(spend(40, line="xe", name="chi-2"), FOCAL).then_happened(ExpenditureRecorded)


@pytest.mark.parametrize("command", [amend(hop=19, khao_sat=30), amend(khao_sat=80)])
def test_an_amendment_never_falls_below_what_is_spent(story: Story, command: AmendAllocation) -> None:
    story.given(ALLOCATED, SPENT).when(command, ISSUER).then_refused(Rule.NOT_BELOW_SPENT)


def test_a_wrong_amount_is_corrected_by_another_event(story: Story) -> None:
    story.given(ALLOCATED, SPENT).when(correct(50), FOCAL)
    story.then(
        ExpenditureCorrected(
            year=2026,
            expenditure_id="chi-1",
            line="hop",
            old_amount=20,
            amount=50,
            reason="Ghi nhầm",
            line_spent=50,
            total_spent=50,
            left=30,
        )
    )
    story.when(correct(50), FOCAL).then_nothing()
    story.when(correct(51), FOCAL).then_refused(Rule.SPENT_WITHIN_ALLOCATION)
    story.when(correct(0), FOCAL).then_happened(ExpenditureCorrected)
    assert story.state.spent == 0


def test_only_what_is_on_record_is_corrected(story: Story) -> None:
    story.given(ALLOCATED).when(correct(1), FOCAL).then_refused(Rule.EXPENDITURE_STANDS)


@pytest.mark.parametrize("amount", [0, -1, 1.0, "20", 10**15 + 1, True])
def test_money_is_whole_dong(amount: object) -> None:
    with pytest.raises(ValidationError):
        LineOfBudget.model_validate({"line": "hop", "title": "Họp", "amount": amount})


def test_before_the_regulation_it_is_not_asked_who_acted(story: Story) -> None:
    story.when(ALLOCATE, act("member", bound=False, source=SOURCE)).then(ALLOCATED)


# Any course of commands

AMOUNT = st.integers(1, 60)
LINE = st.sampled_from(["hop", "khao_sat", "xe"])
LINES = st.lists(
    st.builds(LineOfBudget, line=LINE, title=st.just("Chi"), amount=AMOUNT), min_size=1, max_size=3
).map(tuple)
YEAR = st.just(2026)
NAME = st.sampled_from(["chi-1", "chi-2", "chi-3"])
PAPER = st.sampled_from([DECISION, AMENDING])
COMMANDS = st.one_of(
    LINES.map(lambda them: EstimateBudget(year=2026, amount=sum(line.amount for line in them), lines=them)),
    st.builds(AllocateBudget, year=YEAR, lines=LINES, document=PAPER),
    st.builds(AmendAllocation, year=YEAR, lines=LINES, reason=st.just("Điều chỉnh"), document=PAPER),
    st.builds(
        RecordExpenditure,
        year=YEAR,
        expenditure_id=NAME,
        line=LINE,
        amount=AMOUNT,
        purpose=st.just("Chi"),
        spent_on=st.sampled_from(["2025", "2026", "2026-03", "2026-06-30", "2027-02-01"]).map(Moment),
    ),
    st.builds(
        CorrectExpenditure,
        year=YEAR,
        expenditure_id=NAME,
        amount=st.integers(0, 60),
        reason=st.just("Ghi nhầm"),
    ),
)


def holds(events: list[Event], now: Budget) -> None:
    """Nothing is spent that was not allocated, line by line and in all; no amount is ever negative; and every
    event says what an adding machine would say."""
    allotted: dict[str, int] = {}
    paid: dict[str, tuple[str, int]] = {}
    for event in events:
        match event:
            case BudgetEstimated():
                assert not allotted
                assert event.amount == sum(line.amount for line in event.lines)
                continue
            case BudgetAllocated() | AllocationAmended():
                assert isinstance(event, AllocationAmended) == bool(allotted)
                allotted = {line.line: line.amount for line in event.lines}
                assert event.amount == sum(allotted.values())
            case ExpenditureRecorded():
                assert event.expenditure_id not in paid
                paid[event.expenditure_id] = (event.line, event.amount)
            case ExpenditureCorrected():
                assert paid[event.expenditure_id] == (event.line, event.old_amount)
                paid[event.expenditure_id] = (event.line, event.amount)
        spent = sum(amount for _, amount in paid.values())
        assert 0 <= spent <= sum(allotted.values())
        for line in {line for line, amount in paid.values() if amount}:
            on_line = sum(amount for where, amount in paid.values() if where == line)
            assert 0 <= on_line <= allotted[line]
            if isinstance(event, ExpenditureRecorded | ExpenditureCorrected) and event.line == line:
                assert event.line_spent == on_line
        if isinstance(event, ExpenditureRecorded | ExpenditureCorrected | AllocationAmended):
            assert (event.total_spent, event.left) == (spent, sum(allotted.values()) - spent)
    assert (now.allocated, now.spent) == (sum(allotted.values()), sum(a for _, a in paid.values()))


FUNDED = st.one_of(acts(), st.just(FOCAL), st.just(act("focal_point", at="2027-06-30")))
TestAnyCourse = machine(budget.decider, COMMANDS, FUNDED, holds)
