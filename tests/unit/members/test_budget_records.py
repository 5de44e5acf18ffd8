"""The funding sheet, its lines and the expenditures after events, delivered once or twice."""

import pytest
from sqlalchemy import Connection

from services.members.budget import decider as budget
from services.members.budget.events import (
    AllocationAmended,
    BudgetEstimated,
    ExpenditureCorrected,
)
from services.members.budget.records import READ_MODELS, budget_lines, budgets, expenditures
from shared.messages import Event
from tests.unit.given import act
from tests.unit.members.test_budget import ALLOCATED, AMENDING, ESTIMATED, SPENT, lines
from tests.unit.rows import envelopes, project, rows

TWICE = pytest.mark.parametrize("twice", [False, True])
AMENDED = AllocationAmended(
    year=2026,
    old_amount=80,
    amount=60,
    lines=lines(hop=20, xe=40),
    reason="Thêm xe",
    document=AMENDING,
    total_spent=20,
    left=40,
)


def corrected(old: int, new: int) -> ExpenditureCorrected:
    return ExpenditureCorrected(
        year=2026,
        expenditure_id="chi-1",
        line="hop",
        old_amount=old,
        amount=new,
        reason="Ghi nhầm",
        line_spent=new,
        total_spent=new,
        left=60 - new,
    )


def after(*events: Event, twice: bool) -> Connection:
    recorded = envelopes(budget.decider, "year-2026", events, act("focal_point", at="2026-06-15"))
    return project(READ_MODELS, recorded, twice=twice)


@TWICE
def test_the_funding_sheet_of_a_year(twice: bool) -> None:
    db = after(ESTIMATED, ALLOCATED, SPENT, AMENDED, corrected(20, 15), twice=twice)
    [row] = rows(db, budgets)
    told = {name: row[name] for name in row if name.startswith(("amount", "allocated", "year", "budget"))}
    assert told == {
        "budget": "year-2026",
        "year": 2026,
        "amount_estimated": 100,
        "amount_allocated": 60,
        "amount_spent": 15,
        "amount_left": 45,
        "allocated_by": "77/QĐ-UBND",
    }
    assert row["amended_because"] == "Thêm xe"


@TWICE
def test_an_estimate_alone_leaves_the_rest_open(twice: bool) -> None:
    [row] = rows(after(ESTIMATED, twice=twice), budgets)
    assert (row["amount_estimated"], row["amount_allocated"], row["amount_spent"]) == (100, None, 0)


@TWICE
def test_the_lines_of_a_year_keep_those_that_were_dropped(twice: bool) -> None:
    anew = BudgetEstimated(year=2026, amount=70, lines=lines(hop=70), replaces=100)
    db = after(ESTIMATED, anew, ALLOCATED, SPENT, AMENDED, twice=twice)
    told = {
        row["budget_line"]: (row["amount_estimated"], row["amount_allocated"], row["amount_spent"])
        for row in rows(db, budget_lines)
    }
    assert told == {"hop": (70, 20, 20), "khao_sat": (None, 0, 0), "xe": (None, 40, 0)}


@TWICE
def test_a_corrected_expenditure_keeps_the_amount_recorded_first(twice: bool) -> None:
    [first] = rows(after(ALLOCATED, SPENT, twice=twice), expenditures)
    assert (first["amount_paid"], first["first_amount"], first["voucher"]) == (20, None, "PC-07")
    [row] = rows(after(ALLOCATED, SPENT, corrected(20, 15), corrected(15, 0), twice=twice), expenditures)
    assert (row["amount_paid"], row["first_amount"], row["corrected_because"]) == (0, 20, "Ghi nhầm")
    assert (row["title"], row["spent_on"]) == ("Chi hop", "2026-03-20")
