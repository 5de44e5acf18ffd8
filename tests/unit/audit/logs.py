"""A store, the notary that follows it, and what an outsider sees of the log."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from shared.audit.log import Head
from shared.audit.notary import Notary
from shared.audit.notes import Signature, Signer
from shared.eventstore.epoch import current_epoch
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import NO_STREAM, EventStore, NewEvent

KEY = Signer("bcd.example/log", 1, bytes(range(32)))
NEW_KEY = Signer("bcd.example/log", 1, bytes(range(1, 33)))
SPACE = UUID("b3f1cf2c-3d9b-4b6b-8b5f-0a6d1c9f7a10")


class NoWitnesses:
    """Nobody is asked; `answers` are handed out as if somebody had been."""

    def __init__(self) -> None:
        self.told: list[Head] = []
        self.answers: list[tuple[str, int, Signature]] = []

    def tell(self, folder: Path, head: Head) -> None:
        self.told.append(head)

    def collected(self) -> list[tuple[str, int, Signature]]:
        answers, self.answers = self.answers, []
        return answers

    def state(self) -> list[dict[str, Any]]:
        return []


def happened(store: EventStore, count: int = 1, stream: str = "meeting-mau.a") -> None:
    """Append so many events to a stream."""
    known = store.read_stream_backwards(stream, limit=1)
    revision = known[0].revision if known else NO_STREAM
    events = [
        NewEvent(uuid5(SPACE, f"{stream}@{n}"), "MeetingConvened", b'{"n":%d}' % n, b"{}")
        for n in range(revision + 1, revision + 1 + count)
    ]
    store.append(stream, events, expected=revision)


def notary(
    store: EventStore,
    folder: Path,
    *keys: Signer,
    witnesses: NoWitnesses | None = None,
    clock: Callable[[], float] = lambda: 0.0,
    interval: float = 10.0,
) -> Notary:
    at_hand = keys or (KEY,)
    return Notary(store, folder, lambda: at_hand, witnesses or NoWitnesses(), interval, clock)


def follow(store: EventStore, one: Notary, batch: int = 100) -> None:
    """As the loop does: from the last position on, in batches, then idle; the process then ends."""
    try:
        events = list(store.read_all(after=one.resume(current_epoch(store))))
        for start in range(0, len(events), batch):
            one.handle(events[start : start + batch])
        one.idle()
    finally:
        one.release()


def log_of(folder: Path) -> Path:
    """The folder of the newest log."""
    return folder / (folder / "current").read_text().strip()


def head_of(folder: Path) -> Head:
    return Head.parse((log_of(folder) / "checkpoint").read_text())


def a_store(count: int = 0) -> MemoryStore:
    store = MemoryStore()
    current_epoch(store)
    if count:
        happened(store, count)
    return store
