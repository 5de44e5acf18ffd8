"""How every expected error is told to a person at the terminal: one sentence, and one exit status."""

import sqlite3
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from shared.bus.broker import BrokerError
from shared.bus.rpc import RemoteFailure, ServiceUnavailable
from shared.catalogue import both
from shared.contents.port import ContentsDown, ContentsError, NoSuchContent
from shared.errors import BcdError, Contended, InvalidRequest, Refused, StoreDown, UnknownEvent
from shared.eventstore.port import StoreError
from shared.runtime.supervisor import SupervisorError
from shared.settings import CONFIGURATION_ERROR, SettingsError

OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2
REFUSED: Final = 3
BROKEN_OFF: Final = 4
"""What `services.cli.importer` answers where a service stayed away."""
NOT_RUNNING: Final = 5
NOT_FOUND: Final = 6
UNAVAILABLE: Final = 69
INTERRUPTED: Final = 130


class CliError(Exception):
    """An error that this command line itself finds; the text is the sentence to show."""

    def __init__(self, sentence: str, status: int = FAILED) -> None:
        super().__init__(sentence)
        self.status = status


def cli_error(key: str, status: int = FAILED, **values: object) -> CliError:
    """The error with a text of the catalogue."""
    return CliError(both(f"error.{key}", **values), status)


EXPECTED: Final = (
    *(CliError, SettingsError, BcdError, ContentsError, StoreError, SQLAlchemyError, sqlite3.Error),
)
"""What a command may raise and a person may cause or meet; anything else is a fault with a traceback."""


def explained(error: BaseException) -> tuple[str, int]:
    """The sentence and the exit status of an expected error."""
    what = _one_line(error)
    match error:
        case CliError():
            return str(error), error.status
        case SettingsError():
            return what, CONFIGURATION_ERROR
        case Refused():
            return _told("refused", what), REFUSED
        case InvalidRequest():
            return _told("invalid", what), USAGE
        case Contended():
            return _told("contended", what), UNAVAILABLE
        case UnknownEvent():
            return _told("unknown_event", what), FAILED
        case ServiceUnavailable():
            return what, UNAVAILABLE
        case NoSuchContent():
            return what, NOT_FOUND
        case ContentsDown():
            return what, UNAVAILABLE
        case ContentsError():
            return what, FAILED
        case BrokerError():
            return str(error), UNAVAILABLE
        case SupervisorError():
            return str(error), FAILED
        case StoreDown() | StoreError():
            return _told("store", what), UNAVAILABLE
        case RemoteFailure():
            return _told("remote", what), FAILED
        case SQLAlchemyError() | sqlite3.Error() if "disk is full" in what:
            return _told("database_full", what), FAILED
        case SQLAlchemyError() | sqlite3.Error():
            return _told("database", what), UNAVAILABLE
        case _:
            return _told("other", what), FAILED


def _told(key: str, what: str) -> str:
    """What went wrong in our words, both languages, then in the words of whoever noticed."""
    return f"{both(f'error.{key}')}: {what}"


def _one_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__).rstrip()
