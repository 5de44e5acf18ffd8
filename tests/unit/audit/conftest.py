"""The files of a log without waiting for the disk."""

import pytest


@pytest.fixture(autouse=True)
def _fast_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power is lost here, so nobody has to wait for the disk."""
    monkeypatch.setattr("os.fsync", lambda _descriptor: None)
