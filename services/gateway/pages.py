"""The pages: overview, registers, single records; each also as JSON."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request

from services.gateway.asking import REGISTERS, Records
from services.gateway.questions import day_asked, page_asked, wants_json
from shared.catalogue.columns import BEHIND, chosen, identity, title_of
from shared.catalogue.presentation import cell

pages = Blueprint("pages", __name__)

SUFFIX: Final = ".json"
HIDDEN: Final = BEHIND | {"effective"}
"""What the sheet of a record leaves to its part on where it comes from."""

Linked = list[tuple[str, Mapping[str, Any]]]


def _records() -> Records:
    records: Records = current_app.config["RECORDS"]
    return records


@pages.get("/")
@pages.get("/index.json")
def overview() -> str | Response:
    as_of = day_asked(request.args)
    counts = {name: int(_records().register(name, as_of, limit=1)["total"]) for name in REGISTERS}
    if wants_json(request):
        return jsonify({"as_of": as_of, "registers": counts})
    return render_template("overview.html", counts=counts, as_of=as_of)


@pages.get("/<name>")
def register(name: str) -> str | Response:
    name = _known(name)
    as_of, page = day_asked(request.args), page_asked(request.args)
    answer = _records().register(name, as_of, page.offset)
    if wants_json(request):
        return jsonify(answer)
    rows = [dict(row) for row in answer["rows"]]
    return render_template(
        "register.html",
        name=name,
        cell=_cells(),
        answer=answer,
        as_of=as_of,
        page=page,
        columns=chosen(name, answer["columns"], rows),
        rows=_linked(answer["columns"], rows),
        total=int(answer["total"]),
        json_address=f"/{name}{SUFFIX}?{request.query_string.decode('ascii', 'replace')}",
    )


@pages.get("/<name>/<path:record>")
def show(name: str, record: str) -> str | Response:
    name, as_of = _known(name), day_asked(request.args)
    answer = _records().show(name, record.removesuffix(SUFFIX), as_of)
    if wants_json(request):
        return jsonify(answer)
    return render_template(
        "record.html",
        name=name,
        cell=_cells(),
        record=record,
        as_of=as_of,
        title=title_of(answer["rows"][0], record),
        rows=answer["rows"],
        related=_tables(answer["related"], identity(answer["columns"])),
        roster=[dict(row) for row in answer.get("roster") or ()],
        roster_as_of=answer.get("roster_as_of"),
        committee_name=answer.get("committee_name"),
        events=answer["events"],
        hidden=HIDDEN,
    )


def _cells() -> Callable[[str, Any], str]:
    """`cell` for the templates, with agencies called by their names."""
    return partial(cell, names=_records().names())


def _known(name: str) -> str:
    name = name.removesuffix(SUFFIX)
    if name not in REGISTERS:
        abort(404)
    return name


def _tables(related: Mapping[str, Any], owner: str) -> list[tuple[str, list[str], Linked]]:
    """Related rows by register, with the columns to show; not the one that names their common owner."""
    found = []
    for name, rows in related.items():
        columns = list(rows[0])
        shown = [column for column in chosen(name, columns, rows) if column != owner]
        found.append((name, shown, _linked(columns, rows)))
    return found


def _linked(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Linked:
    """Each row with the id by which its own page is asked for."""
    name = identity(columns)
    return [(str(row[name]), row) for row in rows]
