"""In which order each register is read: what a clerk looks for first stands first, the same every time.

Days are as exact as they are known: `2023` or `2023-06` stands after every day that it can mean, so it
comes first where the newest comes first. After the order told here, the primary key decides.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, case, func
from sqlalchemy.sql.base import ReadOnlyColumnCollection

Columns = ReadOnlyColumnCollection[str, Any]
Order = tuple[ColumnElement[Any], ...]

DONE: Final = ("completed", "cancelled", "ended")
"""The states of a task with which nobody has anything to do any more."""


def order_of(table: Table) -> Order:
    """The order of the register of this table; empty where the primary key is order enough."""
    order = ORDERS.get(table.name)
    return order(table.c) if order else ()


def last_day(moment: ColumnElement[str]) -> ColumnElement[str]:
    """A text that sorts as the last day that a partly known day can mean, in every collation."""
    return func.substr(moment.concat("-99-99"), 1, 10)


def newest(moment: ColumnElement[str]) -> ColumnElement[Any]:
    """The newest first, what has no day last."""
    return last_day(moment).desc().nulls_last()


def first_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Rows of this kind before all others."""
    return case((condition, 0), else_=1)


ORDERS: Final[Mapping[str, Callable[[Columns], Order]]] = {
    # The list in force, then former holders by the list to which they belonged; each by rank and place.
    "seats": lambda c: (first_where(c.until.is_(None)), newest(c.since), c.rank, c.place),
    "agencies": lambda c: (first_where(c.until.is_(None)), c.name),
    "committee_names": lambda c: (newest(c.since),),
    "delegations": lambda c: (newest(c.since),),
    "working_groups": lambda c: (newest(c.since), c.position.desc()),
    # By member, since that is how the sheet is read; the nearest deadline, then those without one.
    "commitments": lambda c: (c.seat, c.deadline_latest.asc().nulls_last(), c.position),
    "budgets": lambda c: (c.year.desc(),),
    "budget_lines": lambda c: (c.budget.desc(), c.budget_line),
    "expenditures": lambda c: (newest(c.spent_on), c.position.desc()),
    "erasures": lambda c: (first_where(c.state.in_(("requested", "ordered"))), newest(c.state_since)),
    "commendations": lambda c: (newest(c.state_since), c.position.desc()),
    "regulations": lambda c: (newest(c.since), c.position.desc()),
    "child_committees": lambda c: (c.name,),
    # Who serves now, first of all; the newest first.
    "support_staff": lambda c: (first_where(c.until.is_(None)), newest(c.effective), c.position),
    "head_counts": lambda c: (newest(c.effective), c.position, c.kind),
    "responsibilities": lambda c: (newest(c.effective), c.position),
    "meetings": lambda c: (newest(c.held), c.held.desc()),
    "agenda": lambda c: (c.meeting, c.position),
    "conclusions": lambda c: (newest(c.effective), c.position),
    "meeting_papers": lambda c: (newest(c.effective), c.position.desc()),
    "follow_ups": lambda c: (newest(c.effective), c.position.desc()),
    "directives": lambda c: (newest(c.effective), c.position.desc()),
    "acknowledgements": lambda c: (newest(c.effective), c.directive, c.position),
    "proposals": lambda c: (newest(c.state_since), c.position.desc()),
    "quarters": lambda c: (c.first.desc(),),
    "periodic_meetings": lambda c: (newest(c.held), c.held.desc()),
    "opinion_rounds": lambda c: (newest(c.effective), c.position.desc()),
    "opinions": lambda c: (newest(c.effective), c.round, c.position),
    "programmes": lambda c: (newest(c.effective), c.position.desc()),
    "progress": lambda c: (newest(c.as_of), c.position),
    # Open ones first; the nearest deadline, then those without one; the one that waits longest.
    "tasks": lambda c: (
        first_where(c.state.not_in(DONE)),
        c.deadline_latest.asc().nulls_last(),
        last_day(c.effective),
        c.position,
    ),
    "target_sets": lambda c: (c.period.desc(), c.position),
    "targets": lambda c: (c.set, first_where(c.state == "in_force"), c.place),
    "target_assessments": lambda c: (newest(c.as_of), c.position.desc()),
    "inspections": lambda c: (newest(c.effective), c.position.desc()),
    # What is not settled first, the nearest deadline before all.
    "findings": lambda c: (
        first_where(c.state != "confirmed"),
        c.deadline_latest.asc().nulls_last(),
        c.position,
    ),
    "reminders": lambda c: (c.issued.desc(), c.position.desc()),
    "feedback": lambda c: (newest(c.effective), c.position.desc()),
    "initiatives": lambda c: (newest(c.effective), c.position.desc()),
    # What is open first; the newest of it.
    "obstacles": lambda c: (first_where(c.state != "resolved"), newest(c.effective), c.position),
    # What is not answered first, the nearest deadline before all.
    "correspondence": lambda c: (
        first_where(c.state == "asked"),
        c.due_latest.asc().nulls_last(),
        c.position,
    ),
    "report_requests": lambda c: (first_where(c.state == "open"), newest(c.effective), c.position.desc()),
    # By deadline, the latest first; of one request first those who are silent or late.
    "reports": lambda c: (newest(c.due_latest), c.request, c.submitted.is_not(None), c.days_late.desc()),
    "report_templates": lambda c: (c.template, c.version.desc()),
    "report_regimes": lambda c: (first_where(c.state == "in_force"), newest(c.since)),
    "activity_reports": lambda c: (newest(c.effective), c.position.desc()),
    "activity_figures": lambda c: (c.activity_report, c.place),
    "child_reports": lambda c: (newest(c.effective), c.child),
    "documents": lambda c: (newest(c.date), c.number),
    # As a clerk reads them: the last number of the newest year first.
    "outgoing": lambda c: (c.year.desc(), c.series, c.ordinal.desc()),
    "incoming": lambda c: (c.year.desc(), c.arrival_number.desc()),
    # What is not closed first, then by year and number; the contents in their order.
    "case_files": lambda c: (first_where(c.state != "closed"), c.year.desc(), c.ordinal.asc().nulls_last()),
    "case_documents": lambda c: (c.case_file, c.ordinal),
    "case_papers": lambda c: (first_where(c.state == "lacking"), c.case_file, c.position),
    "file_plan": lambda c: (
        c.year.desc(),
        first_where(c.state != "dropped"),
        c.ordinal.nulls_last(),
        c.plan_line,
    ),
    "figures": lambda c: (c.figure, last_day(c.as_of), c.position),
    "context": lambda c: (newest(c.effective), c.position.desc()),
    # What one source leaves open about one entry touches many events: those stand together.
    "doubts": lambda c: (newest(c.effective), c.source, c.kind, c.text, c.position),
}
