"""The funding sheet by year, its lines, and every expenditure (D10)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Integer, String, Table

from services.members.budget.events import (
    AllocationAmended,
    BudgetAllocated,
    BudgetEstimated,
    BudgetEvent,
    BudgetLine,
    ExpenditureCorrected,
    ExpenditureRecorded,
)
from shared.envelope import Envelope
from shared.messages import Event
from shared.readmodels import ReadModel, Rows, cited, metadata, provenance, provenance_columns

budgets = Table(
    "budgets",
    metadata,
    Column("committee", String, primary_key=True),
    Column("budget", String, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("amount_estimated", BigInteger),
    Column("amount_allocated", BigInteger),
    Column("amount_spent", BigInteger, nullable=False),
    Column("amount_left", BigInteger, nullable=False),
    Column("allocated_by", String),
    Column("amended_because", String),
    *provenance_columns(),
)

budget_lines = Table(
    "budget_lines",
    metadata,
    Column("committee", String, primary_key=True),
    Column("budget", String, primary_key=True),
    Column("budget_line", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("amount_estimated", BigInteger),
    Column("amount_allocated", BigInteger),
    Column("amount_spent", BigInteger, nullable=False),
    *provenance_columns(),
)

expenditures = Table(
    "expenditures",
    metadata,
    Column("committee", String, primary_key=True),
    Column("expenditure", String, primary_key=True),
    Column("budget", String, primary_key=True),
    Column("budget_line", String, nullable=False),
    Column("title", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("amount_paid", BigInteger, nullable=False),
    Column("spent_on", String, nullable=False),
    Column("voucher", String),
    Column("first_amount", BigInteger),  # where the amount was corrected
    Column("corrected_because", String),
    *provenance_columns(),
)

NOTHING: Final[Mapping[str, Any]] = {
    "amount_estimated": None,
    "amount_allocated": None,
    "amount_spent": 0,
}


def funding_sheet(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a year: what was estimated, allocated, spent, and what is left."""
    values: dict[str, Any]
    match envelope.event:
        case BudgetEstimated() as estimated:
            _year(db, envelope, estimated.year, {"amount_estimated": estimated.amount})
        case BudgetAllocated() as allocated:
            values = {"amount_allocated": allocated.amount, "allocated_by": cited(allocated.document)}
            _year(db, envelope, allocated.year, {**values, "amount_left": allocated.amount})
        case AllocationAmended() as amended:
            values = {"amount_allocated": amended.amount, "allocated_by": cited(amended.document)}
            why = {"amount_left": amended.left, "amended_because": amended.reason}
            _year(db, envelope, amended.year, {**values, **why})
        case ExpenditureRecorded() | ExpenditureCorrected() as spent:
            values = {"amount_spent": spent.total_spent, "amount_left": spent.left}
            db.change(budgets, _key(envelope, spent.year), values)


def funding_lines(db: Rows, envelope: Envelope[Event]) -> None:
    """One row a line of a year; a line that is no longer allocated stays, with nothing."""
    match envelope.event:
        case BudgetEstimated(year=year, lines=lines):
            _lines(db, envelope, year, lines, "amount_estimated", None)
        case BudgetAllocated(year=year, lines=lines) | AllocationAmended(year=year, lines=lines):
            _lines(db, envelope, year, lines, "amount_allocated", 0)
        case ExpenditureRecorded() | ExpenditureCorrected() as spent:
            key = {**_key(envelope, spent.year), "budget_line": spent.line}
            db.change(budget_lines, key, {"amount_spent": spent.line_spent})


def expenditure_register(db: Rows, envelope: Envelope[Event]) -> None:
    """One row an expenditure, with the amount that was recorded first where it was corrected."""
    match envelope.event:
        case ExpenditureRecorded() as spent:
            values = {
                "budget_line": spent.line,
                "title": spent.line_title or spent.line,
                "purpose": spent.purpose,
                "amount_paid": spent.amount,
                "spent_on": str(spent.spent_on),
                "voucher": cited(spent.voucher),
                "first_amount": None,
                "corrected_because": None,
            }
            key = {**_key(envelope, spent.year), "expenditure": spent.expenditure_id}
            db.put(expenditures, key, {**values, **provenance(envelope)})
        case ExpenditureCorrected() as corrected:
            key = {**_key(envelope, corrected.year), "expenditure": corrected.expenditure_id}
            for row in db.find(expenditures, key):
                first = row["amount_paid"] if row["first_amount"] is None else row["first_amount"]
                values = {"amount_paid": corrected.amount, "first_amount": first}
                db.change(expenditures, key, {**values, "corrected_because": corrected.reason})


def _year(db: Rows, envelope: Envelope[Event], year: int, values: Mapping[str, Any]) -> None:
    """Set the values in the row of a year, which an estimate or an allocation begins."""
    fresh = {**NOTHING, "year": year, "amount_left": 0, **provenance(envelope)}
    db.put_first(budgets, _key(envelope, year), fresh)
    db.change(budgets, _key(envelope, year), {**values, **provenance(envelope)})


def _lines(
    db: Rows,
    envelope: Envelope[Event],
    year: int,
    lines: Iterable[BudgetLine],
    column: str,
    without: int | None,
) -> None:
    """Set one amount of each line; those of the year that are not among them have it no more."""
    db.change(budget_lines, _key(envelope, year), {column: without})
    for line in lines:
        key = {**_key(envelope, year), "budget_line": line.line}
        db.put_first(budget_lines, key, {**NOTHING, "title": line.title, **provenance(envelope)})
        db.change(budget_lines, key, {"title": line.title, column: line.amount, **provenance(envelope)})


def _key(envelope: Envelope[Event], year: int) -> dict[str, str]:
    return {"committee": envelope.committee, "budget": f"year-{year}"}


READ_MODELS = (
    ReadModel("budgets", (budgets,), funding_sheet, BudgetEvent),
    ReadModel("budget_lines", (budget_lines,), funding_lines, BudgetEvent),
    ReadModel("expenditures", (expenditures,), expenditure_register, BudgetEvent),
)
