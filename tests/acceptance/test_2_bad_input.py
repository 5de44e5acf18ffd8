"""Bad input from every side: a clear error, nothing lost, nothing half-written."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from services.meetings.commands import ConveneMeeting
from services.meetings.events import MeetingKind
from services.members.commands import RegisterAgency
from shared.bus.rpc import Services
from shared.dates import Moment
from shared.errors import InvalidRequest, Refused, StoreDown
from shared.messages import AgencyId, PersonId
from tests.acceptance.system import CALL_LIMIT, System, request

pytestmark = pytest.mark.timeout(300)

EXPANDED = ConveneMeeting(
    meeting_id="hop-mo-rong",
    kind=MeetingKind.EXPANDED,
    title="Họp mở rộng (hư cấu)",
    held=Moment("2026-01-05"),
    presiding=PersonId("giam-doc-so-khoa-hoc-va-cong-nghe"),
    presiding_post=None,
    form=None,
)


@pytest.fixture
def services(system: System) -> Services:
    return Services(system.addresses["AMQP_URI"])


def head(system: System) -> int:
    return int(system.json("status")["head"])


@pytest.mark.parametrize(
    ("text", "told", "status"),
    [
        ("- date: '2022\n  kind: [", "YAML sai cú pháp", 2),
        ("- {date: '2022', kind: carnival, title: Lễ hội, source: x}", "carnival", 3),
        ("- {kind: meeting, title: Họp không ngày, source: x}", "Họp không ngày", 3),
    ],
)
def test_a_chronicle_that_is_wrong_is_told_and_writes_nothing(
    system: System, tmp_path: Path, text: str, told: str, status: int
) -> None:
    before = head(system)
    file = tmp_path / "tinh-sai.yaml"
    file.write_text(text, encoding="utf-8")
    done = system.bcd("import", str(file))
    assert done.returncode == status
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert head(system) == before


def test_a_command_out_of_competence_names_the_clause(system: System, services: Services) -> None:
    before = head(system)
    method, payload = request("giam-doc-so-khoa-hoc-va-cong-nghe", "deputy", EXPANDED)
    with pytest.raises(Refused) as refusal:
        services.call("meetings", method, payload, timeout=CALL_LIMIT)
    assert refusal.value.rule == "D8.2"
    assert "chair" in refusal.value.because
    with pytest.raises(Refused, match=r"D2\.1\.2"):
        services.call(
            "meetings",
            method,
            {**payload, "actor": {"person": "ai-do", "capacity": "chair"}},
            timeout=CALL_LIMIT,
        )
    assert head(system) == before


def test_what_is_not_a_request_is_told(services: Services) -> None:
    with pytest.raises(InvalidRequest, match="command_id"):
        services.call("meetings", "convene_meeting", {"data": {}}, timeout=CALL_LIMIT)


@pytest.mark.parametrize("body", [b"\xff\xfe not json", b"[1, 2", b'{"service": "members"}'])
def test_a_message_that_cannot_be_used_is_kept_with_the_reason(system: System, body: bytes) -> None:
    with system.connection() as connection:
        channel = connection.channel()
        channel.basic_publish(_message(channel, body), exchange="", routing_key="bcd.inbox")
        deadline = time.monotonic() + CALL_LIMIT
        while (dead := channel.basic_get("bcd.inbox.dead", no_ack=True)) is None:
            assert time.monotonic() < deadline, "nothing came into the dead-letter queue"
            time.sleep(0.1)
    kept = dead.body if isinstance(dead.body, bytes) else dead.body.encode("utf-8", "surrogateescape")
    assert body in kept
    assert any("reason" in name for name in dead.headers)


def _message(channel: object, body: bytes) -> object:
    from amqp.basic_message import Message

    return Message(body, content_type="application/json", delivery_mode=2)


def test_a_request_over_the_bus_is_carried_out(system: System) -> None:
    register = RegisterAgency(agency_id=AgencyId("so-hu-cau"), name="Sở Hư cấu")
    method, payload = request(
        "ubnd-tinh", "issuer", register, document={"number": "1/QĐ-UBND"}, effective_at="2026-01-05"
    )
    with system.connection() as connection:
        channel = connection.channel()
        body = json.dumps({"service": "members", "method": method, "request": payload}).encode()
        channel.basic_publish(_message(channel, body), exchange="", routing_key="bcd.inbox")
    deadline = time.monotonic() + CALL_LIMIT * 2
    while not system.events("--type", "AgencyRegistered", "--since", "2026-01-05"):
        assert time.monotonic() < deadline, "the request was not carried out"
    system.caught_up()
    assert system.register("agencies", agency="so-hu-cau")["total"] == 1


def test_a_store_that_is_down_is_told_and_nothing_is_half_written(system: System, services: Services) -> None:
    register = RegisterAgency(agency_id=AgencyId("so-hu-cau-2"), name="Sở Hư cấu 2")
    method, payload = request("ubnd-tinh", "issuer", register, document={"number": "2/QĐ-UBND"})
    os.kill(system.pid("store"), signal.SIGSTOP)
    try:
        with pytest.raises(StoreDown):
            services.call("members", method, payload, timeout=60)
    finally:
        os.kill(system.pid("store"), signal.SIGCONT)
    answers = [services.call("members", method, payload, timeout=60) for _ in range(2)]
    assert answers[1]["repeated"] is True
    assert answers[0]["revision"] == answers[1]["revision"]
    system.caught_up()
    assert system.register("agencies", agency="so-hu-cau-2")["total"] == 1
