"""The write loop: twice is once, a moved stream is decided again, and nothing is half-written."""

from typing import Any
from uuid import uuid4

import pytest

from services.members import agency, committee
from services.members.commands import EstablishCommittee, RegisterAgency, RenameCommittee
from services.members.history import CODEC
from services.members.mandates import Mandates
from services.members.rules import Rule
from shared.errors import CommandIdReused, Contended, InvalidRequest, StoreDown
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import Appended, NewEvent, WrongExpectedRevision
from shared.handling import ATTEMPTS, CommandHandler
from tests.unit.given import refused


def request(**data: Any) -> dict[str, Any]:
    return {
        "command_id": str(uuid4()),
        "committee": "langson",
        "actor": {"person": "chu-tich-ubnd-tinh", "capacity": "issuer"},
        "document": {"number": "1782/QĐ-UBND"},
        "effective_at": "2020-09-11",
        "data": data,
    }


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def handler(store: MemoryStore) -> CommandHandler:
    return CommandHandler(store, CODEC, Mandates(store))


def establish(handler: CommandHandler, asked: dict[str, Any]) -> dict[str, Any]:
    return handler.handle(committee.decider, EstablishCommittee, asked)


def test_a_command_makes_its_events_and_the_envelope_says_who_why_and_when(
    handler: CommandHandler, store: MemoryStore
) -> None:
    receipt = establish(handler, request(name="Ban Chỉ đạo"))
    [recorded] = store.read_stream("committee-langson.charter")
    envelope = CODEC.decode(recorded)
    assert receipt == {
        "stream": "committee-langson.charter",
        "revision": 0,
        "position": recorded.position,
        "events": ["CommitteeEstablished"],
        "repeated": False,
    }
    assert envelope.meta.effective_at == "2020-09-11"
    assert envelope.meta.actor.mandate.ground == "1782/QĐ-UBND"
    assert envelope.meta.clauses == ("D1", "D12.2")


def test_asked_twice_the_first_answer_comes_back(handler: CommandHandler, store: MemoryStore) -> None:
    asked = request(name="Ban Chỉ đạo")
    first, second = establish(handler, asked), establish(handler, asked)
    assert second == {**first, "repeated": True}
    assert len(store.read_stream("committee-langson.charter")) == 1


def test_a_command_id_with_other_content_is_told(handler: CommandHandler) -> None:
    asked = request(name="Ban Chỉ đạo")
    establish(handler, asked)
    with pytest.raises(CommandIdReused):
        establish(handler, {**asked, "data": {"name": "Ban khác"}})


def test_a_field_that_a_command_learned_later_is_no_other_content(handler: CommandHandler) -> None:
    """The same request from before the field was there, and after with its default, is one command."""
    asked = request(name="Ban Chỉ đạo")
    establish(handler, asked)
    again = establish(handler, {**asked, "data": {**asked["data"], "parent": None}})
    assert again["repeated"]


@pytest.mark.parametrize(
    ("spoilt", "where"),
    [
        ({"data": {"nmae": "Ban"}}, "name: Field required; nmae: Extra inputs"),
        ({"committee": "Lạng Sơn"}, "committee"),
        ({"effective_at": "31/12/2021"}, "YYYY-MM-DD"),
        ({"command_id": "1"}, "command_id"),
        ({"surprise": 1}, "surprise"),
        ({"data": {"name": "Ban\0"}}, "NUL"),
        ({"document": {"number": "1", "nmuber": "2"}}, "nmuber"),
    ],
)
def test_what_is_not_a_request_is_told_with_its_fault(
    handler: CommandHandler, store: MemoryStore, spoilt: dict[str, Any], where: str
) -> None:
    with pytest.raises(InvalidRequest, match=where):
        establish(handler, {**request(name="Ban"), **spoilt})
    assert store.head() == 0


@pytest.mark.parametrize("persisted", [False, True])
def test_an_unclear_append_is_told_and_can_be_repeated(
    handler: CommandHandler, store: MemoryStore, persisted: bool
) -> None:
    asked = request(name="Ban Chỉ đạo")
    store.fail_next_append(persisted=persisted)
    with pytest.raises(StoreDown):
        establish(handler, asked)
    assert establish(handler, asked)["repeated"] is persisted
    assert len(store.read_stream("committee-langson.charter")) == 1


class Moving(MemoryStore):
    """Another writer is always a little faster."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def append(self, stream: str, events: Any, *, expected: int) -> Appended:
        if self.times:
            self.times -= 1
            raise WrongExpectedRevision(stream, expected)
        return super().append(stream, events, expected=expected)


def test_where_the_stream_moved_it_is_decided_again() -> None:
    store = Moving(ATTEMPTS - 1)
    assert establish(CommandHandler(store, CODEC, Mandates(store)), request(name="Ban"))["revision"] == 0


def test_a_stream_that_never_rests_is_told() -> None:
    store = Moving(ATTEMPTS)
    with pytest.raises(Contended):
        establish(CommandHandler(store, CODEC, Mandates(store)), request(name="Ban"))


def test_a_command_that_changes_nothing_records_nothing(handler: CommandHandler, store: MemoryStore) -> None:
    establish(handler, request(name="Ban"))
    receipt = handler.handle(committee.decider, RenameCommittee, request(new_name="Ban"))
    assert receipt["events"] == []
    assert len(store.read_stream("committee-langson.charter")) == 1


def test_a_policy_has_to_name_a_recorded_event(handler: CommandHandler, store: MemoryStore) -> None:
    establish(handler, request(name="Ban"))
    [recorded] = store.read_stream("committee-langson.charter")
    asked = {
        **request(agency_id="so-a", name="Sở A"),
        "actor": {"person": "policy:x", "capacity": "policy", "evidence": "committee-langson.charter@0"},
        "causation_id": str(uuid4()),
    }
    with refused(Rule.CLAIM_IS_PROVEN):
        handler.handle(agency.decider, RegisterAgency, asked)
    with refused(Rule.RIGHT_COMPETENCE):  # proven, but a policy registers no agency
        handler.handle(agency.decider, RegisterAgency, {**asked, "causation_id": str(recorded.id)})


def test_text_is_stored_composed(handler: CommandHandler, store: MemoryStore) -> None:
    establish(handler, request(name="Ban Chi\u0309 d\u0111a\u0323o"))
    [recorded] = store.read_stream("committee-langson.charter")
    assert "Chỉ" in recorded.data.decode()


def test_an_event_that_this_code_cannot_read_stops_the_decision(
    handler: CommandHandler, store: MemoryStore
) -> None:
    store.append("committee-langson.charter", [NewEvent(uuid4(), "Unheard", b"{}", b"{}")], expected=-1)
    with pytest.raises(Exception, match="Unheard"):
        establish(handler, request(name="Ban"))
