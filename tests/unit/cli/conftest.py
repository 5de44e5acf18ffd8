"""The command line as a person calls it, with a data folder of its own and no environment of ours."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from services.cli.main import main


class Said(NamedTuple):
    status: int
    out: str
    err: str


Bcd = Callable[..., Said]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith("BCD_") or name in ("AMQP_URI", "ESDB_URI", "DATABASE_URL"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BCD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def bcd(data: Path, capsys: pytest.CaptureFixture[str]) -> Bcd:
    def call(*arguments: str) -> Said:
        status = main(list(arguments))
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return call
