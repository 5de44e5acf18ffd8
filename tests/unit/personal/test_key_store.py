"""Keys are made once, wrapped by the master key, and leave nothing behind when they are destroyed."""

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from shared.errors import StoreDown
from shared.personal.connect import open_keys
from shared.personal.key_store import KeyStore, keys
from shared.personal.keys import Tombstone
from shared.personal.master import read_or_make_master
from shared.personal.tokens import Key
from shared.settings import load_settings
from tests.unit.personal.stores import key_store

WHO = "person:chuyen-gia-a"


def made(store: KeyStore, subject: str = WHO) -> Key:
    found = store.key_of("langson", subject)
    assert isinstance(found, Key)
    return found


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def wrapped(store: KeyStore, key: Key) -> bytes:
    with store.place.engine("read").begin() as db:
        return bytes(db.execute(select(keys.c.wrapped).where(keys.c.key_id == key.id)).scalar_one())


def test_a_key_is_made_once_and_found_again_by_another_process(tmp_path: Path) -> None:
    first = made(key_store(tmp_path))
    assert len(first.secret) == 64
    again = key_store(tmp_path)
    assert made(again) == first
    assert again.find([first.id, "0" * 32]) == {first.id: first}
    assert made(again, "person:khac").secret != first.secret


def test_two_who_ask_at_once_get_the_same_key(tmp_path: Path) -> None:
    stores = [key_store(tmp_path) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(made, stores * 4))
    assert len({one.id for one in got}) == 1
    assert len({one.secret for one in got}) == 1


def test_no_secret_lies_readable_in_the_files(tmp_path: Path) -> None:
    key = made(key_store(tmp_path))
    assert key.secret not in everything_in(tmp_path)


def test_a_destroyed_key_is_in_no_file_and_is_never_made_again(tmp_path: Path) -> None:
    store = key_store(tmp_path)
    key, other = made(store), made(store, "person:khac")
    lay = wrapped(store, key)
    assert lay in everything_in(tmp_path)
    left = store.destroy("langson", WHO, "theo yêu cầu")
    assert (left.key_id, left.subject, left.ground) == (key.id, WHO, "theo yêu cầu")
    assert lay not in everything_in(tmp_path)
    assert store.key_of("langson", WHO) == left
    assert store.find([key.id]) == {key.id: left}
    assert store.destroy("langson", WHO, "lần nữa") == left
    assert made(key_store(tmp_path), "person:khac") == other
    assert isinstance(store.key_of("caobang", WHO), Key), "another committee has a key of its own"


def test_a_key_that_a_reader_keeps_in_the_log_of_the_database_is_not_said_to_be_destroyed(
    tmp_path: Path,
) -> None:
    store = key_store(tmp_path, limit=0.1)
    lay = wrapped(store, made(store))
    with closing(sqlite3.connect(tmp_path / "keys" / "keys.sqlite")) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from personal_keys").fetchone()
        with pytest.raises(StoreDown, match="run the command again"):
            store.destroy("langson", WHO, "theo yêu cầu")
    assert isinstance(store.destroy("langson", WHO, "theo yêu cầu"), Tombstone)
    assert lay not in everything_in(tmp_path)


def test_who_had_no_key_gets_none_after_the_erasure(tmp_path: Path) -> None:
    store = key_store(tmp_path)
    left = store.destroy("langson", WHO, "theo yêu cầu")
    assert left.key_id is None
    assert isinstance(store.key_of("langson", WHO), Tombstone)


def test_the_master_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    store = key_store(tmp_path)
    made(store)
    file = tmp_path / "keys" / "master"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    before = file.read_text()
    read_or_make_master(file)
    assert file.read_text() == before
    assert [path.name for path in file.parent.glob("master*")] == ["master"]


def test_another_master_key_is_told_before_anything_is_made_with_it(tmp_path: Path) -> None:
    made(key_store(tmp_path))
    (tmp_path / "keys" / "master").write_text("00" * 32)
    with pytest.raises(StoreDown, match="BCD_KEYS_MASTER_FILE"):
        key_store(tmp_path).key_of("langson", "person:khac")


@pytest.mark.parametrize("content", ["", "không phải khóa", "00" * 31, "zz" * 32])
def test_a_file_that_is_no_master_key_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "master").write_text(content)
    with pytest.raises(StoreDown, match="64"):
        key_store(tmp_path).key_of("langson", WHO)


def test_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "keys.sqlite").write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(StoreDown, match="key"):
        key_store(tmp_path).key_of("langson", WHO)


def test_the_settings_say_where_the_keys_and_the_master_key_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(open_keys(load_settings(data=tmp_path)))
    assert {path.name for path in (tmp_path / "keys").iterdir()} >= {"keys.sqlite", "master"}
    file = tmp_path / "elsewhere"
    file.write_text("ab" * 32)
    monkeypatch.setenv("BCD_KEYS_URL", f"sqlite:///{tmp_path / 'other.sqlite'}")
    monkeypatch.setenv("BCD_KEYS_MASTER_FILE", str(file))
    made(open_keys(load_settings(data=tmp_path / "unused")))
    assert (tmp_path / "other.sqlite").exists()
    assert not (tmp_path / "unused").exists()
