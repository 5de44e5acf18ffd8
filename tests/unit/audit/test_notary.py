"""The notary signs every event once, in order, continues what it signed, and refuses everything else."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from shared.audit import disk
from shared.audit import notary as module
from shared.audit.index import Index
from shared.audit.leaf import entry_of
from shared.audit.log import Head, Log, LogError
from shared.audit.merkle import root
from shared.audit.notes import Signer
from shared.audit.tiles import Tiles
from shared.eventstore.epoch import begin_epoch, current_epoch
from shared.followers.errors import NeedsAPerson, NotNow
from tests.unit.audit.logs import (
    KEY,
    NEW_KEY,
    NoWitnesses,
    a_store,
    follow,
    happened,
    head_of,
    log_of,
    notary,
)
from tests.unit.audit.test_merkle import defined


def test_every_event_of_the_store_is_a_leaf_in_its_order(tmp_path: Path) -> None:
    store = a_store(300)
    follow(store, notary(store, tmp_path), batch=77)
    entries = [entry_of(event) for event in store.read_all()]
    head = head_of(tmp_path)
    assert len(entries) == 301  # the epoch's own event is one of them
    assert head.checkpoint.origin == f"bcd.example/log/{current_epoch(store)}"
    assert (head.size, head.checkpoint.root) == (301, defined(entries))
    assert list(Tiles(log_of(tmp_path), 301).entries()) == entries
    assert head.note.signed_by([KEY.verifier]) == [KEY.verifier]
    assert (log_of(tmp_path) / "keys").read_text() == f"{KEY.verifier}\n"
    assert (log_of(tmp_path) / "checkpoints" / "301").read_text() == str(head.note)


def test_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    store = a_store(10)
    follow(store, notary(store, tmp_path))
    happened(store, 290)
    one = notary(store, tmp_path)
    assert one.resume(current_epoch(store)) == list(store.read_all(limit=11))[-1].position
    one.release()
    follow(store, notary(store, tmp_path))
    assert head_of(tmp_path).checkpoint.root == defined([entry_of(event) for event in store.read_all()])
    leaf = Index(log_of(tmp_path)).find("meeting-mau.a", 299)
    assert leaf is not None
    assert leaf.number == 300
    assert {path.name for path in (log_of(tmp_path) / "checkpoints").iterdir()} == {"11", "301"}


def test_nothing_new_is_signed_again(tmp_path: Path) -> None:
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    before = (log_of(tmp_path) / "checkpoint").stat().st_ino
    follow(store, notary(store, tmp_path))
    assert (log_of(tmp_path) / "checkpoint").stat().st_ino == before


def test_under_load_a_head_is_signed_once_in_an_interval(tmp_path: Path) -> None:
    store, now, told = a_store(60), [0.0], NoWitnesses()
    one = notary(store, tmp_path, witnesses=told, clock=lambda: now[0], interval=10.0)
    events = list(store.read_all(after=one.resume(current_epoch(store))))
    for n, event in enumerate(events):
        now[0] = float(n)
        one.handle([event])
    assert [head.size for head in told.told] == [11, 21, 31, 41, 51, 61]
    one.idle()
    assert one.state()["signed"] == one.state()["leaves"] == 61


class _Cut(Exception):
    """The process ends here."""


def test_cut_after_every_write_it_goes_on_with_the_same_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each file and each entry of the index the process dies; the next one ends with the same tree."""
    store = a_store(258)
    follow(store, notary(store, tmp_path / "whole", interval=0), batch=130)
    wanted = head_of(tmp_path / "whole").checkpoint
    writes, last = 0, 0

    def cut_after(write: Any) -> Any:
        def writing(*arguments: Any) -> None:
            nonlocal writes
            write(*arguments)
            writes += 1
            if writes == last:
                raise _Cut

        return writing

    for name in ("tiles", "log", "notary"):
        monkeypatch.setattr(f"shared.audit.{name}.write_whole", cut_after(disk.write_whole))
    monkeypatch.setattr(Index, "append", cut_after(Index.append))
    for last in range(1, 100):
        folder, writes = tmp_path / str(last), 0
        try:
            follow(store, notary(store, folder, interval=0), batch=130)
        except _Cut:
            if (newest := log_of(folder) / "checkpoint").exists():  # no head is shown that is not kept
                assert (log_of(folder) / "checkpoints" / str(Head.parse(newest.read_text()).size)).exists()
            follow(store, notary(store, folder, interval=0), batch=90)
        else:
            break
        tiles = Tiles(log_of(folder), wanted.size)
        assert head_of(folder).checkpoint == wanted
        for path in (log_of(folder) / "checkpoints").iterdir():
            signed = Head.parse(path.read_text())
            assert signed.note.signed_by([KEY.verifier])
            assert root(signed.size, tiles.node) == signed.checkpoint.root
        shutil.rmtree(folder)
    assert last > 15  # else little was tried


def test_a_lost_index_is_filled_again_and_no_smaller_tree_is_signed(tmp_path: Path) -> None:
    store = a_store(400)
    follow(store, notary(store, tmp_path))
    for path in log_of(tmp_path).glob("index.sqlite*"):
        path.unlink()
    told = NoWitnesses()
    follow(store, notary(store, tmp_path, witnesses=told), batch=50)
    assert [head.size for head in told.told] == [401]  # the one that was published before
    happened(store)
    follow(store, notary(store, tmp_path))
    assert head_of(tmp_path).size == 402


def test_no_smaller_and_no_equal_tree_is_ever_signed(tmp_path: Path) -> None:
    store = a_store(10)
    follow(store, notary(store, tmp_path))
    for size in (3, 11):
        log = Log(log_of(tmp_path), head_of(tmp_path).checkpoint.origin)
        with pytest.raises(LogError, match=f"a tree of 11 leaves was signed already; one of {size} is not"):
            log.publish(size, [], lambda: (KEY,))


def test_a_changed_tile_stops_it(tmp_path: Path) -> None:
    store = a_store(300)
    follow(store, notary(store, tmp_path))
    tile = log_of(tmp_path) / "tile" / "1" / "000.p" / "1"
    tile.write_bytes(bytes(32))
    happened(store)
    with pytest.raises(NeedsAPerson, match="do not continue the tree of 301 leaves"):
        follow(store, notary(store, tmp_path))
    assert head_of(tmp_path).size == 301


def test_a_store_that_was_set_back_stops_it(tmp_path: Path) -> None:
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    other = a_store(0)
    with pytest.raises(NeedsAPerson, match=r"leaf 3 for event meeting-mau\.a@2"):
        notary(other, tmp_path).resume(current_epoch(store))


def test_another_history_of_the_same_store_is_not_signed(tmp_path: Path) -> None:
    """The index is gone with the memory of what was read; the tiles still know."""
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    for path in log_of(tmp_path).glob("index.sqlite*"):
        path.unlink()
    one = notary(store, tmp_path)
    one.resume(current_epoch(store))
    events = list(store.read_all())
    with pytest.raises(NeedsAPerson, match="with other content than the events give now"):
        one.handle([events[1], events[0], events[2], events[3]])


def test_a_new_epoch_is_a_new_log_with_the_whole_history(tmp_path: Path) -> None:
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    first = log_of(tmp_path)
    begin_epoch(store, "khôi phục từ bản sao lưu")
    told = NoWitnesses()
    follow(store, notary(store, tmp_path, witnesses=told), batch=2)
    assert log_of(tmp_path) != first
    assert (head_of(tmp_path).size, [head.size for head in told.told]) == (
        5,
        [5],
    )  # not before its epoch began
    assert (first / "checkpoint").exists()


def test_another_key_or_another_name_stops_it(tmp_path: Path) -> None:
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    happened(store)
    with pytest.raises(NeedsAPerson, match=rf"must be signed with the key {KEY.verifier.name}\+"):
        follow(store, notary(store, tmp_path, NEW_KEY))
    with pytest.raises(NeedsAPerson, match=r"not 'other\.example/log/"):
        follow(store, notary(store, tmp_path, Signer("other.example/log", 1, bytes(32))))


def test_a_damaged_head_stops_it(tmp_path: Path) -> None:
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    whole = (log_of(tmp_path) / "checkpoint").read_text()
    for damaged in ("", "nonsense", whole.replace("\n4\n", "\n5\n"), whole[:-20] + "\n"):
        (log_of(tmp_path) / "checkpoint").write_text(damaged)
        with pytest.raises(NeedsAPerson):
            follow(store, notary(store, tmp_path))


@pytest.mark.parametrize("name", ["keys", "adoptions"])
@pytest.mark.parametrize("content", [b"nonsense", b"\xff"])
def test_damaged_keys_stop_it_with_a_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    (log_of(tmp_path) / name).write_bytes(content)
    with pytest.raises(NeedsAPerson, match="damaged"):
        follow(store, notary(store, tmp_path))


def test_two_notaries_do_not_write_in_one_folder(tmp_path: Path) -> None:
    store = a_store(3)
    first, second = notary(store, tmp_path), notary(store, tmp_path)
    first.resume(current_epoch(store))
    with pytest.raises(NotNow, match="another notary writes"):
        second.resume(current_epoch(store))
    first.release()
    second.resume(current_epoch(store))
    second.release()


def test_a_full_disk_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = a_store(3)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shared.audit.tiles.write_whole", full)
    one = notary(store, tmp_path)
    with pytest.raises(NotNow, match="No space left"):
        follow(store, one)
    monkeypatch.undo()
    follow(store, notary(store, tmp_path))
    assert head_of(tmp_path).size == 4


def test_what_it_says_of_itself(tmp_path: Path) -> None:
    store = a_store(3)
    one = notary(store, tmp_path)
    assert one.state() == {}
    follow(store, one)
    assert one.state() == {
        "leaves": 4,
        "signed": 4,
        "origin": f"bcd.example/log/{current_epoch(store)}",
        "witnesses": [],
    }
    assert one.name == module.NAME
    with sqlite3.connect(log_of(tmp_path) / "index.sqlite") as db:
        assert db.execute("select count(*) from leaf").fetchone() == (4,)
