"""What the embedded server makes of the folder it finds: all that was acknowledged, or a sentence why not."""

import shutil
from pathlib import Path

import pytest

from shared.eventstore.embedded.log.acknowledged import Acknowledged, Mark
from shared.eventstore.embedded.log.folder import DataFolder, FolderError
from shared.eventstore.embedded.log.opening import OpeningError
from tests.contract.store.folders import (
    CREATED,
    Written,
    being_written,
    copied,
    events,
    flip,
    frames,
    killed,
    opened,
    proposed,
)


@pytest.fixture
def folder(tmp_path: Path) -> Written:
    return killed(tmp_path / "killed")


def test_after_a_kill_everything_is_there_and_examined(folder: Written) -> None:
    (told,) = opened(folder)
    assert told == (
        f"31 events up to position {folder.positions[-1]} were examined, "
        "since the last server did not come to a clean end: they are whole"
    )
    assert [row.position for row in events(folder)] == folder.positions
    assert opened(folder) == [], "after a clean end there is nothing to tell"


def test_a_cut_write_ahead_log_is_never_served_as_if_it_were_whole(folder: Written, tmp_path: Path) -> None:
    """As after a power loss under a disk that lied, or a file that was shortened: at frames and beside."""
    ends = frames(folder.write_ahead)
    cuts = [0, 1, 31, 32, *ends[1:-1:7], *(end - 1 for end in ends[1::7]), ends[-1] - 1]
    for number, cut in enumerate(cuts):
        shortened = copied(folder, tmp_path / f"cut.{number}")
        with shortened.write_ahead.open("r+b") as file:
            file.truncate(cut)
        left = shortened.write_ahead.read_bytes()
        with pytest.raises(OpeningError) as refusal:
            opened(shortened)
        said = str(refusal.value)
        assert f"and events up to {folder.positions[-1]} were acknowledged" in said
        assert "restore a backup" in said
        assert shortened.write_ahead.read_bytes() == left, "what is left is evidence"


def test_a_removed_write_ahead_log_is_missed_until_the_loss_is_accepted(folder: Written) -> None:
    folder.write_ahead.unlink()
    with pytest.raises(OpeningError, match="ends at position"):
        opened(folder)

    accepted, examined = opened(folder, accept_loss=True)
    assert "cut short, removed, or of an older copy" in accepted
    assert accepted.endswith("accepted, the server goes on with what there is")
    assert "are whole" in examined
    assert len(events(folder)) < len(folder.positions)
    assert opened(folder) == []


def test_a_write_that_was_never_finished_is_left_out(tmp_path: Path) -> None:
    with being_written(tmp_path / "running") as (log, running):
        log.begin()
        log.add("counts", 30, [proposed("y" * 30_000)], CREATED)
        log.commit()  # and killed before the mark: the client has no answer
        cut = copied(running, tmp_path / "cut")
    last = frames(cut.write_ahead)[-2]
    with cut.write_ahead.open("r+b") as file:
        file.truncate(last + 100)

    left_out, _ = opened(cut)

    assert "an unfinished write of" in left_out
    assert left_out.endswith("bytes was found and left out; it was never acknowledged")
    assert [row.position for row in events(cut)] == cut.positions


@pytest.mark.parametrize("marked", [True, False], ids=["with the mark", "without a mark"])
def test_damage_before_whole_commits_is_refused(folder: Written, marked: bool) -> None:
    """After a power loss the mark may be an old one: the write-ahead log itself shows what stood there."""
    if not marked:
        folder.mark.unlink()
    flip(folder.write_ahead, frames(folder.write_ahead)[10] + 1000)
    with pytest.raises(
        OpeningError, match=r"it is damaged behind frame \d+ .* commits stand behind the damage"
    ):
        opened(folder)
    said = opened(folder, accept_loss=True)
    assert "accepted" in said[0]


def test_a_damaged_header_of_the_write_ahead_log_is_refused(folder: Written) -> None:
    folder.mark.unlink()
    for byte in (0, 9, 17, 25):
        flip(folder.write_ahead, byte)
        with pytest.raises(OpeningError, match="its header is damaged"):
            opened(folder)
        flip(folder.write_ahead, byte)
    opened(folder)


def test_a_mark_that_cannot_be_read_is_said_and_renewed(folder: Written) -> None:
    for damage in (lambda: flip(folder.mark, 10), lambda: folder.mark.write_bytes(b"")):
        damage()
        assert any("cannot be read" in told and "renewed" in told for told in opened(folder))
        assert opened(folder) == []


def test_an_older_copy_of_the_log_is_refused(tmp_path: Path) -> None:
    with being_written(tmp_path / "running") as (log, running):
        older = copied(running, tmp_path / "older")
        opened(older)
        log.begin()
        log.add("counts", 30, [proposed()], CREATED)
        log.commit()
        marked = Acknowledged(running.mark)
        marked.write(Mark(*log.latest()))
        marked.close()
        newer = copied(running, tmp_path / "newer")
    opened(newer)
    shutil.copy(older.log, newer.log)
    with pytest.raises(OpeningError, match=f"ends at position {older.positions[-1]}, and events up to"):
        opened(newer)


def test_the_log_of_another_folder_is_refused(folder: Written, tmp_path: Path) -> None:
    with being_written(tmp_path / "other") as (_, other):
        pass
    opened(folder)
    shutil.copy(other.log, folder.log)
    with pytest.raises(OpeningError, match="holds another event at position"):
        opened(folder)


def test_a_missing_log_is_missed(folder: Written) -> None:
    folder.log.unlink()
    with pytest.raises(OpeningError, match=r"events\.sqlite is missing, and events up to position \d+"):
        opened(folder)
    folder.mark.unlink()
    with pytest.raises(OpeningError, match=r"events\.sqlite is missing, and events\.sqlite-wal beside it"):
        opened(folder)


@pytest.mark.parametrize(("byte", "said"), [(0, "not a database"), (4096 + 1, "malformed|damaged|lost")])
def test_a_damaged_file_is_refused_in_a_sentence(folder: Written, byte: int, said: str) -> None:
    opened(folder)
    flip(folder.log, byte)
    with pytest.raises(OpeningError, match=said) as refusal:
        opened(folder, examine_all=True)
    assert "\n" not in str(refusal.value)


def test_a_folder_out_of_reach_is_refused_in_a_sentence(folder: Written) -> None:
    opened(folder)
    folder.mark.unlink()
    folder.mark.mkdir()
    with pytest.raises(OpeningError, match=r"the data folder .* cannot be used: .*acknowledged: Is a dir"):
        opened(folder)


def test_a_file_in_the_place_of_the_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(FolderError, match=r"the data folder .*data cannot be used"):
        DataFolder(tmp_path / "data")
