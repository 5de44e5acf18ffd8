"""The page of two moments: a slider over the days of the past, and what differs between the two chosen."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request

from services.gateway.asking import MORE, REGISTERS, Records
from services.gateway.headers import HEADERS
from services.gateway.questions import wants_json
from services.records.timetravel.moments import moment_written
from shared.catalogue import say
from shared.catalogue.columns import heading
from shared.catalogue.presentation import cell, day

difference_pages = Blueprint("difference_pages", __name__)
SHOWN: Final = 100
"""Records on the page; the command line and JSON give all."""
NOW: Final = "now"
SCRIPTED: Final = HEADERS["Content-Security-Policy"].replace("script-src 'none'", "script-src 'self'")
"""This one page has a script, its own, which names the day while the slider moves; all works without it."""


@difference_pages.get("/difference")
@difference_pages.get("/difference.json", endpoint="as_json")
def difference() -> Response:
    records: Records = current_app.config["RECORDS"]
    days = [one["day"] for one in records.days()["days"]]
    before, after = _asked("from", days), _asked("to", days)
    register = request.args.get("register", "")
    chosen = (register,) if register in (*REGISTERS, *MORE) else ()
    before = before or (days[-1] if days else NOW)
    after = after or NOW
    answer = records.difference(before, after, chosen, SHOWN)
    if wants_json(request):
        return jsonify(answer)
    columns = {name for one in answer["differences"] for name in (*one["key"], *one["columns"])}
    names = records.names(columns)
    page = render_template(
        "difference.html",
        answer=answer,
        days=days,
        before=before,
        after=after,
        register=register,
        linked=(*REGISTERS, *MORE),
        groups=_groups(answer["differences"]),
        shown=lambda column, value: cell(column, value, names),
        title_of=heading,
        told=_told,
        place=lambda moment: days.index(moment) if moment in days else len(days) - 1,
        shown_at_most=SHOWN,
    )
    made = make_response(page)
    made.headers["Content-Security-Policy"] = SCRIPTED
    return made


def _asked(name: str, days: Sequence[str]) -> str | None:
    """A moment as it was written, or else the place of the slider. Raises InvalidRequest."""
    if written := request.args.get(name, "").strip():
        moment_written(name, written)
        return written
    step = request.args.get(f"{name}_step", "")
    if step.isascii() and step.isdecimal() and int(step[:6]) < len(days):
        return days[int(step[:6])]
    return None


def _groups(found: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for one in found:
        groups.setdefault(one["register"], []).append(one)
    return groups


def _told(moment: str) -> str:
    """A moment as the page calls it: a day in words, anything else as it was written."""
    if moment == NOW:
        return say("difference.now")
    return day(moment) if len(moment) == len("2022-09-28") else moment
