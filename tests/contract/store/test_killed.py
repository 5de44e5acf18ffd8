"""A few rounds of `kill -9` under writers; `make faults` does two hundred."""

from pathlib import Path

from tests.faults.killing import kill_again_and_again


def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    ledger = kill_again_and_again(tmp_path / "data", rounds=5, seed="contract", say=lambda _line: None)
    assert ledger.appends > 0
