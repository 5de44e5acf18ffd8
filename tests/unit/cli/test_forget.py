"""`bcd forget`: it asks before it destroys, orders first, and finishes what broke off."""

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from services.cli import forget
from services.cli.errors import INTERRUPTED, NOT_FOUND, REFUSED, UNAVAILABLE, USAGE
from services.cli.forget import KINDS, subject_of
from shared.errors import Refused
from shared.personal.connect import open_keys
from shared.personal.key_store import KeyStore
from shared.personal.keys import Tombstone
from shared.personal.marking import personal_fields
from shared.personal.tokens import Key
from shared.settings import load_settings
from tests.unit.cli.conftest import Bcd
from tests.unit.specimens import specimens

ARGUMENTS = ("chuyen-gia-a", "--ground", "Theo yêu cầu", "--document", "12/QĐ-BCĐ")
ROWS = {
    "members": [{"role": "chair", "holder": "truong-ban"}],
    "erasures": [
        {"subject_key": "person:chuyen-gia-a", "erasure_ground": "Theo yêu cầu"},
        {"subject_key": "person:khac", "erasure_ground": None},
    ],
}


class Fake:
    """The services: they take every command, unless they are told to refuse."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.refusing = False

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        if service == "records":
            return {"rows": ROWS[payload["name"]] if not payload.get("offset") else []}
        if self.refusing:
            raise Refused("D4.1.2", "only the chair")
        self.asked.append((method, payload))
        return {}

    def close(self) -> None: ...


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch, data: object) -> Fake:
    fake = Fake()
    monkeypatch.setattr(forget, "Services", lambda _uri: fake)
    monkeypatch.setattr(forget, "running", lambda *needed: load_settings())
    return fake


@pytest.fixture
def keys(services: Fake) -> Iterator[KeyStore]:
    made = open_keys(load_settings())
    yield made
    made.close()


@pytest.fixture
def key(keys: KeyStore) -> Key:
    found = keys.key_of("langson", "person:chuyen-gia-a")
    assert isinstance(found, Key)
    return found


def test_it_is_ordered_then_destroyed_then_recorded(
    bcd: Bcd, services: Fake, keys: KeyStore, key: Key
) -> None:
    said = bcd("forget", *ARGUMENTS, "--dated", "2026-02-03", "--yes", "--json")
    assert said.status == 0, said.err
    [left] = json.loads(said.out)
    assert keys.known("langson", "person:chuyen-gia-a") == Tombstone(**left)
    (first, order), (second, record) = services.asked
    assert (first, second) == ("order_erasure", "record_erasure")
    assert order["actor"] == record["actor"] == {"person": "truong-ban", "capacity": "chair"}
    assert order["data"]["document"] == {"number": "12/QĐ-BCĐ", "date": "2026-02-03"}
    assert record["data"]["key_id"] == key.id
    assert date.fromisoformat(record["data"]["destroyed_on"])


def test_what_the_regulation_refuses_is_not_destroyed(
    bcd: Bcd, services: Fake, keys: KeyStore, key: Key
) -> None:
    services.refusing = True
    said = bcd("forget", *ARGUMENTS, "--by", "pho-ban", "--capacity", "deputy", "--yes")
    assert said.status == REFUSED
    assert keys.known("langson", "person:chuyen-gia-a") == key


def test_it_asks_first(
    bcd: Bcd, services: Fake, keys: KeyStore, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bcd("forget", *ARGUMENTS).status == USAGE, "nobody is there to be asked"
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert bcd("forget", *ARGUMENTS).status == INTERRUPTED
    assert keys.known("langson", "person:chuyen-gia-a") == key
    assert not services.asked
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    said = bcd("forget", *ARGUMENTS)
    assert said.status == 0, said.err
    assert "Đã xóa: person:chuyen-gia-a" in said.out


class Terminal(io.StringIO):
    """Somebody who answers."""

    def isatty(self) -> bool:
        return True


def test_an_id_without_a_key_is_told_and_nothing_is_asked(bcd: Bcd, services: Fake, key: Key) -> None:
    said = bcd("forget", "chuyen-gia-b", *ARGUMENTS[1:], "--yes")
    assert said.status == NOT_FOUND
    assert "BCD_KEYS_URL" in said.err
    assert not services.asked


def test_again_carries_out_what_was_ordered_and_nothing_else(
    bcd: Bcd, services: Fake, keys: KeyStore, key: Key
) -> None:
    said = bcd("forget", "--again")
    assert said.status == 0, said.err
    assert [method for method, _ in services.asked] == ["record_erasure"]
    assert isinstance(keys.known("langson", "person:chuyen-gia-a"), Tombstone)
    assert keys.known("langson", "person:khac") is None


@pytest.mark.parametrize("arguments", [(), ("a",), ("a", "--ground", "b"), ("a", *ARGUMENTS[1:], "--again")])
def test_it_says_what_it_needs(bcd: Bcd, services: Fake, arguments: tuple[str, ...]) -> None:
    said = bcd("forget", *arguments)
    assert said.status == USAGE
    assert "--document" in said.err


def test_a_key_store_that_is_away_is_told(bcd: Bcd, services: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BCD_KEYS_URL", "sqlite:////proc/nowhere/keys.sqlite")
    said = bcd("forget", *ARGUMENTS, "--yes")
    assert said.status == UNAVAILABLE
    assert not services.asked


@pytest.mark.parametrize(
    ("person", "subject"),
    [
        ("chuyen-gia-a", "person:chuyen-gia-a"),
        ("agency:so-a", "person:agency:so-a"),
        ("seat:tgv-1", "seat:tgv-1"),
        ("feedback:pa-02", "feedback:pa-02"),
        ("feedback:", "person:feedback:"),
    ],
)
def test_whom_it_means(person: str, subject: str) -> None:
    assert subject_of(person) == subject


def test_every_kind_of_subject_that_values_are_sealed_for_can_be_named() -> None:
    found = set()
    for _, one in specimens():
        for mark in personal_fields(type(one.command)).values():
            found.add(mark.kind if mark.about else one.decider.category)
    assert found == set(KINDS)
