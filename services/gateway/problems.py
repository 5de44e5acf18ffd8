"""The one table from exception to problem (RFC 9457): what went wrong, and what to do about it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import uuid4

from werkzeug.exceptions import HTTPException

from services.gateway.questions import BadDate, BadNumber, NoRecord
from services.records.printed.errors import NoPdf
from shared.bus.rpc import RemoteFailure, ServiceUnavailable
from shared.catalogue import say, say_en, word, word_en
from shared.errors import BcdError, CommandIdReused, Contended, InvalidRequest, Refused, StoreDown

log = logging.getLogger(__name__)

TYPES: Final = "urn:bcd:problem:"
"""The `type` of a problem is a stable name; there is no page behind it."""
RETRY_AFTER: Final = 10
"""Seconds after which a visitor may try again where the system did not answer."""


@dataclass(frozen=True)
class Problem:
    """A problem in both languages; `key` names it in the catalogue and in `type`."""

    status: int
    key: str
    help: str
    help_en: str

    @property
    def title(self) -> str:
        return say(f"problem.{self.key}")

    @property
    def title_en(self) -> str:
        return say_en(f"problem.{self.key}")

    def as_dict(self, instance: str) -> dict[str, Any]:
        """The members of RFC 9457, and the English text beside them."""
        return {
            "type": TYPES + self.key,
            "title": self.title,
            "status": self.status,
            "detail": self.help,
            "instance": instance,
            "title_en": self.title_en,
            "detail_en": self.help_en,
        }


def _problem(status: int, key: str, help_key: str = "", **values: object) -> Problem:
    name = f"problem.{help_key or key}_help"
    return Problem(status, key, say(name, **values), say_en(name, **values))


def _no_answer(error: Any) -> Problem:
    """What is away says so in both languages, `vi / en`; each is told in its own place."""
    what, _, what_en = str(error).partition(" / ")
    vi, en = (text.rstrip(". ") + "." for text in (what, what_en or what))
    return replace(_problem(503, "unavailable", what=vi), help_en=say_en("problem.unavailable_help", what=en))


def _no_pdf(error: Any) -> Problem:
    """Why there is none, and that the .docx can be had, each language in its own place."""
    what, _, what_en = str(error).partition(" / ")
    return Problem(501 if error.lacking else 503, "no_pdf", f"{what}.", f"{what_en}.")


def _refused(error: Any) -> Problem:
    """The provision's own sentence, and what is wrong here."""
    key = error.sentence
    vi, en = (f"{tell(key)} ({error.because})" if key else error.because for tell in (say, say_en))
    told = _problem(409, "refused", rule=error.rule, because=vi)
    return replace(told, help_en=say_en("problem.refused_help", rule=error.rule, because=en))


def _no_record(error: Any) -> Problem:
    """The register by its name, in each language."""
    told = _problem(404, "no_record", register=word("register", error.register), id=error.record)
    named = word_en("register", error.register)
    return replace(told, help_en=say_en("problem.no_record_help", register=named, id=error.record))


def _fault(error: Any) -> Problem:
    number = uuid4().hex[:8]
    log.error("fault %s: %s", number, error, exc_info=error)
    return _problem(500, "internal", number=number)


def _remote(error: Any) -> Problem:
    number = uuid4().hex[:8]
    log.error("fault %s in a service: %s", number, error)
    return _problem(502, "remote", "internal", number=number)


def _http(error: Any) -> Problem:
    match int(error.code or 500):
        case 404:
            return _problem(404, "not_found")
        case 405:
            return _problem(405, "method")
        case code if 400 <= code < 500:
            return _problem(code, "bad_request", "not_found")
        case _:
            return _fault(error)


TABLE: Final[tuple[tuple[type[Exception], Callable[[Any], Problem]], ...]] = (
    (BadDate, lambda e: _problem(400, "bad_date", value=e.value)),
    (BadNumber, lambda e: _problem(400, "bad_page", name=e.name, least=e.least, most=e.most)),
    (NoRecord, _no_record),
    (Refused, _refused),
    (InvalidRequest, lambda e: _problem(400, "invalid", where=e.where, what=e.what)),
    (CommandIdReused, lambda e: _problem(409, "conflict")),
    (Contended, lambda e: _problem(409, "conflict")),
    (NoPdf, _no_pdf),
    (ServiceUnavailable, _no_answer),
    (StoreDown, _no_answer),
    (RemoteFailure, _remote),
    (BcdError, _remote),
    (HTTPException, _http),
    (Exception, _fault),
)
"""The first line that fits counts: special errors stand before general ones."""


def problem_of(error: Exception) -> Problem:
    """The problem that an exception is told as."""
    return next(make(error) for kind, make in TABLE if isinstance(error, kind))
