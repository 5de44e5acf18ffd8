"""The notary's log as static files (C2SP tlog-tiles), for whoever verifies it; nothing else of its folder."""

import re
from pathlib import Path
from typing import Final
from uuid import UUID

from flask import Blueprint, Response, current_app, send_file
from werkzeug.exceptions import NotFound

notary_files = Blueprint("notary_files", __name__)

_TEXTS: Final = re.compile(r"checkpoint|keys|adoptions|checkpoints/[0-9]{1,19}")
_TILES: Final = re.compile(
    r"tile/(?:entries|[0-9]|[1-5][0-9]|6[0-3])/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[1-9][0-9]{0,2})?"
)
YEAR: Final = 365 * 24 * 3600


@notary_files.get("/notary/current")
def current() -> Response:
    """The epoch of the store whose log is the newest."""
    return _text("current")


@notary_files.get("/notary/<uuid:epoch>/<path:name>")
def file(epoch: UUID, name: str) -> Response:
    """One file of a log: what has another name than the specification gives is not there."""
    if _TILES.fullmatch(name):
        answer = _sent(f"{epoch}/{name}", "application/octet-stream")
        answer.cache_control.public = answer.cache_control.immutable = True
        answer.cache_control.max_age = YEAR
        return answer
    if _TEXTS.fullmatch(name):
        return _text(f"{epoch}/{name}")
    raise NotFound


def _text(name: str) -> Response:
    """A file that may be replaced by a newer one."""
    answer = _sent(name, "text/plain")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _sent(name: str, kind: str) -> Response:
    folder: Path | None = current_app.config.get("NOTARY")
    if folder is None or not (path := folder / name).is_file():
        raise NotFound
    answer = send_file(path.resolve(), mimetype=kind, conditional=False, etag=True)
    answer.headers.pop("Cache-Control", None)
    return answer
