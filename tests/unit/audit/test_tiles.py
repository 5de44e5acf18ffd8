"""The files of a log: what is written is read again, whatever came together, and damage is told."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.audit.merkle import root
from shared.audit.pruning import drop_partials
from shared.audit.tiles import LARGEST_ENTRY, Tiles, TilesError, TileWriter, tile_path
from tests.unit.audit.test_merkle import defined


def entries(count: int, first: int = 0) -> list[bytes]:
    return [f"entry {n}".encode() for n in range(first, first + count)]


@given(parts=st.lists(st.sampled_from([1, 2, 100, 255, 256, 257, 600]), min_size=1, max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_appended_in_parts_is_one_tree(
    parts: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("log")
    size, written = 0, list[bytes]()
    for part in parts:
        writer = TileWriter(folder, size)  # a new process each time
        writer.append(entries(part, size))
        written += entries(part, size)
        size = writer.size
    tiles = Tiles(folder, size)
    assert list(tiles.entries()) == written
    assert root(size, tiles.node) == defined(written)


def test_a_third_level_of_tiles(tmp_path: Path) -> None:
    writer = TileWriter(tmp_path, 0)
    writer.append(entries(256 * 256 + 3))
    assert (tmp_path / "tile" / "2" / "000.p" / "1").stat().st_size == 32
    assert (tmp_path / "tile" / "0" / "256.p" / "3").stat().st_size == 96
    assert root(writer.size, Tiles(tmp_path, writer.size).node) == defined(entries(256 * 256 + 3))


def test_an_older_head_is_read_from_the_files_of_a_newer_one(tmp_path: Path) -> None:
    TileWriter(tmp_path, 0).append(entries(700))
    for size in (1, 255, 256, 300, 512, 699):
        tiles = Tiles(tmp_path, size)
        assert root(size, tiles.node) == defined(entries(size))
        assert list(tiles.entries()) == entries(size)


def test_paths_are_those_of_the_specification() -> None:
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(3, 5, 17) == "tile/3/005.p/17"
    assert tile_path("entries", 1000) == "tile/entries/x001/000"


def test_what_is_missing_or_cut_short_is_told(tmp_path: Path) -> None:
    TileWriter(tmp_path, 0).append(entries(300))
    first = tmp_path / tile_path(0, 0)
    first.write_bytes(first.read_bytes()[:-1])
    with pytest.raises(TilesError, match=r"tile/0/000 holds 8191 bytes, not 8192"):
        Tiles(tmp_path, 300).node(0, 3)
    first.unlink()
    with pytest.raises(TilesError, match="tile/0/000 is missing"):
        Tiles(tmp_path, 300).node(0, 3)


def test_an_entry_that_is_too_large_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at most 65535 bytes"):
        TileWriter(tmp_path, 0).append([b"", b"x" * (LARGEST_ENTRY + 1)])
    assert list(tmp_path.iterdir()) == []


def test_partial_tiles_go_when_the_full_one_is_there(tmp_path: Path) -> None:
    writer = TileWriter(tmp_path, 0)
    for _ in range(5):
        writer = TileWriter(tmp_path, writer.size)
        writer.append(entries(100, writer.size))
    drop_partials(tmp_path, 200, 500)
    assert not (tmp_path / "tile" / "0" / "000.p").exists()
    assert not (tmp_path / "tile" / "entries" / "000.p").exists()
    assert {path.name for path in (tmp_path / "tile" / "0" / "001.p").iterdir()} == {"244"}
    for size in (100, 200, 300, 400, 500):
        assert list(Tiles(tmp_path, size).entries()) == entries(size)
        assert root(size, Tiles(tmp_path, size).node) == defined(entries(size))
    TileWriter(tmp_path, 200).append(entries(300, 200))  # what an index from before the loss asks for again
    assert Tiles(tmp_path, 500).entry(499) == b"entry 499"


def test_the_partial_tiles_of_signed_heads_stay(tmp_path: Path) -> None:
    writer = TileWriter(tmp_path, 0)
    for _ in range(5):
        writer = TileWriter(tmp_path, writer.size)
        writer.append(entries(10, writer.size))
    drop_partials(tmp_path, 0, 30)
    drop_partials(tmp_path, 30, 50)
    for kind in ("0", "entries"):
        assert {path.name for path in (tmp_path / "tile" / kind / "000.p").iterdir()} == {"30", "50"}


def test_another_history_is_not_written_over_what_is_there(tmp_path: Path) -> None:
    TileWriter(tmp_path, 0).append(entries(300))
    with pytest.raises(TilesError, match="tile/entries/000 is there with other content"):
        TileWriter(tmp_path, 0).append(entries(300, 1))
