"""A record that should exist by Điều 7.8, and how it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Holds = Callable[[str], bool]
"""Whether the content store has the bytes of a digest."""


class Kept(StrEnum):
    """How a record stands, the best first."""

    KEPT = "kept"  # the event is the record, or the document's bytes or paper are there
    WAIVED = "waived"  # it is said why there is none
    CITED = "cited"  # an event names it or tells of it; the document itself is not in the file
    NO_CONTENT = "no_content"  # it is in the file by its digest; the store does not have the bytes
    SOURCE_ONLY = "source_only"  # all that is known is from a source outside
    MISSING = "missing"


@dataclass(frozen=True)
class Line:
    """One record that should exist: of which matter (register, id, title, day), what, and how it stands."""

    register: str
    record: str
    title: str
    day: date
    what: str
    state: Kept
    document: str | None = None
    digest: str | None = None
    evidence: tuple[str, ...] = ()
