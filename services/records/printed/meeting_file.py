"""The invitation to a meeting from its events, as the journal of the records answers them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from services.records.everything import MODELS
from services.records.journal import recorded
from services.records.printed.calendar import invitation
from shared.catalogue.presentation import Names
from shared.envelope import Envelope

PAGE: Final = 1000

Answer = Mapping[str, Any]


def meeting_file(
    journal: Callable[..., Answer], meeting: str, committee: str, names: Names, called: str
) -> bytes:
    """The .ics file; `journal` answers a page of events. Raises InvalidRequest where there is no meeting."""
    return invitation(_events(journal, f"meeting-{committee}.{meeting}"), meeting, names, called)


def _events(journal: Callable[..., Answer], stream: str) -> Iterator[Envelope[Any]]:
    """The events of one stream; the journal finds streams by the beginning of their names."""
    after: int | None = None
    while True:
        rows = journal(stream=stream, after=after, limit=PAGE)["rows"]
        yield from (MODELS.codec.decode(recorded(row)) for row in rows if row["stream"] == stream)
        if len(rows) < PAGE:
            return
        after = int(rows[-1]["position"])
