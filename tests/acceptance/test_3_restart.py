"""The store is all that has to survive: the rest is rebuilt from it, and nothing is imported twice."""

import shutil
from typing import Any

import pytest

from tests.acceptance.system import System

pytestmark = pytest.mark.timeout(600)


def test_everything_comes_back_from_the_store_alone(system: System) -> None:
    """Stop; drop the read database, what policies remember, and the broker with all it held; start again."""
    system.caught_up()
    before = _hashes(system.json("rebuild"))
    events = len(_of_committees(system))
    assert system.stop() == 0, system.told
    for path in system.folder.iterdir():
        if path.name.startswith("records") or path.name == "rabbitmq":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    system.start()
    assert "(0 việc mới)" in system.told
    system.caught_up()
    after = system.json("rebuild")
    assert after["equal"] is True
    assert _hashes(after) == before
    assert len(_of_committees(system)) == events
    with system.connection() as connection:
        refilled = connection.channel().queue_declare("bcd.audit", passive=True).message_count
    assert refilled == events


def _of_committees(system: System) -> list[dict[str, Any]]:
    """All events but those by which the store speaks of itself."""
    return [event for event in system.events() if event["stream"] != "store.epoch"]


def _hashes(report: dict[str, Any]) -> dict[str, str]:
    return {model["model"]: model["after"] for model in report["models"]}


def test_ctrl_c_stops_all_of_it_cleanly(system: System) -> None:
    assert system.stop() == 0
    assert "Đã dừng sạch" in system.told
