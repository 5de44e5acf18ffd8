"""Where the command line speaks: answers on standard output, everything else on standard error."""

import json
import sys
from typing import Any, Final

from rich.console import Console

NARROW: Final = 100
"""Columns of a table that goes to a file or a pipe, where no terminal says its width."""


def output() -> Console:
    """For answers. Plain and of a fixed width where nobody watches."""
    return _console(sys.stdout)


def notes() -> Console:
    """For progress, hints and errors."""
    return _console(sys.stderr)


def _console(stream: Any) -> Console:
    watched = bool(stream.isatty())
    return Console(file=stream, highlight=False, soft_wrap=False, width=None if watched else NARROW)


def print_json(document: Any, *, one_line: bool = False) -> None:
    """One JSON document, UTF-8, and nothing else."""
    text = json.dumps(document, ensure_ascii=False, indent=None if one_line else 2, default=str)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    """One sentence on standard error, unwrapped, so that it can be found again."""
    notes().print(sentence, soft_wrap=True, markup=False, style="red" if sys.stderr.isatty() else "")
