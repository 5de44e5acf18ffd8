"""Documents as others cite them: read from a row, written as a document cites for the first time (VT-8)."""

import re
from collections.abc import Mapping
from typing import Any, Final

from services.meetings.document.events import TypeCode
from services.records.printed.when import day_words
from shared.catalogue import say, word

_CITED: Final = re.compile(r"(?P<number>\S+)(?: (?P<day>\d{2})/(?P<month>\d{2})/(?P<year>\d{4}))?")
_TYPE: Final = re.compile(r"/([A-ZĐa-zđy]+)-")

Reference = Mapping[str, Any]
"""`number`, and `date` as YYYY-MM-DD or None."""


def cited(text: str | None) -> Reference | None:
    """Number and day of a document as a row cites it: `06/TB-BCĐ 25/03/2025`."""
    found = _CITED.match(text or "")
    if found is None:
        return None
    day = f"{found['year']}-{found['month']}-{found['day']}" if found["day"] else None
    return {"number": found["number"], "date": day}


def citation(document: str | Reference) -> str:
    """`Quyết định số 05/QĐ-BCĐ ngày 05 tháng 02 năm 2026`; a number that tells no type is a document's."""
    reference = cited(document) if isinstance(document, str) else document
    if reference is None:
        return ""
    code = _TYPE.search(reference["number"])
    name = word("kind", code[1]) if code and code[1] in set(TypeCode) else say("printed.document")
    day = f" {day_words(reference['date'])}" if reference["date"] else ""
    return say("printed.cited", name=name, number=reference["number"]) + day
