"""A context for tests of the machinery: one stream in which something is counted, as often as wanted."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from shared.dates import Moment
from shared.decider import Decider
from shared.envelope import Act, Mandate, Metadata, Request
from shared.eventstore.port import EventStore, NewEvent
from shared.history import codec_of, encode
from shared.messages import Command, Event
from tests.unit.given import act
from tests.unit.rows import metadata_of

STREAM: Final = "tally-langson.one"


class Count(Command):
    """Count once more."""

    stream_id: str = "one"


class Counted(Event):
    """It was counted; `total` so far."""

    total: int


CODEC: Final = codec_of(Counted)


def _decide(_command: Count, _act: Act, total: int) -> list[Counted]:
    return [Counted(total=total + 1)]


def _evolve(total: int, event: Counted) -> int:
    assert event.total == total + 1, "an event is missing, or came twice"
    return event.total


decider: Final = Decider(
    category="tally", stream_id=lambda command: command.stream_id, initial=0, decide=_decide, evolve=_evolve
)


class Anyone:
    """An authority that lets everybody do everything."""

    def mandate(self, request: Request, at: Moment) -> Mandate:
        return Mandate(capacity=request.actor.capacity, ground="test")

    def terms(self, request: Request, at: Moment) -> Mapping[str, Any]:
        return {}


def counted(total: int) -> NewEvent:
    """The event of a total; its id and its command's follow from it."""
    return encode(Counted(total=total), uuid5(UUID(int=total), "event"), _metadata(total))


def _metadata(total: int) -> Metadata:
    around = metadata_of(Counted(total=total), act("chair"))
    return around.model_copy(update={"command_id": UUID(int=total)})


def fill(store: EventStore, count: int, stream: str = STREAM) -> None:
    """Totals from 1 to `count`, in a stream that does not exist yet."""
    for first in range(0, count, 500):
        totals = range(first + 1, min(first + 500, count) + 1)
        store.append(stream, [counted(total) for total in totals], expected=first - 1)


def request(command_id: UUID | None = None) -> dict[str, Any]:
    """To count once more."""
    return {
        "command_id": str(command_id or uuid4()),
        "committee": "langson",
        "actor": {"person": "nguoi-a", "capacity": "chair"},
        "data": {},
    }
