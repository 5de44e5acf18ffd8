"""Files that a command writes: whole or not at all, in a format that the name tells."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from services.cli.errors import FAILED, USAGE, cli_error


def format_of(target: Path, among: Sequence[str]) -> str:
    """The ending of the name, one of these. Raises CliError."""
    ending = target.suffix.lower().removeprefix(".")
    if ending not in among:
        raise cli_error("export_format", USAGE, file=target, among=", ".join(f".{one}" for one in among))
    return ending


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A place to write to, beside the target; it takes the target's place when all went well.

    Raises CliError where the folder cannot be written to.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}{target.suffix}")
    try:
        beside.touch()
    except OSError as error:
        raise cli_error("export_folder", FAILED, file=target, why=error.strerror) from error
    try:
        yield beside
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
