"""`bcd run` refuses settings that a process would end on, before anything is started."""

from pathlib import Path

import pytest

from services.cli.datafolder import MARKER
from shared.settings import CONFIGURATION_ERROR
from tests.unit.cli.conftest import Bcd


@pytest.mark.parametrize(
    ("name", "value"), [("BCD_NOTARY_KEY", "abc"), ("BCD_NOTARY_WITNESSES", "https://witness.example/")]
)
def test_a_wrong_setting_of_the_notary(
    bcd: Bcd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setattr("services.cli.run.compose", lambda *_: pytest.fail("began"))
    monkeypatch.setenv("BCD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv(name, value)
    said = bcd("run", "--no-import")
    assert said.status == CONFIGURATION_ERROR
    assert name in said.err
    assert not (tmp_path / "data" / MARKER).exists()
