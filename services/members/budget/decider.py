"""The funds of a year: estimated, allocated by decision, spent within the allocation (D10)."""

from dataclasses import replace
from typing import assert_never

from services.members.budget.commands import (
    AllocateBudget,
    AmendAllocation,
    BudgetCommand,
    CorrectExpenditure,
    EstimateBudget,
    RecordExpenditure,
)
from services.members.budget.events import (
    AllocationAmended,
    BudgetAllocated,
    BudgetEstimated,
    BudgetEvent,
    ExpenditureCorrected,
    ExpenditureRecorded,
)
from services.members.budget.state import Budget, Spent, as_lines, in_its_year, money, total, within
from services.members.capacity import Capacity
from services.members.rules import Rule
from shared.decider import Decider, require
from shared.envelope import Act


def estimate(command: EstimateBudget, act: Act, budget: Budget) -> list[BudgetEvent]:
    """D10: the funds stand in the focal point's yearly estimate, and may change until allocated."""
    _by_focal_point(act)
    lines = as_lines(command.lines)
    require(
        total(lines) == command.amount,
        Rule.ESTIMATE_ADDS_UP,
        f"the lines make {money(total(lines))}, not {money(command.amount)}",
    )
    if budget.estimate == lines:
        return []
    require(
        not budget.allocation,
        Rule.ESTIMATED_BEFORE_ALLOCATED,
        f"{money(budget.allocated)} are allocated already: amend the allocation",
    )
    before = total(budget.estimate) if budget.estimate else None
    return [BudgetEstimated(year=command.year, amount=command.amount, lines=lines, replaces=before)]


def allocate(command: AllocateBudget, act: Act, budget: Budget) -> list[BudgetEvent]:
    """D10: the authority allocates by its decision what stands in the estimate, once a year; a source may
    tell of the allocation alone."""
    _by_authority(act)
    lines = as_lines(command.lines)
    if tuple(budget.allocation.values()) == lines and budget.decision == command.document:
        return []
    require(
        not budget.allocation,
        Rule.ALLOCATED_ONCE,
        f"{command.year} has {money(budget.allocated)} by {budget.decision}: amend it",
    )
    require(
        bool(budget.estimate) or act.source is not None,
        Rule.ESTIMATED_BEFORE_ALLOCATED,
        f"the focal point has not estimated the funds of {command.year}",
    )
    allocated = BudgetAllocated(
        year=command.year, amount=total(lines), lines=lines, document=command.document
    )
    return [allocated]


def amend(command: AmendAllocation, act: Act, budget: Budget) -> list[BudgetEvent]:
    """D10: other lines by another decision, none of them below what was spent on it."""
    _by_authority(act)
    _allocated(command.year, budget)
    lines = as_lines(command.lines)
    if tuple(budget.allocation.values()) == lines:
        return []
    amounts = {line.line: line.amount for line in lines}
    for line in budget.allocation:
        spent = budget.spent_on(line)
        require(
            spent <= amounts.get(line, 0),
            Rule.NOT_BELOW_SPENT,
            f"{money(spent)} are spent on {line}: it cannot have {money(amounts.get(line, 0))}",
        )
    amended = AllocationAmended(
        year=command.year,
        old_amount=budget.allocated,
        amount=total(lines),
        lines=lines,
        reason=command.reason,
        document=command.document,
        total_spent=budget.spent,
        left=total(lines) - budget.spent,
    )
    return [amended]


def record(command: RecordExpenditure, act: Act, budget: Budget) -> list[BudgetEvent]:
    """D10: paid from a line that was allocated, and never more than it has."""
    _by_focal_point(act)
    _allocated(command.year, budget)
    before = budget.expenditures.get(command.expenditure_id)
    said = (command.line, command.purpose, command.voucher, command.spent_on, command.amount)
    if before and said == (before.line, before.purpose, before.voucher, before.spent_on, before.first_amount):
        return []
    require(
        before is None,
        Rule.EXPENDITURE_IS_NEW,
        f"{command.expenditure_id} is on record with other words: correct it, or name another",
    )
    within(command.line, command.amount, budget)
    in_its_year(command.year, command.spent_on, act)
    spent = budget.spent + command.amount
    recorded = ExpenditureRecorded.model_validate(
        {
            **command.model_dump(),
            "line_title": budget.allocation[command.line].title,
            "line_spent": budget.spent_on(command.line) + command.amount,
            "total_spent": spent,
            "left": budget.allocated - spent,
        }
    )
    return [recorded]


def correct(command: CorrectExpenditure, act: Act, budget: Budget) -> list[BudgetEvent]:
    """A wrong amount is put right by another event, within the allocation too."""
    _by_focal_point(act)
    before = budget.expenditures.get(command.expenditure_id)
    require(
        before is not None,
        Rule.EXPENDITURE_STANDS,
        f"{command.expenditure_id} is no expenditure of this year",
    )
    assert before is not None
    more = command.amount - before.amount
    if more == 0:
        return []
    if more > 0:
        within(before.line, more, budget)
    corrected = ExpenditureCorrected(
        year=command.year,
        expenditure_id=command.expenditure_id,
        line=before.line,
        old_amount=before.amount,
        amount=command.amount,
        reason=command.reason,
        line_spent=budget.spent_on(before.line) + more,
        total_spent=budget.spent + more,
        left=budget.allocated - budget.spent - more,
    )
    return [corrected]


def _by_focal_point(act: Act) -> None:
    require(
        act.in_capacity(Capacity.FOCAL_POINT),
        Rule.FUNDS_WITH_FOCAL_POINT,
        "only the focal point estimates the funds and keeps their expenditure",
    )


def _by_authority(act: Act) -> None:
    require(
        act.in_capacity(Capacity.ISSUER, Capacity.FOCAL_POINT),
        Rule.ALLOCATED_BY_AUTHORITY,
        "only the authority that allocates, by its decision, or the focal point that notes this decision",
    )


def _allocated(year: int, budget: Budget) -> None:
    require(bool(budget.allocation), Rule.ALLOCATION_STANDS, f"nothing is allocated for {year} yet")


def decide(command: BudgetCommand, act: Act, budget: Budget) -> list[BudgetEvent]:
    match command:
        case EstimateBudget():
            return estimate(command, act, budget)
        case AllocateBudget():
            return allocate(command, act, budget)
        case AmendAllocation():
            return amend(command, act, budget)
        case RecordExpenditure():
            return record(command, act, budget)
        case CorrectExpenditure():
            return correct(command, act, budget)
        case _:
            assert_never(command)


def evolve(budget: Budget, event: BudgetEvent) -> Budget:
    match event:
        case BudgetEstimated():
            return replace(budget, estimate=event.lines)
        case BudgetAllocated() | AllocationAmended():
            lines = {line.line: line for line in event.lines}
            return replace(budget, allocation=lines, decision=event.document)
        case ExpenditureRecorded():
            spent = Spent(
                line=event.line,
                purpose=event.purpose,
                voucher=event.voucher,
                spent_on=event.spent_on,
                first_amount=event.amount,
                amount=event.amount,
            )
            return replace(budget, expenditures={**budget.expenditures, event.expenditure_id: spent})
        case ExpenditureCorrected():
            spent = replace(budget.expenditures[event.expenditure_id], amount=event.amount)
            return replace(budget, expenditures={**budget.expenditures, event.expenditure_id: spent})
        case _:
            assert_never(event)


decider: Decider[BudgetCommand, BudgetEvent, Budget] = Decider(
    category="budget",
    stream_id=lambda command: f"year-{command.year}",
    initial=Budget(),
    decide=decide,
    evolve=evolve,
)
