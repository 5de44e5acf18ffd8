"""The epoch of a store: from its first use, or from its last restore, until the next restore.

It is recorded in the store itself, in a stream of its own. Positions mean something only within an epoch,
so every checkpoint and every message on the bus carries it.
"""

import json
from typing import ClassVar, Final
from uuid import UUID, uuid4

from shared.catalogue import both
from shared.dates import Moment
from shared.envelope import Actor, Mandate, Metadata
from shared.errors import BcdError
from shared.eventstore.port import NO_STREAM, EventStore, NewEvent, RecordedEvent, WrongExpectedRevision
from shared.history import codec_of, encode
from shared.messages import CommitteeId, Event, PersonId

PREFIX: Final = "store."
"""Begins the names of the streams in which the store speaks of itself; those of a committee have a dash."""
STREAM: Final = f"{PREFIX}epoch"
NOBODY: Final = CommitteeId("store")
"""Stands where events name their committee: an epoch belongs to none."""


class EpochBegan(Event):
    """No system type (`$...`), because the port refuses those: whoever reads `$all` asks `of_store`."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    epoch: UUID
    why: str


CODEC: Final = codec_of(EpochBegan)


class WrongEpoch(BcdError):
    """A reader's checkpoint belongs to another epoch of the store; going on would mix two histories.

    `remedy` is the key of the sentence that says what to do.
    """

    def __init__(self, reader: str, saved: str, current: str, remedy: str) -> None:
        super().__init__(reader, saved, current, remedy)

    def __str__(self) -> str:
        reader, saved, current, remedy = self.args
        return f"{both('epoch.wrong', reader=reader, saved=saved, current=current)} → {both(remedy)}"


def of_store(event: RecordedEvent) -> bool:
    """Whether an event says something about the store and nothing about a committee."""
    return event.stream.startswith(PREFIX)


def current_epoch(store: EventStore) -> UUID:
    """The store's epoch; the first one begins when it is first asked for. Raises StoreUnavailable."""
    known = _last(store)
    if known is not None:
        return _epoch_of(known)
    try:
        return _begin(store, NO_STREAM, "the store was first used")
    except WrongExpectedRevision:  # another process was quicker
        known = _last(store)
        assert known is not None
        return _epoch_of(known)


def begin_epoch(store: EventStore, why: str) -> UUID:
    """A new epoch begins, after a restore for instance; every reader of the old one will stop."""
    known = _last(store)
    return _begin(store, NO_STREAM if known is None else known.revision, why)


def told_by_store(event: Event, cause: UUID) -> NewEvent:
    """An event in which the store speaks of itself, ready to append; no committee answers for it."""
    mandate = Mandate(capacity="policy", ground="D7.8")
    meta = Metadata.model_validate(
        {
            "correlation_id": cause,
            "causation_id": cause,
            "command_id": cause,
            "command_digest": "",
            "schema_number": event.schema_number,
            "committee": NOBODY,
            "actor": Actor(person=PersonId("store"), capacity="policy", mandate=mandate),
            "clauses": event.clauses,
            "effective_at": Moment.now(),
        }
    )
    return encode(event, uuid4(), meta)


def _begin(store: EventStore, expected: int, why: str) -> UUID:
    began = EpochBegan(epoch=uuid4(), why=why)
    store.append(STREAM, [told_by_store(began, began.epoch)], expected=expected)
    return began.epoch


def _last(store: EventStore) -> RecordedEvent | None:
    last = store.read_stream_backwards(STREAM, limit=1)
    return last[0] if last else None


def _epoch_of(event: RecordedEvent) -> UUID:
    return UUID(json.loads(event.data)["epoch"])
