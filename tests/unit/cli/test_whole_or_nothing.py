"""What fills a folder leaves it whole or not at all, and two never fill the same one."""

from pathlib import Path
from sqlite3 import OperationalError

import pytest

from services.cli import replay
from services.cli.backups.files import whole_or_nothing
from services.cli.errors import FAILED, USAGE, CliError
from tests.unit.cli.conftest import Bcd


def test_the_second_at_once_is_told_and_does_not_disturb_the_first(tmp_path: Path) -> None:
    target = tmp_path / "bo"
    with whole_or_nothing(target) as part:
        (part / "mot").write_text("1")
        with pytest.raises(CliError, match=r"bo\.part"), whole_or_nothing(target):
            raise AssertionError("two fill one folder")
        (part / "hai").write_text("2")
    assert sorted(path.name for path in target.iterdir()) == ["hai", "mot"]
    assert [path.name for path in tmp_path.iterdir()] == ["bo"]


def test_what_a_dead_one_left_does_not_block_the_next(tmp_path: Path) -> None:
    (tmp_path / "bo.part").mkdir()
    (tmp_path / "bo.part" / "cu").write_text("?")
    with whole_or_nothing(tmp_path / "bo") as part:
        (part / "moi").write_text("1")
    assert [path.name for path in (tmp_path / "bo").iterdir()] == ["moi"]


def test_a_replay_onto_a_full_disk_leaves_nothing_and_says_so(
    bcd: Bcd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_settings: object, _moment: object, folder: Path) -> None:
        folder.mkdir()
        (folder / "records.sqlite").write_text("half")
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(replay, "running", lambda *_names: None)
    monkeypatch.setattr(replay, "_replayed", full)
    said = bcd("replay", "--until", "2025-06-30", "--to", str(tmp_path / "re"))
    assert said.status == FAILED
    assert "Hết chỗ trên đĩa" in said.err
    assert not (tmp_path / "re").exists()


def test_a_replay_writes_over_nothing(bcd: Bcd, tmp_path: Path) -> None:
    (tmp_path / "của ai đó").write_text("?")
    said = bcd("replay", "--until", "2025-06-30", "--to", str(tmp_path))
    assert said.status == USAGE
    assert (tmp_path / "của ai đó").read_text() == "?"
