"""The pages of the activity report (D7.7): the figures of a period, and the events behind one of them."""

from datetime import date
from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request

from services.feedback.report.events import Rhythm
from services.feedback.report.periods import Period
from services.gateway.exports import made_file, on, records
from services.gateway.questions import wants_json
from services.records.printed import activity_report
from services.records.printed.pdf import as_pdf
from shared.catalogue.presentation import number

report_pages = Blueprint("report_pages", __name__)

SUFFIX: Final = ".json"


@report_pages.get("/report")
@report_pages.get("/report.json", endpoint="as_json")
def report() -> str | Response:
    answer = _answer()
    if wants_json(request):
        return jsonify(answer)
    return render_template(
        "report.html",
        answer=answer,
        basis=activity_report.basis(answer),
        by_key={one["key"]: one for one in answer["figures"]},
        number=number,
        asked=_address(answer),
        difference=activity_report.difference,
    )


@report_pages.get("/report.<any(docx, pdf):form>")
def document(form: str) -> Response:
    answer = _answer()
    made = activity_report.printed(answer)
    if form == "pdf":
        made = as_pdf(made, current_app.config.get("SOFFICE"))
    return made_file(f"report-{answer['period']}", form, lambda target: target.write_bytes(made))


@report_pages.get("/report/<key>")
def figure(key: str) -> str | Response:
    key, answer = key.removesuffix(SUFFIX), _answer()
    found = next((one for one in answer["figures"] if one["key"] == key), None)
    if found is None:
        abort(404)
    events = [{"reference": one, **answer["events"][one]} for one in found["evidence"]]
    if wants_json(request):
        return jsonify({**found, "events": events})
    return render_template(
        "report_events.html",
        answer=answer,
        figure=found,
        events=events,
        number=number,
        asked=_address(answer),
    )


def _answer() -> dict[str, Any]:
    """The draft for the period asked for; without one for the last quarter that has ended."""
    period = request.args.get("period", "").strip() or _last_quarter(on(None))
    return dict(records().activity(period, window=request.args.get("window") == "1" or None))


def _last_quarter(day: date) -> str:
    first = Period.containing(Rhythm.QUARTERLY, day).first
    return Period.containing(Rhythm.QUARTERLY, date.fromordinal(first.toordinal() - 1)).label


def _address(answer: dict[str, Any]) -> dict[str, Any]:
    """The parts of an address that ask the same question again."""
    return {"period": answer["period"], "window": 1 if answer["window"] else None}
