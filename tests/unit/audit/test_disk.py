"""A file is replaced as a whole, whatever happens in between."""

from pathlib import Path

import pytest

from shared.audit.disk import write_whole


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    write_whole(path, b"one")
    write_whole(path, b"another")
    assert path.read_bytes() == b"another"
    assert list(path.parent.iterdir()) == [path]


def test_until_it_is_on_disk_the_old_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_whole(path, b"one")

    def no_power(_descriptor: int) -> None:
        raise OSError("the power is gone")

    monkeypatch.setattr("os.fsync", no_power)
    with pytest.raises(OSError, match="power"):
        write_whole(path, b"another")
    assert path.read_bytes() == b"one"
    monkeypatch.undo()
    write_whole(path, b"another")  # what was left behind is written over
    assert list(tmp_path.iterdir()) == [path]
