"""The Flask application: pages and JSON of every register, read only."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from services.gateway.asking import REGISTERS, Records
from services.gateway.completeness_pages import completeness_pages
from services.gateway.difference_pages import difference_pages
from services.gateway.exports import exports
from services.gateway.headers import secure
from services.gateway.health import health
from services.gateway.links import address_of, source_address
from services.gateway.notary_files import notary_files
from services.gateway.pages import pages
from services.gateway.printed_pages import printed_pages
from services.gateway.problems import RETRY_AFTER, problem_of
from services.gateway.questions import wants_json
from services.gateway.regulation_pages import regulation_pages
from services.gateway.report_pages import report_pages
from shared.catalogue import say, say_en, word, word_en
from shared.catalogue.columns import columns_within, content_of, heading, heading_en
from shared.catalogue.presentation import day, ground, marks
from shared.dates import today


def create_app(records: Records, today: Callable[[], date] = today, demonstrates: bool = False) -> Flask:
    """The application over a `records` service; nothing is asked before the first visitor comes.

    A system that `demonstrates` goes by a clock of its own, and each page says so.
    """
    app = Flask("services.gateway", static_url_path="/static")
    app.config["RECORDS"], app.config["TODAY"] = records, today
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's default provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {
        "say": say,
        "say_en": say_en,
        "word": word,
        "word_en": word_en,
        "columns_within": columns_within,
        "content_of": content_of,
        "title_for": heading,
        "heading_en": heading_en,
        "day": day,
        "ground": ground,
        "pretty": pretty,
        "marks": marks,
        "address_of": address_of,
        "source_address": source_address,
        "registers": REGISTERS,
        "today": today if demonstrates else None,
    }
    app.register_blueprint(health)
    app.register_blueprint(regulation_pages)
    app.register_blueprint(completeness_pages)
    app.register_blueprint(difference_pages)
    app.register_blueprint(notary_files)
    app.register_blueprint(exports)
    app.register_blueprint(report_pages)
    app.register_blueprint(printed_pages)
    app.register_blueprint(pages)
    app.register_error_handler(Exception, _told)
    secure(app)
    return app


def _told(error: Exception) -> Response | tuple[Any, int] | HTTPException:
    """Every error as a problem: JSON for programs, a page for people."""
    if isinstance(error, HTTPException) and (error.code is None or error.code < 400):
        return error  # a redirect is no error
    problem = problem_of(error)
    if wants_json(request):
        answer = jsonify(problem.as_dict(request.path))
        answer.mimetype = "application/problem+json"
    else:
        answer = Response(
            render_template("problem.html", problem=problem, path=request.path), mimetype="text/html"
        )
    answer.status_code = problem.status
    if problem.status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    if problem.status == 405:
        answer.headers["Allow"] = "GET, HEAD, OPTIONS"
    return answer


def pretty(data: Any) -> str:
    """The data of an event, for reading."""
    return json.dumps(data, ensure_ascii=False, indent=2)
