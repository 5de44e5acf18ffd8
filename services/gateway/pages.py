"""The pages: overview, registers, single records; each also as JSON."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request

from services.gateway.asking import GROUPS, MORE, REGISTERS, Records
from services.gateway.looking import day_columns, looking
from services.gateway.questions import day_asked, page_asked, wants_json
from shared.catalogue.columns import BEHIND, chosen, identity, title_of
from shared.catalogue.presentation import SEATS, Mark, cell, marks
from shared.catalogue.seen import gathered, seen, shared_doubts
from shared.dates import Moment

pages = Blueprint("pages", __name__)

SUFFIX: Final = ".json"
HIDDEN: Final = BEHIND | {"effective"}
"""What the sheet of a record leaves to its part on where it comes from."""
BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "opinions": ("opinion_rounds", "opinions"),
    "opinion_rounds": ("opinion_rounds", "opinions"),
    "members": ("members", "head_counts"),
}
"""Registers that are read together: the tables of their page, one after the other."""
COUNTED: Final = "opinion_rounds"
"""Counted on the overview beside the registers of the menu."""

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Listed:
    """A table of a page: the register, its columns, each row with the id of its own page."""

    name: str
    columns: list[str]
    rows: list[tuple[str, Mapping[str, Any]]]
    total: int
    common: list[Mark] = field(default_factory=list)
    doubtful: bool = True
    linked: bool = True


def _records() -> Records:
    records: Records = current_app.config["RECORDS"]
    return records


@pages.get("/")
@pages.get("/index.json")
def overview() -> str | Response:
    as_of, records = day_asked(request.args), _records()
    names = (*REGISTERS, COUNTED)
    counts = {name: int(records.register(name, as_of, limit=1)["total"]) for name in names}
    if wants_json(request):
        return jsonify({"as_of": as_of, "registers": counts})
    return render_template(
        "overview.html",
        cell=_cells(()),
        sheets=records.register("committees", as_of)["rows"],
        former=records.register("committee_names", as_of)["rows"],
        counts=counts,
        groups=GROUPS,
        as_of=as_of,
    )


@pages.get("/<name>")
def register(name: str) -> str | Response:
    name = _known(name)
    asked, page = looking(request.args), page_asked(request.args)
    answer = _records().register(name, asked.as_of, page.offset, **asked.question)
    if wants_json(request):
        return jsonify(answer)
    beside = (name,) if asked.chooses else BESIDE.get(name, (name,))
    others = {one: _records().register(one, **asked.moment) for one in beside if one != name}
    tables = [_listed(one, others.get(one, answer), asked.as_of) for one in beside]
    shown = next(table.columns for table in tables if table.name == name)
    return render_template(
        "register.html",
        name=name,
        cell=_cells({column for table in tables for column in table.columns}, asked.as_of),
        position=answer["position"],
        as_of=asked.as_of,
        looking=asked,
        day_columns=day_columns(answer["columns"], shown),
        sortable=_sortable(answer),
        page=page,
        tables=tables,
        total=int(answer["total"]),
        json_address=f"/{name}{SUFFIX}?{request.query_string.decode('ascii', 'replace')}",
    )


@pages.get("/<name>/<path:record>")
def show(name: str, record: str) -> str | Response:
    name, asked = _known(name), looking(request.args)
    as_of = asked.as_of
    answer = _records().show(name, record.removesuffix(SUFFIX), **asked.moment)
    if wants_json(request):
        return jsonify(answer)
    rows, related = answer["rows"], answer["related"]
    owner = identity(answer["columns"])
    tables = [_listed(other, {"rows": found}, as_of, owner) for other, found in related.items()]
    columns = {*answer["columns"], *(column for table in tables for column in table.columns), "person"}
    if name in ("members", "seats"):
        columns.discard(owner)  # the seat itself, which the sheet calls by its post
    return render_template(
        "record.html",
        name=name,
        cell=_cells(columns, as_of or (_day_of(rows[0]) if columns & set(SEATS) else None)),
        record=record,
        as_of=as_of,
        looking=asked,
        title=title_of(rows[0], record),
        rows=seen(name, rows, _on(as_of)),
        tables=tables,
        roster=[dict(row) for row in answer.get("roster") or ()],
        roster_as_of=answer.get("roster_as_of"),
        committee_name=answer.get("committee_name"),
        events=answer["events"],
        hidden=HIDDEN | {owner},
    )


def _listed(name: str, answer: Mapping[str, Any], as_of: str | None, owner: str | None = None) -> Listed:
    """A register as a table; without the column that names the owner of all its rows."""
    rows = seen(name, answer["rows"], _on(as_of))
    names: Sequence[str] = answer.get("columns") or list(rows[0])
    if name == "doubts":
        rows = gathered(rows)
    common, rows = shared_doubts(rows)
    columns = [column for column in chosen(name, [*names, "times"], rows) if column != owner]
    key = identity(names)
    return Listed(
        name,
        columns,
        [(str(row[key]), row) for row in rows],
        int(answer.get("total", len(rows))),
        marks(common),
        any(row.get("doubts") for row in rows),
        name in (*REGISTERS, *MORE),
    )


def _sortable(answer: Mapping[str, Any]) -> set[str]:
    """The columns of a table by which it may be sorted: those that hold one value in each row."""
    lists = {name for row in answer["rows"] for name, value in row.items() if isinstance(value, list | dict)}
    return {*answer["columns"]} - lists - {"listed", "differs"}


def _on(as_of: str | None) -> date:
    """The day of a page: the one asked for, or the day of the system's clock."""
    if as_of:
        return date.fromisoformat(as_of)
    now: date = current_app.config["TODAY"]()
    return now


def _day_of(row: Mapping[str, Any]) -> str | None:
    """The day on which the seats that a record names bore the posts by which they are called."""
    moment = row.get("effective")
    return Moment(str(moment)).latest.isoformat() if moment else None


def _cells(columns: Iterable[str], on: str | None = None) -> Callable[[str, Any], str]:
    """`cell` for the templates, with ids called by their names."""
    return partial(cell, names=_records().names(columns, on))


def _known(name: str) -> str:
    name = name.removesuffix(SUFFIX)
    if name not in (*REGISTERS, *MORE):
        abort(404)
    return name
