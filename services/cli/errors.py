"""How every expected error is told to a person at the terminal: one sentence, and one exit status."""

import sqlite3
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from shared.bus.broker import BrokerError
from shared.bus.rpc import RemoteFailure, ServiceUnavailable
from shared.catalogue import both
from shared.errors import BcdError, Contended, InvalidRequest, Refused, StoreDown, UnknownEvent
from shared.eventstore.port import StoreError
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


EXPECTED: Final = (CliError, SettingsError, BcdError, StoreError, SQLAlchemyError, sqlite3.Error)
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
            return both("error.refused", what=what), REFUSED
        case InvalidRequest():
            return both("error.invalid", what=what), USAGE
        case Contended():
            return both("error.contended", what=what), UNAVAILABLE
        case UnknownEvent():
            return both("error.unknown_event", what=what), FAILED
        case ServiceUnavailable():
            return what, UNAVAILABLE
        case BrokerError():
            return str(error), UNAVAILABLE
        case StoreDown() | StoreError():
            return both("error.store", what=what), UNAVAILABLE
        case RemoteFailure():
            return both("error.remote", what=what), FAILED
        case SQLAlchemyError() | sqlite3.Error():
            return both("error.database", what=what), UNAVAILABLE
        case _:
            return both("error.other", what=what), FAILED


def _one_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__).rstrip()
