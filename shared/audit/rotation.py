"""One key of the log follows another: the event that says so, and which keys sign which checkpoint.

An adoption counts when it names the key that was in use and another one of the same name; any other is a
leaf that says nothing. The first checkpoint that holds an adoption is signed by both keys, those before it
by the old one, those after it by the new one.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import uuid4

from shared.audit.notes import ED25519, NoteError, Verifier
from shared.eventstore.epoch import PREFIX, told_by_store
from shared.eventstore.port import NO_STREAM, EventStore
from shared.history import codec_of
from shared.messages import Event

STREAM: Final = f"{PREFIX}notary"


class NotaryKeyAdopted(Event):
    """The notary signs with another key from now on; both are verifier keys as C2SP writes them (D7.8)."""

    clauses: ClassVar[tuple[str, ...]] = ("D7.8",)
    verifier: str
    previous: str
    why: str = ""


CODEC: Final = codec_of(NotaryKeyAdopted)
TYPE: Final = NotaryKeyAdopted.__name__


@dataclass(frozen=True)
class Adoption:
    """An adoption that counts: the leaf that says it, the keys, and the event's data as it was recorded."""

    leaf: int
    previous: Verifier
    verifier: Verifier
    data: bytes


def adoption(leaf: int, data: bytes, current: Verifier | None) -> Adoption | None:
    """What an event says while `current` is in use (None: nobody knows); None where it does not count."""
    try:
        said = json.loads(data.decode())
        previous, verifier = Verifier.parse(said["previous"]), Verifier.parse(said["verifier"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, NoteError):
        return None
    fits = current in (None, previous) and verifier != previous
    if not fits or verifier.name != previous.name or verifier.kind != ED25519:
        return None
    return Adoption(leaf, previous, verifier, data)


def adoptions(recorded: Iterable[tuple[int, bytes]], current: Verifier | None = None) -> list[Adoption]:
    """Those of the recorded events that count, from the key on that is in use at the beginning."""
    found: list[Adoption] = []
    for leaf, data in recorded:
        if one := adoption(leaf, data, found[-1].verifier if found else current):
            found.append(one)
    return found


def adopt(store: EventStore, new: Verifier, previous: Verifier, why: str) -> None:
    """Record the adoption. Raises what the store raises; WrongExpectedRevision where somebody was quicker."""
    last = store.read_stream_backwards(STREAM, limit=1)
    expected = last[0].revision if last else NO_STREAM
    adopted = NotaryKeyAdopted(verifier=str(new), previous=str(previous), why=why)
    store.append(STREAM, [told_by_store(adopted, uuid4())], expected=expected)


def last_adopted(store: EventStore, first: Verifier | None) -> Verifier | None:
    """The key that the events say is in use, where `first` was before them."""
    recorded = [(event.revision, event.data) for event in store.read_stream(STREAM) if event.type == TYPE]
    found = adoptions(recorded, first)
    return found[-1].verifier if found else first
