"""The page of what should be kept of a year against what is (D7.8)."""

from typing import Final

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from services.gateway.asking import MORE, REGISTERS, Records
from services.gateway.questions import BadNumber, wants_json

completeness_pages = Blueprint("completeness_pages", __name__)
YEARS: Final = (1945, 2999)
COLOURS: Final = {
    "kept": "kept",
    "waived": "no_occasion",
    "cited": "at_risk",
    "no_content": "at_risk",
    "source_only": "no_evidence",
    "missing": "breached",
}
"""By state, the standing of the regulation that looks the same."""


@completeness_pages.get("/completeness")
@completeness_pages.get("/completeness.json")
def completeness() -> str | Response:
    records: Records = current_app.config["RECORDS"]
    answer = records.completeness(_year(request.args.get("year", "").strip()))
    if wants_json(request):
        return jsonify(answer)
    return render_template(
        "completeness.html", answer=answer, colours=COLOURS, linked=(*REGISTERS, *MORE), years=YEARS
    )


def _year(value: str) -> int | None:
    """Raises BadNumber for anything that is no year."""
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and YEARS[0] <= int(value[:9]) <= YEARS[1]):
        raise BadNumber("year", *YEARS)
    return int(value)
