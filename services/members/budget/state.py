"""What a decision needs to know about the funds of a year, and what binds every estimate and payment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from services.members.budget.commands import LineOfBudget
from services.members.budget.events import BudgetLine
from services.members.rules import Rule
from shared.dates import Moment
from shared.decider import require
from shared.envelope import Act
from shared.messages import DocumentRef


@dataclass(frozen=True)
class Spent:
    """An expenditure as it was recorded, and what it amounts to now."""

    line: str
    purpose: str
    voucher: DocumentRef | None
    spent_on: Moment
    first_amount: int
    amount: int


@dataclass(frozen=True)
class Budget:
    """The estimate, the allocation by line (empty before there is one), its decision, and what was spent."""

    estimate: tuple[BudgetLine, ...] = ()
    allocation: dict[str, BudgetLine] = field(default_factory=dict)
    decision: DocumentRef | None = None
    expenditures: dict[str, Spent] = field(default_factory=dict)

    @property
    def allocated(self) -> int:
        return total(self.allocation.values())

    @property
    def spent(self) -> int:
        return sum(one.amount for one in self.expenditures.values())

    def spent_on(self, line: str) -> int:
        return sum(one.amount for one in self.expenditures.values() if one.line == line)


def total(lines: Iterable[BudgetLine]) -> int:
    return sum(line.amount for line in lines)


def money(amount: int) -> str:
    return f"{amount:,} đồng"


def as_lines(asked: Iterable[LineOfBudget]) -> tuple[BudgetLine, ...]:
    """The lines of a request; none stands twice."""
    lines = tuple(BudgetLine.model_validate(line.model_dump()) for line in asked)
    codes = [line.line for line in lines]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    require(not twice, Rule.LINES_STAND_ONCE, f"these lines stand twice: {', '.join(twice)}")
    return lines


def within(line: str, more: int, budget: Budget) -> None:
    """D10: no line pays out more than it was allocated, and so the year does not either."""
    require(
        line in budget.allocation,
        Rule.LINE_IS_ALLOCATED,
        f"{line} is none of: {', '.join(budget.allocation)}",
    )
    allotted, spent = budget.allocation[line].amount, budget.spent_on(line)
    require(
        spent + more <= allotted,
        Rule.SPENT_WITHIN_ALLOCATION,
        f"{line} has {money(allotted)}, {money(spent)} spent: {money(more)} more needs an amendment",
    )


def in_its_year(year: int, spent_on: Moment, act: Act) -> None:
    """The funds of a year pay what that year ordered: until the books close on 31 January after it."""
    require(
        spent_on.latest >= date(year, 1, 1) and spent_on.earliest <= date(year + 1, 1, 31),
        Rule.SPENT_IN_ITS_YEAR,
        f"{spent_on} lies outside the budget year {year}",
    )
    require(
        spent_on.earliest <= act.effective_at.latest,
        Rule.SPENT_IS_PAST,
        f"{spent_on} is still to come: record it when it was paid",
    )
