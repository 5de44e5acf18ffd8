"""Moments at which the commands of the yearly funds may be asked."""

from services.members.budget import decider as budget
from services.members.budget.commands import (
    AllocateBudget,
    AmendAllocation,
    CorrectExpenditure,
    EstimateBudget,
    LineOfBudget,
    RecordExpenditure,
)
from services.members.budget.events import BudgetAllocated, BudgetEstimated, BudgetLine, ExpenditureRecorded
from shared.dates import Moment
from tests.unit.given import DECISION
from tests.unit.specimens import Specimen

LINES = (LineOfBudget(line="hop", title="Tổ chức cuộc họp", amount=40_000_000),)
LESS = (LineOfBudget(line="hop", title="Tổ chức cuộc họp", amount=30_000_000),)
ALLOCATED = BudgetAllocated(
    year=2026,
    amount=40_000_000,
    lines=(BudgetLine(line="hop", title="Tổ chức cuộc họp", amount=40_000_000),),
    document=DECISION,
)
ESTIMATED = BudgetEstimated(year=2026, amount=40_000_000, lines=ALLOCATED.lines)
SPENT = ExpenditureRecorded(
    year=2026,
    expenditure_id="chi-1",
    line="hop",
    amount=1_500_000,
    purpose="In tài liệu họp",
    spent_on=Moment("2026-03-20"),
    line_spent=1_500_000,
    total_spent=1_500_000,
    left=38_500_000,
)

SPECIMENS: tuple[Specimen, ...] = (
    Specimen(EstimateBudget(year=2026, amount=40_000_000, lines=LINES), budget.decider),
    Specimen(
        AllocateBudget(year=2026, lines=LINES, document=DECISION),
        budget.decider,
        (ESTIMATED,),
        document=True,
    ),
    Specimen(
        AmendAllocation(year=2026, lines=LESS, reason="Tiết kiệm chi", document=DECISION),
        budget.decider,
        (ALLOCATED,),
        document=True,
    ),
    Specimen(
        RecordExpenditure(
            year=2026,
            expenditure_id="chi-1",
            line="hop",
            amount=1_500_000,
            purpose="In tài liệu họp",
            spent_on=Moment("2026-03-20"),
        ),
        budget.decider,
        (ALLOCATED,),
    ),
    Specimen(
        CorrectExpenditure(year=2026, expenditure_id="chi-1", amount=1_050_000, reason="Ghi nhầm"),
        budget.decider,
        (ALLOCATED, SPENT),
    ),
)
