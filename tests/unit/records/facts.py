"""Events as the store would keep them, and a store that holds some: for tests of what reads them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from services.members.events import CommitteeEstablished, MemberAppointed, Role
from shared.dates import Moment
from shared.envelope import Actor, Envelope, Mandate, Metadata, Source
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import NO_STREAM, EventStore, NewEvent
from shared.history import encode
from shared.messages import CommitteeId, DocumentRef, Event, PersonId

COMMITTEE = CommitteeId("langson")
DECISION = DocumentRef(number="2041/QĐ-UBND", issuer="Chủ tịch UBND tỉnh")
NAMES = UUID("6f1d8a52-8a2f-4bb4-9f57-d0a6a6d6b0f1")


def meta(
    *,
    at: str = "2022-09-28",
    committee: str = COMMITTEE,
    document: DocumentRef | None = None,
    source: Source | None = None,
    clauses: tuple[str, ...] = ("D6.1",),
) -> Metadata:
    """The metadata of an act by an invented person."""
    mandate = Mandate(capacity="chair", ground="D4.1", evidence=("roster-langson.x@0",))
    return Metadata.model_validate(
        {
            "correlation_id": uuid5(NAMES, "correlation"),
            "causation_id": uuid5(NAMES, "causation"),
            "command_id": uuid5(NAMES, "command"),
            "command_digest": "0" * 64,
            "schema_number": 1,
            "committee": committee,
            "actor": Actor(person=PersonId("nguoi-a"), capacity="chair", mandate=mandate),
            "clauses": clauses,
            "effective_at": Moment(at),
            "document": document,
            "source": source,
        }
    )


def envelope(event: Event, n: int = 1, **circumstances: Any) -> Envelope[Event]:
    """The n-th event of an invented stream."""
    return Envelope(
        event=event,
        event_id=uuid5(NAMES, str(n)),
        stream=f"roster-{COMMITTEE}.all",
        revision=n - 1,
        position=n * 100,
        recorded_at=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        meta=meta(**circumstances),
    )


def appointed(seat: str, post: str = "Giám đốc Sở Xây dựng", role: Role = Role.MEMBER) -> MemberAppointed:
    return MemberAppointed(seat_id=seat, post=post, role=role, holder=PersonId(f"nguoi-{seat}"))


def established(name: str = "Ban Chỉ đạo tỉnh") -> CommitteeEstablished:
    return CommitteeEstablished(name=name)


@dataclass
class Recorder:
    """Appends events to a store; ids follow from their number, so that two recorders write alike."""

    store: EventStore = field(default_factory=MemoryStore)
    revisions: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def record(self, stream: str, *events: Event, **circumstances: Any) -> None:
        """Append to `<category>-<committee>.<id>`; `circumstances` as in `meta`."""
        for event in events:
            self.append(stream, encode(event, self._next_id(), meta(**circumstances)))

    def poison(self, stream: str, event_type: str = "Nonsense") -> None:
        """An event that no code can read."""
        self.append(stream, NewEvent(self._next_id(), event_type, b"{}", b"{}"))

    def append(self, stream: str, event: NewEvent) -> None:
        expected = self.revisions.get(stream, NO_STREAM)
        self.revisions[stream] = self.store.append(stream, [event], expected=expected).revision

    def _next_id(self) -> UUID:
        self.count += 1
        return uuid5(NAMES, f"recorded {self.count}")
