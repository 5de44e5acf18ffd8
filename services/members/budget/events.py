"""What happened to the yearly funds, in integer đồng: part of the published language of this context."""

from typing import ClassVar

from shared.dates import Moment
from shared.messages import DocumentRef, Event, Message


class BudgetLine(Message):
    """One line of an estimate or an allocation; `line` is its code within the year."""

    line: str
    title: str = ""
    amount: int


class BudgetEstimated(Event):
    """The focal point estimated the funds of a year (D10); `replaces` is the amount estimated before."""

    clauses: ClassVar[tuple[str, ...]] = ("D10",)
    year: int
    amount: int
    lines: tuple[BudgetLine, ...] = ()
    replaces: int | None = None


class BudgetAllocated(Event):
    """The competent authority allocated the funds of a year by its decision (D10)."""

    clauses: ClassVar[tuple[str, ...]] = ("D10",)
    year: int
    amount: int
    lines: tuple[BudgetLine, ...] = ()
    document: DocumentRef | None = None


class AllocationAmended(Event):
    """The allocation has these lines from now on; what was spent stays spent."""

    clauses: ClassVar[tuple[str, ...]] = ("D10",)
    year: int
    old_amount: int
    amount: int
    lines: tuple[BudgetLine, ...] = ()
    reason: str = ""
    document: DocumentRef | None = None
    total_spent: int = 0
    left: int = 0


class ExpenditureRecorded(Event):
    """Something was paid; `line_spent` and `total_spent` count it in, `left` is what the year still has."""

    clauses: ClassVar[tuple[str, ...]] = ("D10",)
    year: int
    expenditure_id: str
    line: str
    line_title: str = ""
    amount: int
    purpose: str
    voucher: DocumentRef | None = None
    spent_on: Moment
    line_spent: int = 0
    total_spent: int = 0
    left: int = 0


class ExpenditureCorrected(Event):
    """The amount of a recorded expenditure is another; the amount before is kept beside it."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8", "D10")
    year: int
    expenditure_id: str
    line: str
    old_amount: int
    amount: int
    reason: str
    line_spent: int = 0
    total_spent: int = 0
    left: int = 0


BudgetEvent = (
    BudgetEstimated | BudgetAllocated | AllocationAmended | ExpenditureRecorded | ExpenditureCorrected
)
