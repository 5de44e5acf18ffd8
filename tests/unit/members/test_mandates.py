"""Claims are proven against the store: a policy's by an event of its own committee, or of one below."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from services.members.commands import EstablishCommittee, RegisterChildCommittee
from services.members.committee import decider
from services.members.history import CODEC
from services.members.mandates import Mandates
from services.members.rules import Rule
from shared.dates import Moment
from shared.envelope import Claim, Mandate, Request
from shared.errors import Refused
from shared.eventstore.memory import MemoryStore
from shared.handling import CommandHandler
from shared.messages import CommitteeId, PersonId
from tests.unit.given import refused

TODAY = date(2026, 6, 1)


@pytest.fixture
def store() -> MemoryStore:
    """A province's committee, one of a district under it, and one of another province."""
    store = MemoryStore()
    for committee, parent in (("tinh", None), ("huyen", "tinh"), ("khac", None)):
        _handle(
            store,
            EstablishCommittee,
            committee,
            {"name": f"Ban {committee}", "parent": parent},
            {"person": "chu-tich", "capacity": "issuer"},
            document={"number": "1/QĐ-UBND"},
        )
    return store


def _handle(
    store: MemoryStore, command: type, committee: str, data: object, actor: object, **rest: object
) -> None:
    request = {"command_id": str(uuid4()), "committee": committee, "data": data, "actor": actor, **rest}
    CommandHandler(store, CODEC, Mandates(store)).handle(decider, command, request)


def _cause(store: MemoryStore, committee: str) -> UUID:
    return store.read_stream(f"committee-{committee}.charter")[0].id


def _follows(store: MemoryStore, of: str, committee: str, causation: UUID | None = None) -> Mandate:
    claim = Claim(person=PersonId("policy:x"), capacity="policy", evidence=f"committee-{of}.charter@0")
    request = Request(
        command_id=uuid4(),
        committee=CommitteeId(committee),
        actor=claim,
        data={},
        causation_id=causation or _cause(store, of),
    )
    return Mandates(store).mandate(request, Moment(TODAY.isoformat()))


@pytest.mark.parametrize(("of", "committee"), [("tinh", "tinh"), ("huyen", "huyen"), ("huyen", "tinh")])
def test_what_follows_an_event_is_done_in_its_committee_or_the_one_above(
    store: MemoryStore, of: str, committee: str
) -> None:
    assert _follows(store, of, committee).evidence == (f"committee-{of}.charter@0",)


@pytest.mark.parametrize(("of", "committee"), [("tinh", "huyen"), ("khac", "tinh"), ("huyen", "khac")])
def test_and_in_no_other(store: MemoryStore, of: str, committee: str) -> None:
    with refused(Rule.OWN_COMMITTEE):
        _follows(store, of, committee)


def test_the_event_is_in_the_store(store: MemoryStore) -> None:
    with refused(Rule.CLAIM_IS_PROVEN):
        _follows(store, "huyen", "tinh", causation=_cause(store, "tinh"))


def test_a_child_is_registered_with_its_parent_on_the_childs_own_event(store: MemoryStore) -> None:
    evidence = {"person": "policy:x", "capacity": "policy", "evidence": "committee-huyen.charter@0"}
    cause = str(_cause(store, "huyen"))
    child = {"child": "huyen", "name": "Ban huyen"}
    _handle(store, RegisterChildCommittee, "tinh", child, evidence, causation_id=cause)
    [_, registered] = store.read_stream("committee-tinh.charter")
    assert registered.type == "ChildCommitteeRegistered"


@pytest.mark.parametrize(
    "evidence", ["committee-tinh.charter@²", "committee-tinh.charter@", "committee-../.x@0"]
)
def test_evidence_that_is_no_reference_proves_nothing(store: MemoryStore, evidence: str) -> None:
    claim = Claim(person=PersonId("policy:x"), capacity="policy", evidence=evidence)
    request = Request(command_id=uuid4(), committee=CommitteeId("tinh"), actor=claim, data={})
    with pytest.raises(Refused):
        Mandates(store).mandate(request, Moment(TODAY.isoformat()))
