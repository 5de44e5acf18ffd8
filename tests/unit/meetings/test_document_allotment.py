"""Numbers are allotted by the append itself: two that ask at once never get the same one."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from services.meetings.document import series as document_series
from services.meetings.document.commands import IssueDocument
from services.meetings.history import CODEC
from shared.dates import Moment
from shared.envelope import Mandate, Request
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import Appended, NewEvent
from shared.handling import CommandHandler
from tests.unit.meetings.document_examples import CHAIR, DAY, paper

STREAM = "series-langson.bcd-2026"


class Chair:
    """Takes everybody for the chair."""

    def mandate(self, request: Request, at: Moment) -> Mandate:
        return CHAIR.actor.mandate

    def terms(self, request: Request, at: Moment) -> Mapping[str, Any]:
        return {}


class Racing(MemoryStore):
    """A store in which somebody else is faster the first time that one appends."""

    def __init__(self) -> None:
        super().__init__()
        self.overtaking = True

    def append(self, stream: str, events: Sequence[NewEvent], *, expected: int) -> Appended:
        if self.overtaking:
            self.overtaking = False
            issue(self, paper("nhanh-hon"))
        return super().append(stream, events, expected=expected)


def issue(store: MemoryStore, command: IssueDocument, command_id: str | None = None) -> dict[str, Any]:
    request = {
        "command_id": command_id or str(uuid4()),
        "committee": "langson",
        "actor": {"person": "truong-ban", "capacity": "chair"},
        "effective_at": DAY,
        "data": command.model_dump(mode="json"),
    }
    return CommandHandler(store, CODEC, Chair()).handle(document_series.decider, IssueDocument, request)


def symbols(store: MemoryStore) -> list[str]:
    return [CODEC.decode(event).event.symbol for event in store.read_stream(STREAM)]  # type: ignore[attr-defined]


def test_who_comes_second_gets_the_next_number() -> None:
    store = Racing()
    receipt = issue(store, paper("cham-hon"))
    assert receipt["stream"] == STREAM
    assert receipt["revision"] == 1
    assert symbols(store) == ["01/KH-BCĐ", "02/KH-BCĐ"]


def test_asked_twice_with_one_command_id_it_is_one_document() -> None:
    store, command_id = MemoryStore(), str(uuid4())
    issue(store, paper("a"), command_id)
    assert issue(store, paper("a"), command_id)["repeated"]
    assert symbols(store) == ["01/KH-BCĐ"]
