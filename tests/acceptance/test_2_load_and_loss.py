"""Many callers at once, and servers that go away: nothing hangs, nothing is lost or doubled."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.tasks.commands import NoteContext
from shared.bus.rpc import RemoteFailure, Services, ServiceUnavailable
from shared.errors import StoreDown
from tests.acceptance.system import CALL_LIMIT, System, request

pytestmark = pytest.mark.timeout(300)

AT_ONCE = 50
PATIENCE = 150.0


def noted(number: str) -> tuple[str, dict[str, Any]]:
    note = NoteContext(
        context_id=f"hu-cau-{number}",
        kind="report",
        title="Số liệu hư cấu",
        figures={"dat": 1},
        agencies=(),
        positions=(),
        because="kiểm thử",
    )
    source = {"reference": "https://example.org/kiem-thu"}
    return request("to-giup-viec", "record_keeper", note, source=source, effective_at="2026-01-05")


def test_fifty_commands_at_once(system: System) -> None:
    services = Services(system.addresses["AMQP_URI"])
    before = system.register("context")["total"]

    def ask(number: int) -> dict[str, Any]:
        method, payload = noted(str(number))
        first = services.call("tasks", method, payload, timeout=CALL_LIMIT * 3)
        again = services.call("tasks", method, payload, timeout=CALL_LIMIT * 3)
        assert again == {**first, "repeated": True}
        return first

    with ThreadPoolExecutor(AT_ONCE) as threads:
        receipts = list(threads.map(ask, range(AT_ONCE)))
    services.close()
    assert all(receipt["events"] == ["ContextNoted"] for receipt in receipts)
    assert len({receipt["position"] for receipt in receipts}) == AT_ONCE
    system.caught_up()
    assert system.register("context")["total"] == before + AT_ONCE


@pytest.mark.parametrize("lost", ["rabbitmq", "store", "tasks", "policies"])
def test_a_process_that_is_killed_comes_back(system: System, lost: str) -> None:
    services = Services(system.addresses["AMQP_URI"])
    os.kill(system.pid(lost), signal.SIGKILL)
    receipt = until_answered(services, *noted(f"after-{lost}"))
    services.close()
    assert receipt["events"] == ["ContextNoted"]
    system.caught_up()
    assert system.register("context", context=f"hu-cau-after-{lost}")["total"] == 1
    deadline = time.monotonic() + PATIENCE
    while (status := system.bcd("status")).returncode != 0:
        assert time.monotonic() < deadline, status.stdout
        time.sleep(1)


def until_answered(services: Services, method: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The receipt; the same command id is sent again for as long as somebody is away."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return services.call("tasks", method, payload, timeout=CALL_LIMIT)
        except (ServiceUnavailable, RemoteFailure, StoreDown):
            if time.monotonic() > deadline:
                raise
            time.sleep(1)
