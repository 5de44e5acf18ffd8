"""Where the running system is: `bcd run` writes it down, every other command reads it.

The file holds the passwords of the broker and the store, so only its owner may read it. The environment
goes before it.
"""

import json
import os
from pathlib import Path
from typing import Any, Final

from services.cli.errors import NOT_RUNNING, CliError, cli_error
from services.records.timetravel.sandbox import is_sandbox
from shared.catalogue import both
from shared.settings import STORE_ACCESS, Settings, load_settings, variable

NAME: Final = "addresses.json"
ADDRESSES: Final = (
    *("amqp_uri", "esdb_uri", "database_url", "clock", "committee", "keys_url", "keys_master_file"),
    *("contents", "contents_endpoint"),
)
"""The settings that the file may give, with the access to the store; `gateway` beside them is the address
of the pages."""


def write_addresses(settings: Settings, gateway: str) -> Path:
    """Write the addresses of the system that now runs, readable by its owner alone."""
    path = settings.data / NAME
    path.unlink(missing_ok=True)
    given = {variable(field): getattr(settings, field) for field in ADDRESSES}
    content = {name: str(value) for name, value in given.items() if value}
    content |= settings.store_access() | {"gateway": gateway}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(json.dumps(content, indent=2) + "\n")
    return path


def forget_addresses(settings: Settings) -> None:
    """The system no longer runs."""
    (settings.data / NAME).unlink(missing_ok=True)


def read_addresses(settings: Settings) -> dict[str, str]:
    """What the file says; empty where there is none."""
    path = settings.data / NAME
    try:
        content: Any = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise cli_error("bad_addresses", NOT_RUNNING, file=path, why=error) from error
    if not isinstance(content, dict):
        raise cli_error("bad_addresses", NOT_RUNNING, file=path, why="not an object")
    return {str(name): str(value) for name, value in content.items()}


def running(*needs: str) -> Settings:
    """The settings with the addresses of the running system; `needs` are fields that must be known.

    Raises CliError with one sentence that tells to start the system where one of them is not. A folder into
    which the past was replayed needs no system to be asked about its records.
    """
    settings = load_settings()
    if is_sandbox(settings.data):
        if needs != ("amqp_uri",):  # all that is needed of it is the records
            raise CliError(both("replay.sandbox", folder=settings.data), NOT_RUNNING)
        return settings
    written = read_addresses(settings)
    own_store = settings.model_fields_set & {"esdb_uri", *STORE_ACCESS}  # gets no password of another
    found = {
        field: written[variable(field)]
        for field in (ADDRESSES if own_store else (*ADDRESSES, *STORE_ACCESS))
        if field not in settings.model_fields_set and variable(field) in written
    }
    settings = load_settings(**found)
    missing = [variable(field) for field in needs if getattr(settings, field) is None]
    if missing:
        raise cli_error("no_system", NOT_RUNNING, file=settings.data / NAME, missing=", ".join(missing))
    return settings
