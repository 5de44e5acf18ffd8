"""What people ask of the yearly funds, in integer đồng: each may be refused."""

from typing import Annotated

from pydantic import Field

from shared.dates import Moment
from shared.messages import Command, DocumentRef

Id = Field(min_length=1, max_length=200)
Text = Field(min_length=1, max_length=2_000)
Year = Field(ge=2000, le=2200)
MOST = 10**15
"""No line has more than a million billion đồng, so that sums fit into what databases count with."""
Dong = Annotated[int, Field(ge=1, le=MOST, strict=True)]


class LineOfBudget(Command):
    line: str = Id
    title: str = Field(min_length=1, max_length=500)
    amount: Dong


Lines = Field(min_length=1, max_length=200)


class EstimateBudget(Command):
    """`amount` is the sum of the lines."""

    year: int = Year
    amount: Annotated[int, Field(ge=1, strict=True)]
    lines: tuple[LineOfBudget, ...] = Lines


class AllocateBudget(Command):
    """`document` is the decision of the authority that allocates."""

    year: int = Year
    lines: tuple[LineOfBudget, ...] = Lines
    document: DocumentRef


class AmendAllocation(Command):
    """The whole allocation as it stands from now on, by the decision `document`."""

    year: int = Year
    lines: tuple[LineOfBudget, ...] = Lines
    reason: str = Text
    document: DocumentRef


class RecordExpenditure(Command):
    year: int = Year
    expenditure_id: str = Id
    line: str = Id
    amount: Dong
    purpose: str = Text
    voucher: DocumentRef | None = None
    spent_on: Moment


class CorrectExpenditure(Command):
    """The right amount; 0 where nothing was spent after all."""

    year: int = Year
    expenditure_id: str = Id
    amount: Annotated[int, Field(ge=0, le=MOST, strict=True)]
    reason: str = Text


BudgetCommand = EstimateBudget | AllocateBudget | AmendAllocation | RecordExpenditure | CorrectExpenditure
