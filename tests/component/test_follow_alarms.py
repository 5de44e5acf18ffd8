"""The clock of the policies' follower: what falls due is asked once, with its day as the time."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid5

import pytest

from services.members.commands import ReleaseMember
from services.members.events import MemberAppointed, MemberReleased
from services.published import CODEC
from shared.bus.remote_errors import RemoteFailure
from shared.bus.rpc import ServiceUnavailable
from shared.envelope import Envelope, Source
from shared.errors import Refused
from shared.eventstore.epoch import current_epoch
from shared.followers.clock import clock
from shared.followers.database import place
from shared.followers.errors import NotNow
from shared.followers.policies import PATIENCE, PolicyFollower
from shared.messages import Event
from shared.policies import Alarm, Asked, Holdings, Policy
from tests.component.test_follow_policies import ROSTER, Desk, follow
from tests.unit.records.facts import Recorder, appointed

DAYS = (date(2026, 3, 1), date(2026, 3, 8))


def remember(envelope: Envelope[Event], holdings: Holdings) -> None:
    match envelope.event:
        case MemberAppointed() as made:
            holdings.wake(envelope, "terms_end", made.seat_id, DAYS)
        case MemberReleased() as gone:
            holdings.let_sleep(envelope.committee, "terms_end", gone.seat_id)


def ring(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
    reason = f"{alarm.because.type} {alarm.day}"
    yield Asked("members", ReleaseMember(seat_id=alarm.item, reason=reason), alarm.item)


POLICY = Policy("terms_end", remember=remember, ring=ring)


@pytest.fixture
def recorder() -> Recorder:
    made = Recorder()
    current_epoch(made.store)
    made.record(ROSTER, appointed("a"), appointed("b"), at="2026-01-05")
    return made


@pytest.fixture
def desk() -> Desk:
    return Desk()


def follower(
    recorder: Recorder, desk: Desk, folder: Path, today: str, policy: Policy = POLICY
) -> PolicyFollower:
    return PolicyFollower(
        (policy,),
        CODEC,
        recorder.store,
        desk,
        place(f"sqlite:///{folder}/x.sqlite", "policies"),
        today=lambda: date.fromisoformat(today),
    )


def caught_up(recorder: Recorder, desk: Desk, folder: Path, today: str) -> PolicyFollower:
    one = follower(recorder, desk, folder, today)
    follow(one, recorder)
    return one


def test_nothing_rings_before_its_day(recorder: Recorder, desk: Desk, tmp_path: Path) -> None:
    one = caught_up(recorder, desk, tmp_path, "2026-02-28")
    one.idle()
    assert desk.requests == []
    assert one.state()["clock"] == {"day": "2026-02-28", "alarms": 4, "failed": 0}


def test_what_is_due_is_asked_in_the_order_of_its_days(
    recorder: Recorder, desk: Desk, tmp_path: Path
) -> None:
    one = caught_up(recorder, desk, tmp_path, "2026-12-31")
    one.idle()
    asked = [(request.data["seat_id"], request.effective_at) for request in desk.requests]
    assert asked == [("a", "2026-03-01"), ("b", "2026-03-01"), ("a", "2026-03-08"), ("b", "2026-03-08")]
    cause = recorder.store.read_stream(ROSTER)[0]
    assert desk.requests[0].command_id == uuid5(cause.id, "terms_end:a@2026-03-01")
    assert desk.requests[0].causation_id == cause.id
    assert desk.requests[0].data["reason"] == "MemberAppointed 2026-03-01"


def test_what_rang_rings_no_more_and_a_restart_forgets_nothing(
    recorder: Recorder, desk: Desk, tmp_path: Path
) -> None:
    caught_up(recorder, desk, tmp_path, "2026-03-01").idle()
    later = caught_up(recorder, desk, tmp_path, "2026-03-02")
    later.idle()
    assert desk.seats == ["a", "b"]
    caught_up(recorder, desk, tmp_path, "2026-03-08").idle()
    assert desk.seats == ["a", "b", "a", "b"]


def test_a_policy_that_begins_anew_asks_with_the_same_ids(
    recorder: Recorder, desk: Desk, tmp_path: Path
) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        caught_up(recorder, desk, tmp_path / folder, "2026-03-01").idle()
    ids = [request.command_id for request in desk.requests]
    assert ids[:2] == ids[2:]
    requests = [request.model_dump() for request in desk.requests]
    assert requests[:2] == requests[2:]


def test_what_was_settled_sleeps(recorder: Recorder, desk: Desk, tmp_path: Path) -> None:
    recorder.record(ROSTER, MemberReleased(seat_id="a", reason="x"))
    caught_up(recorder, desk, tmp_path, "2026-12-31").idle()
    assert desk.seats == ["b", "b"]


def test_what_is_known_from_a_source_never_rings(recorder: Recorder, desk: Desk, tmp_path: Path) -> None:
    recorder.record(ROSTER, appointed("c"), source=Source(reference="https://example.org/nguon"))
    caught_up(recorder, desk, tmp_path, "2026-12-31").idle()
    assert "c" not in desk.seats


def test_without_an_answer_the_alarm_stays(recorder: Recorder, desk: Desk, tmp_path: Path) -> None:
    desk.answers = [ServiceUnavailable("members", "away")]
    one = caught_up(recorder, desk, tmp_path, "2026-03-01")
    with pytest.raises(NotNow, match="away"):
        one.idle()
    one.idle()
    assert desk.seats == ["a", "b"]


def test_a_refusal_is_kept_and_ends_the_alarm(recorder: Recorder, desk: Desk, tmp_path: Path) -> None:
    desk.answers = [Refused("D6.1", "không còn ghế")]
    one = caught_up(recorder, desk, tmp_path, "2026-03-01")
    one.idle()
    one.idle()
    assert desk.seats == ["b"]
    assert one.state()["refusals"] == 1


def test_an_alarm_over_which_the_policy_fails_is_kept_aside(
    recorder: Recorder, desk: Desk, tmp_path: Path
) -> None:
    def fails(alarm: Alarm, holdings: Holdings) -> Iterator[Asked]:
        if alarm.item == "a":
            raise LookupError("not thought of")
        yield from ring(alarm, holdings)

    one = follower(recorder, desk, tmp_path, "2026-03-01", Policy("terms_end", remember=remember, ring=fails))
    follow(one, recorder)
    one.idle()
    one.idle()
    assert desk.seats == ["b"]
    assert one.state()["clock"]["failed"] == 1
    caught_up(recorder, desk, tmp_path, "2026-03-01").idle()  # with better code, after a restart
    assert desk.seats == ["b", "a"]


def test_a_service_that_fails_over_one_alarm_does_not_stop_the_clock(
    recorder: Recorder, desk: Desk, tmp_path: Path
) -> None:
    desk.answers = [RemoteFailure("KeyError", "x") for _ in range(PATIENCE)]
    one = caught_up(recorder, desk, tmp_path, "2026-03-01")
    for _ in range(PATIENCE - 1):
        with pytest.raises(NotNow):
            one.idle()
    one.idle()
    assert desk.seats == ["b"]


def test_the_clock_of_a_demonstration_is_a_file(tmp_path: Path) -> None:
    told = clock(tmp_path / "today")
    assert told() == date.min
    (tmp_path / "today").write_text("2025-03-31\n")
    assert told() == date(2025, 3, 31)
    (tmp_path / "today").write_text("tomorrow")
    with pytest.raises(NotNow, match="holds no day"):
        told()
