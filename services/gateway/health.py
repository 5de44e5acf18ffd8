"""Health for machines: alive (this process answers) and ready (so do the broker and `records`)."""

import logging
from typing import Any

from flask import Blueprint, Response, current_app, jsonify

from services.gateway.asking import Records
from shared.bus.rpc import ServiceUnavailable
from shared.errors import BcdError

log = logging.getLogger(__name__)

health = Blueprint("health", __name__)


@health.get("/health/live")
def live() -> Response:
    return jsonify({"live": True})


@health.get("/health")
@health.get("/health/ready")
def ready() -> tuple[Response, int]:
    """503 until both answer; nothing secret is shown."""
    records: Records = current_app.config["RECORDS"]
    found: dict[str, Any] = {"live": True, "ready": False, "broker": False, "records": False}
    try:
        records.status()
        found |= {"broker": True, "records": True, "ready": True}
    except ServiceUnavailable as error:
        found |= {"broker": records.services.running("records") > 0, "why": str(error)}
    except BcdError as error:
        log.warning("records answers with an error: %s", error)
        found |= {"broker": True, "why": type(error).__name__}
    return jsonify(found), 200 if found["ready"] else 503
