"""The key store keeps its promises on SQLite and on PostgreSQL alike, also when many ask at once."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, text

from shared.errors import StoreDown
from shared.followers.database import Place
from shared.personal.key_store import KeyStore, keys
from shared.personal.keys import Tombstone
from shared.personal.master import Master
from shared.personal.tokens import Key
from tests.contract import postgres

postgres_url = postgres.postgres_url
MASTER = Master(bytes(range(32)))
WHO = "person:chuyen-gia-a"


def store_at(url: str, master: Master = MASTER) -> KeyStore:
    return KeyStore(Place(url, "keys", 5.0), lambda: master)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'keys.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(url: str) -> Iterator[KeyStore]:
    made = store_at(url)
    yield made
    made.close()


def test_a_key_is_made_once_and_is_the_same_for_every_process(store: KeyStore, url: str) -> None:
    assert store.known("langson", WHO) is None
    made = store.key_of("langson", WHO)
    other = store_at(url)
    assert isinstance(made, Key)
    assert other.key_of("langson", WHO) == other.known("langson", WHO) == made
    assert other.find([made.id, "f" * 32]) == {made.id: made}
    other.close()


def test_many_who_ask_at_once_get_one_key(url: str) -> None:
    stores = [store_at(url) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda store: store.key_of("langson", WHO), stores * 4))
    assert all(isinstance(one, Key) for one in got)
    assert all(one == got[0] for one in got)
    for store in stores:
        store.close()


def test_destroyed_is_destroyed_for_every_process(store: KeyStore, url: str) -> None:
    made = store.key_of("langson", WHO)
    assert isinstance(made, Key)
    left = store.destroy("langson", WHO, "theo yêu cầu")
    assert store.destroy("langson", WHO, "lần nữa") == left
    other = store_at(url)
    assert other.key_of("langson", WHO) == left
    assert other.find([made.id]) == {made.id: left}
    assert isinstance(other.destroy("langson", "person:khac", "chưa có khóa"), Tombstone)
    assert isinstance(other.key_of("langson", "person:khac"), Tombstone)
    other.close()


def test_another_master_key_is_told(store: KeyStore, url: str) -> None:
    store.key_of("langson", WHO)
    other = store_at(url, Master(os.urandom(32)))
    with pytest.raises(StoreDown, match="BCD_KEYS_MASTER_FILE"):
        other.key_of("langson", "person:khac")
    other.close()


def test_on_postgresql_no_old_version_of_the_row_is_left(postgres_url: str) -> None:
    store = store_at(postgres_url)
    store.key_of("langson", WHO)
    with store.place.engine("write").begin() as db:
        [wrapped] = db.execute(select(keys.c.wrapped)).scalars()
        db.execute(text("create extension pageinspect"))
    assert wrapped in page_of(store)
    store.destroy("langson", WHO, "theo yêu cầu")
    assert wrapped not in page_of(store)
    assert "yêu cầu".encode() in page_of(store)
    store.close()


def page_of(store: KeyStore) -> bytes:
    """The bytes of the table's first page as they lie in its file."""
    with store.place.engine("write").begin() as db:
        db.execute(text("checkpoint"))
        raw = db.execute(text("select get_raw_page('keys.personal_keys', 0)")).scalar_one()
    return bytes(raw)


def test_a_server_that_is_away_is_told_within_its_limit(tmp_path: Path) -> None:
    store = KeyStore(Place(f"postgresql:///x?host={tmp_path}", "keys", 2.0), lambda: MASTER)
    with pytest.raises(StoreDown, match="key"):
        store.key_of("langson", WHO)
