"""The pages of the regulation: how each clause is kept (D12.1), and one clause with its proof."""

from typing import Final

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request

from services.gateway.asking import MORE, REGISTERS, Records
from services.gateway.questions import day_asked, wants_json
from services.regulation.clauses import clauses
from shared.catalogue.presentation import Names, cell

regulation_pages = Blueprint("regulation_pages", __name__)
SUFFIX: Final = ".json"


def _records() -> Records:
    records: Records = current_app.config["RECORDS"]
    return records


@regulation_pages.get("/compliance")
@regulation_pages.get("/compliance.json")
def compliance() -> str | Response:
    as_of = day_asked(request.args)
    answer = _records().compliance(as_of)
    if wants_json(request):
        return jsonify(answer)
    return render_template("compliance.html", answer=answer, as_of=as_of, cell=cell)


@regulation_pages.get("/compliance/<clause>")
def clause_page(clause: str) -> str | Response:
    clause, as_of = clause.removesuffix(SUFFIX), day_asked(request.args)
    if clause not in {leaf.id for leaf in clauses().leaves}:
        abort(404)
    answer = _records().compliance(as_of, clause)
    if wants_json(request):
        return jsonify(answer)
    names = _records().names(("asked",), answer["as_of"])
    return render_template(
        "clause.html",
        answer=answer,
        detail=answer["detail"],
        as_of=as_of,
        cell=cell,
        linked=(*REGISTERS, *MORE),
        called=lambda whose: _called(whose, names),
    )


def _called(whose: str, names: Names) -> str:
    """The agencies or the seat whose duty it is, by their names."""
    return ", ".join(names.get(one) or names.get(f"seat:{one}") or one for one in whose.split(", "))
