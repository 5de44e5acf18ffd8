"""Every way to tamper with a system that the drill knows; each tells which place has to be named.

Whoever tampers here holds every file, and mends what shows at once: checksums, revisions and positions of the
log are written anew, so that only the tree over all events tells.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID, uuid5

from services.audit import checking_documents, checking_log, checking_records
from services.audit.copies import Copy, publish
from services.audit.files_tampered import FILES, Expected
from services.audit.logfile import write_log
from shared.eventstore.port import RecordedEvent

_OTHER: Final = UUID("00000000-0000-5000-8000-0000000000f1")
Change = Callable[[list[RecordedEvent], int], str]
"""Changes a history around the event with this number; what has to be named."""


@dataclass(frozen=True)
class Tampering:
    """`name` has a text in the catalogue (`audit.tampering`); `parts` are what a verification looks at."""

    name: str
    parts: tuple[str, ...]
    do: Callable[[Copy], Expected] = field(repr=False)


def _edit(**changed: Callable[[RecordedEvent], object]) -> Change:
    def change(events: list[RecordedEvent], at: int) -> str:
        event = events[at]
        events[at] = replace(event, **{name: make(event) for name, make in changed.items()})  # type: ignore[arg-type]
        return reference(event)

    return change


def _delete(events: list[RecordedEvent], at: int) -> str:
    return reference(events.pop(at))


def _delete_last(events: list[RecordedEvent], _at: int) -> str:
    return reference(events.pop())


def _insert(events: list[RecordedEvent], at: int) -> str:
    event = events[at]
    events.insert(at, replace(event, id=uuid5(_OTHER, str(event.id)), stream=f"{event.stream}x", revision=0))
    return f"{event.stream}x@0"


def _reorder(events: list[RecordedEvent], at: int) -> str:
    """Two neighbours of different streams."""
    while events[at].stream == events[at + 1].stream:
        at += 1
    events[at], events[at + 1] = events[at + 1], events[at]
    return reference(events[at])


def _truncate(events: list[RecordedEvent], at: int) -> str:
    first = reference(events[at])
    del events[at:]
    return first


def _rename(event: RecordedEvent) -> str:
    return f"{event.stream}x"


def reference(event: RecordedEvent) -> str:
    return f"{event.stream}@{event.revision}"


CHANGES: Final[dict[str, Change]] = {
    "edit_data": _edit(data=lambda e: e.data.replace(b":", b": ", 1)),
    "edit_metadata": _edit(metadata=lambda e: e.metadata.replace(b":", b": ", 1)),
    "edit_recorded": _edit(recorded_at=lambda e: e.recorded_at - timedelta(microseconds=1)),
    "edit_type": _edit(type=lambda e: f"{e.type}d"),
    "edit_id": _edit(id=lambda e: uuid5(_OTHER, str(e.id))),
    "edit_stream": _edit(stream=_rename),
    "delete": _delete,
    "delete_last": _delete_last,
    "insert": _insert,
    "reorder": _reorder,
    "truncate": _truncate,
}


def _in_the_log(change: Change) -> Callable[[Copy], Expected]:
    def do(copy: Copy) -> Expected:
        events = copy.events()
        named = change(events, len(events) // 3)
        write_log(copy.log_file, events)
        return Expected(named)

    return do


def _published_anew(copy: Copy, seen: Path | None) -> Expected:
    """An event is edited, and all tiles are made to fit, checkpoints too: the key was stolen."""
    events = copy.events()
    CHANGES["edit_data"](events, len(events) // 3)
    write_log(copy.log_file, events)
    publish(copy, copy.events())
    return Expected(str(seen), (seen,)) if seen else Expected("")


def _fork(copy: Copy) -> Expected:
    """Two histories of the same length, each well signed; the auditor holds a checkpoint of the first."""
    seen = copy.folder / "seen"
    seen.write_bytes((copy.published / "checkpoint").read_bytes())
    return _published_anew(copy, seen)


def _tiles_anew(copy: Copy) -> Expected:
    """As a fork, but without the key: the signed checkpoints stay what they were."""
    kept = {path: path.read_bytes() for path in [copy.published / "checkpoint", *_kept(copy)]}
    _published_anew(copy, None)
    for path, content in kept.items():
        path.write_bytes(content)
    return Expected(str(_kept(copy)[0]))


def _kept(copy: Copy) -> Sequence[Path]:
    return sorted((copy.published / "checkpoints").iterdir(), key=lambda path: int(path.name))


LOG, DOCUMENTS, RECORDS = checking_log.PART, checking_documents.PART, checking_records.PART


def _ahead(copy: Copy) -> Expected:
    events = copy.events()
    _truncate(events, len(events) // 3)
    write_log(copy.log_file, events)
    return Expected("generation")


TAMPERINGS: Final = (
    *(Tampering(name, (LOG,), _in_the_log(change)) for name, change in CHANGES.items()),
    Tampering("tiles_anew", (LOG,), _tiles_anew),
    Tampering("fork", (LOG,), _fork),
    Tampering("database_ahead", (RECORDS,), _ahead),
    *(Tampering(name, (part,), do) for name, (part, do) in FILES.items()),
)
