"""A register as CSV (RFC 4180): one line of headings in Vietnamese, UTF-8 with the mark that Excel needs."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from services.records.printed.cells import Value, headings_of, values_of
from services.records.printed.listing import Listing

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""With these a cell begins that a spreadsheet would compute."""


def write_register(target: Path, whole: Listing) -> None:
    columns = whole.shown
    rows = (values_of(columns, row, whole.key, whole.names) for row in whole.rows)
    write_rows(target, headings_of(whole.name, columns), rows)


def write_rows(target: Path, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(headings)
        for row in rows:
            out.writerow([as_text(value) for value in row])


def as_text(value: Value) -> str:
    """Days as dd/mm/yyyy, numbers plain; a text that a spreadsheet would compute gets an apostrophe first."""
    match value:
        case None:
            return ""
        case date():
            return value.strftime("%d/%m/%Y")
        case str():
            return f"'{value}" if value.startswith(FORMULA) else value
        case _:
            return str(value)
