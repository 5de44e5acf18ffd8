"""The policies' follower: commands once, in order, with the event as evidence; nothing in silence."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid5

import pytest

from services.members.commands import ReleaseMember
from services.members.events import MemberAppointed
from shared.bus.remote_errors import RemoteFailure
from shared.bus.rpc import ServiceUnavailable
from shared.envelope import Envelope, Request
from shared.errors import Refused
from shared.eventstore.epoch import current_epoch
from shared.followers.database import place
from shared.followers.errors import NotNow
from shared.followers.policies import PATIENCE, PolicyFollower
from shared.messages import Event
from shared.policies import Asked, Holdings, Policy
from tests.unit.records.facts import COMMITTEE, DECISION, Recorder, appointed, established

ROSTER = f"member-{COMMITTEE}.roster"


def release(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """Every appointment releases the seats that were held before it."""
    match envelope.event:
        case MemberAppointed():
            for seat in holdings.of(envelope.committee, "seat", "anybody"):
                yield Asked("members", ReleaseMember(seat_id=seat, reason="test"), seat)


def remember(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case MemberAppointed() as made:
            holdings.hold(envelope.committee, "seat", made.seat_id, ("anybody", "anybody"))


class Desk:
    """The services: note what is asked, and answer what is queued."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answers: list[Exception] = []
        self.methods: list[str] = []

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        if self.answers:
            raise self.answers.pop(0)
        self.methods.append(f"{service}.{method}")
        self.requests.append(Request.model_validate(payload))
        return {}

    @property
    def seats(self) -> list[str]:
        return [request.data["seat_id"] for request in self.requests]


@pytest.fixture
def recorder() -> Recorder:
    made = Recorder()
    current_epoch(made.store)
    made.record(ROSTER, appointed("a"), appointed("b"), at="2022-09", document=DECISION)
    return made


@pytest.fixture
def desk() -> Desk:
    return Desk()


def follower(
    recorder: Recorder,
    desk: Desk,
    folder: Path,
    policies: Sequence[Policy] = (Policy("release", release, remember),),
) -> PolicyFollower:
    from services.published import CODEC

    return PolicyFollower(
        policies, CODEC, recorder.store, desk, place(f"sqlite:///{folder}/x.sqlite", "policies")
    )


def follow(one: PolicyFollower, recorder: Recorder) -> None:
    position = one.resume(current_epoch(recorder.store))
    if events := list(recorder.store.read_all(after=position)):
        one.handle(events)


def test_a_policy_asks_with_the_event_as_evidence(recorder: Recorder, desk: Desk, tmp_path: Path) -> None:
    follow(follower(recorder, desk, tmp_path), recorder)
    (request,) = desk.requests
    cause = recorder.store.read_stream(ROSTER)[1]
    assert desk.methods == ["members.release_member"]
    assert request.command_id == uuid5(cause.id, "release:a")
    assert (request.actor.person, request.actor.capacity) == ("policy:release", "policy")
    assert request.actor.evidence == f"{ROSTER}@1"
    assert (request.causation_id, request.effective_at, request.document) == (cause.id, "2022-09", DECISION)


def test_all_react_before_any_remembers(recorder: Recorder, desk: Desk, tmp_path: Path) -> None:
    policies = (Policy("first", release, remember), Policy("second", release))
    follow(follower(recorder, desk, tmp_path, policies), recorder)
    assert desk.seats == ["a", "a"]  # after b; not b itself, though the first policy remembers it


def test_what_was_handled_is_not_asked_again(recorder: Recorder, desk: Desk, tmp_path: Path) -> None:
    follow(follower(recorder, desk, tmp_path), recorder)
    recorder.record(ROSTER, appointed("c"))
    follow(follower(recorder, desk, tmp_path), recorder)
    assert desk.seats == ["a", "a", "b"]


def test_without_an_answer_the_checkpoint_stays(recorder: Recorder, desk: Desk, tmp_path: Path) -> None:
    desk.answers = [ServiceUnavailable("members", "away")]
    one = follower(recorder, desk, tmp_path)
    with pytest.raises(NotNow, match="away"):
        follow(one, recorder)
    follow(one, recorder)
    assert desk.seats == ["a"]


def test_a_refusal_is_kept_and_the_rest_goes_on(recorder: Recorder, desk: Desk, tmp_path: Path) -> None:
    desk.answers = [Refused("D6.1", "không còn ghế")]
    recorder.record(ROSTER, appointed("c"))
    one = follower(recorder, desk, tmp_path)
    follow(one, recorder)
    assert desk.seats == ["a", "b"]
    assert one.state()["refusals"] == 1


def test_a_poison_event_waits_and_heals_with_better_code(
    recorder: Recorder, desk: Desk, tmp_path: Path
) -> None:
    def fails(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
        if envelope.revision == 1:
            raise LookupError("not thought of")
        yield from ()

    recorder.record(ROSTER, appointed("c"))
    recorder.record(f"committee-{COMMITTEE}.charter", established())
    one = follower(recorder, desk, tmp_path, (Policy("fails", fails), Policy("release", release, remember)))
    follow(one, recorder)
    (held,) = one.state()["quarantine"]
    assert (held["stream"], held["revision"], held["held"]) == (ROSTER, 1, 1)
    assert desk.seats == []

    healed = follower(recorder, desk, tmp_path)
    follow(healed, recorder)
    assert healed.state()["quarantine"] == []
    assert desk.seats == ["a", "a", "b"]


def test_a_service_that_fails_over_one_command_does_not_stop_the_others(
    recorder: Recorder, desk: Desk, tmp_path: Path
) -> None:
    desk.answers = [RemoteFailure("KeyError", "x") for _ in range(PATIENCE)]
    one = follower(recorder, desk, tmp_path)
    for _ in range(PATIENCE - 1):
        with pytest.raises(NotNow):
            follow(one, recorder)
    follow(one, recorder)
    assert [held["stream"] for held in one.state()["quarantine"]] == [ROSTER]
