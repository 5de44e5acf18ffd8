"""Only what the product made is ever deleted."""

from pathlib import Path

import pytest

from services.cli.datafolder import MARKER, claim, reset
from services.cli.errors import CliError
from shared.runtime.child import hold


def test_a_new_folder_is_claimed(data: Path) -> None:
    claim(data)
    claim(data)
    assert [path.name for path in data.iterdir()] == [MARKER]


def test_a_folder_of_somebody_else_is_refused_and_untouched(data: Path) -> None:
    data.mkdir()
    (data / "luận-văn.odt").write_text("x")
    (data / "store").mkdir()
    for act in (claim, reset):
        with pytest.raises(CliError, match="không xóa gì"):
            act(data)
    assert (data / "store").exists()
    assert not (data / MARKER).exists()


def test_reset_deletes_ours_and_names_what_it_left(data: Path) -> None:
    claim(data)
    (data / "store").mkdir()
    (data / "store" / "events.sqlite").write_text("x")
    (data / "records_records_v1.sqlite-wal").write_text("x")
    (data / "note.txt").write_text("x")
    assert [path.name for path in reset(data)] == ["note.txt"]
    assert sorted(path.name for path in data.iterdir()) == [MARKER, "note.txt"]


def test_reset_of_nothing_is_nothing(data: Path) -> None:
    assert reset(data) == []
    assert not data.exists()


def test_a_running_system_is_not_reset(data: Path) -> None:
    claim(data)
    (data / "store").mkdir()
    lock = hold(data / "supervisor.lock")
    assert lock is not None
    with lock, pytest.raises(CliError, match="in use"):
        reset(data)
    assert (data / "store").exists()
