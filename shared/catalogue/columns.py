"""Which columns of a register a table shows to people; programs get all of them.

To change what a table shows: its line in `CHOSEN`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.catalogue import catalogue, word, word_en
from shared.catalogue.presentation import cell

CHOSEN: Final[Mapping[str, tuple[str, ...]]] = {
    "members": ("post", "role", "agency", "acting", "since", "moved", "until", "document"),
    "seats": ("post", "role", "agency", "acting", "since", "moved", "until", "ended_because"),
    "support_team": ("post", "role", "agency", "acting", "since", "document"),
    "agencies": ("name", "collective", "count", "since", "until", "successors"),
    "meetings": ("title", "held", "kind", "state", "quarter", "presiding_post", "conclusions"),
    "agenda": ("title", "meeting", "state", "missing", "report"),
    "attendance": ("participant", "post", "meeting", "point", "outcome", "count", "substitute"),
    "conclusions": ("text", "meeting", "effective", "duties", "notice", "late", "state"),
    "meeting_papers": ("documents", "meeting", "effective", "sent_to", "late"),
    "meeting_points": ("name", "meeting", "presiding_post", "invited", "present", "excused", "unexcused"),
    "follow_ups": ("findings", "meeting", "conclusion", "state", "effective"),
    "directives": ("text", "effective", "by", "addressees", "acknowledged", "due_latest", "state"),
    "acknowledgements": ("agency", "directive", "state", "acknowledged_on", "late", "due_latest", "measures"),
    "proposals": ("title", "kind", "drafted_by", "state", "submitted", "state_since", "decision_document"),
    "quarters": ("quarter", "state", "covering", "held_in", "convened", "last"),
    "periodic_meetings": ("meeting", "held", "quarter", "took_place", "cancelled"),
    "opinion_rounds": ("subject", "state", "asked", "answered", "form", "due", "effective"),
    "opinions": ("round", "seat", "answer", "comments", "late", "version", "effective"),
    "opinion_discipline": (
        *("whose", "times_asked", "on_time", "late_count", "silent_count", "waiting_count", "on_time_rate"),
        "asked_seats",
    ),
    "programmes": ("title", "effective", "kind", "number", "issuer", "year", "state"),
    "tasks": ("title", "lead", "deadline_wording", "state", "effective", "origin"),
    "overdue_tasks": ("whose", "title", "deadline_wording", "days_late", "noticed", "task"),
    "target_sets": ("title", "period", "achieved_of_all", "achieved_of_assessed", "estimates"),
    "targets": ("name", "set", "value", "unit", "lead", "outcome", "reached", "as_of", "estimated", "state"),
    "target_assessments": ("name", "set", "outcome", "reached", "as_of", "estimated", "source_wording"),
    "inspections": ("subject", "agencies", "planned", "conducted", "state", "findings", "findings_open"),
    "findings": ("text", "inspection", "agencies", "deadline_wording", "state", "late"),
    "reminders": ("title", "kind", "agencies", "reminded_seats", "due", "days", "issued"),
    "feedback": ("subject", "number", "sender_wording", "effective", "lies_with", "state", "answer_by"),
    "initiatives": ("title", "seat", "agency", "effective", "state", "reason", "result"),
    "obstacles": ("title", "field", "agencies", "effective", "state", "proposal", "how"),
    "correspondence": ("title", "agency", "effective", "due_wording", "state", "late", "content"),
    "documents": ("number", "date", "issuer"),
    "outgoing": (
        "number",
        "date",
        "kind",
        "subject",
        "signatory_post",
        "seal",
        "recipients",
        "archived_by",
        "copies",
        "sent_on",
        "receipts",
        "state",
        "state_because",
    ),
    "incoming": (
        "received_on",
        "arrival_number",
        "issuer",
        "number",
        "date",
        "kind",
        "subject",
        "forwarded_to",
        "forwarded_on",
        "receipt",
        "instruction",
        "duplicates",
    ),
    "case_files": (
        "symbol",
        "title",
        "kind",
        "state",
        "expected",
        "lacking",
        "filed",
        "retention_years",
        "submit_by",
        "keep_until",
    ),
    "case_documents": (
        "ordinal",
        "case_file",
        "number",
        "date",
        "subject",
        "state",
        "kind",
        "issuer",
        "pages",
        "digest",
    ),
    "case_papers": ("paper_kind", "case_file", "number", "title", "state", "state_because", "documents"),
    "file_plan": ("symbol", "title", "retention_class", "keeper", "note", "case_file", "state", "year"),
    "journal": ("type", "person", "capacity", "effective", "document", "stream", "recorded"),
    "citations": ("type", "role", "effective"),
    "figures": ("figure", "value", "as_of", "kind", "estimated", "origin"),
    "progress": ("summary", "programme", "as_of", "estimated"),
    "context": ("title", "effective", "kind", "because"),
    "doubts": ("text", "kind", "effective", "type", "times", "source"),
    "head_counts": ("kind", "count", "listed", "differs", "effective", "document", "source"),
    "responsibilities": ("seat", "field", "clause", "documents", "coordinate_with", "moved", "until"),
    "delegations": ("kind", "delegate_seat", "scope", "matters", "since", "until", "ended", "expired"),
    "regulations": ("title", "kind", "regulation", "amendment", "since", "until"),
    "child_committees": ("name", "child", "since"),
    "support_staff": ("post", "agency", "role", "state", "nominated", "assigned", "until"),
    "committee_names": ("name", "since", "document"),
    "working_groups": ("subject", "since", "until", "state", "team_seats", "invited_experts", "products"),
    "commitments": ("text", "seat", "put_into", "deadline_wording", "state", "late"),
    "budgets": (
        "year",
        "amount_estimated",
        "amount_allocated",
        "amount_spent",
        "amount_left",
        "allocated_by",
    ),
    "budget_lines": ("title", "budget_line", "amount_estimated", "amount_allocated", "amount_spent"),
    "expenditures": ("purpose", "title", "amount_paid", "spent_on", "voucher", "first_amount"),
    "erasures": ("subject_key", "state", "state_since", "decide_by", "legal_basis", "order_document"),
    "commendations": (
        "title",
        "commended_seats",
        "commended_agencies",
        "state",
        "state_since",
        "recipient",
        "cited_tasks",
        "award_document",
    ),
    "report_templates": ("title", "version", "fields", "effective"),
    "report_requests": ("title", "reporters", "due", "state", "on_time", "late_count", "silent_count"),
    "reports": ("title", "agency", "due", "submitted", "days_late", "state", "missing", "reasons"),
    "reporting_discipline": (
        *("whose", "times_asked", "on_time", "late_count", "silent_count", "waiting_count", "on_time_rate"),
        *("returned_count", "days_late"),
    ),
    "report_regimes": ("title", "rhythm", "reporters", "due_days", "since", "state"),
    "activity_reports": ("title", "period", "effective", "figure_count", "corrected"),
    "activity_figures": ("label", "value", "unit", "kind", "remark"),
    "child_reports": ("title", "child", "period", "version", "effective"),
}
"""By register, the columns in the order of the table; the first names the record."""

BEHIND: Final = frozenset(
    {"committee", "event", "event_id", "recorded", "position", "source", "stated", "doubts", "rank", "place"}
)
"""Columns of a register not named above that only the page of the single record shows."""

INSTEAD: Final[Mapping[str, str]] = {
    "lead": "lead_wording",
    "sender_wording": "sender",
    "date": "date_wording",
    "coordinate_with": "coordinate_wording",
}
"""Where a column is empty, the one whose value a table shows in its place."""

COUNTED: Final = ("asked", "duties", "reporters")
"""Lists of which a table shows the length; the page of the single record shows them in full."""

NAMING: Final = ("title", "post", "name", "subject", "number", "text", "figure", "field", "summary")
"""The columns by which a record is called, the first that it has."""


def chosen(name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns worth their width: none that is empty in all of these rows."""
    wanted = CHOSEN.get(name) or tuple(column for column in columns if column not in BEHIND)
    there = [column for column in wanted if column in columns]
    return [
        column for column in there if not rows or any(cell(column, content_of(column, row)) for row in rows)
    ]


def identity(columns: Sequence[str]) -> str:
    """The column by which a record is asked for: the first after the committee."""
    return next((column for column in columns if column != "committee"), "committee")


def content_of(column: str, row: Mapping[str, Any]) -> Any:
    """The value for a column of a table, or what stands in for it where there is none."""
    content = row.get(column) or row.get(INSTEAD.get(column, column))
    return len(content) if column in COUNTED and isinstance(content, list | tuple) else content


def columns_within(items: Sequence[Any]) -> list[str]:
    """The columns of a list of objects in one cell of a record, the event last; none for any other list."""
    if not items or not all(isinstance(item, Mapping) for item in items):
        return []
    told = dict.fromkeys(name for item in items for name in item if cell(name, item[name]))
    return sorted(told, key=lambda name: name == "event")


def heading(name: str, column: str) -> str:
    """What a column is called in Vietnamese; a register may have a better word than the general one."""
    own = catalogue().get(f"heading.{name}.{column}")
    return own.vi if own else word("column", column)


def heading_en(name: str, column: str) -> str:
    """As `heading`, in English."""
    own = catalogue().get(f"heading.{name}.{column}")
    return own.en if own else word_en("column", column)


def title_of(row: Mapping[str, Any], otherwise: str) -> str:
    """What a record is called."""
    return next((cell(name, row[name]) for name in NAMING if row.get(name)), otherwise)
