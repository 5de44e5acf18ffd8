"""Sealed values, one of which is erased: everything still verifies, and nobody reads it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.cli.asking import Records
from services.cli.forget import CHAIR, Forgetting
from services.cli.stories.checking import Story, load
from services.members.mandates import Mandates
from services.published import CODEC
from services.records.answers import Answers
from services.records.database import Database
from services.records.everything import MODELS
from services.records.hashes import hashes_of
from services.records.projector import Projector
from services.records.rebuild import rebuild
from services.records.views import Views
from shared.audit.leaf import entry_of
from shared.errors import BcdError, InvalidRequest, StoreDown
from shared.eventstore.epoch import current_epoch
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import EventStore, RecordedEvent
from shared.handling import CommandHandler
from shared.personal.key_store import KeyStore
from shared.personal.keys import Keys, Tombstone
from shared.personal.marking import personal_fields
from shared.personal.opening import Opening
from shared.personal.sealing import Sealing
from shared.personal.tokens import TOKEN, key_ids
from shared.runtime.commands import Commands
from shared.settings import load_settings
from tests.component.house import Direct, House
from tests.component.story_house import told
from tests.unit.personal.stores import key_store

YEAR = Path(__file__).parents[2] / "examples" / "nam-mau" / "nam-mau.yaml"
MAU = "mau"
GONE, KEPT = "pa-02", "pa-them"
SENDER, OTHER = "Một công dân xã Mẫu Ba (giả định)", "Người gửi hư cấu"
SPRING = date(2025, 2, 28)
PARTS = ("01-lap-ban", "06-phan-anh")
BY_COMPOSITION = "Thay theo"
"""How a seat ends that a decision replaced: nobody wrote it, it names the decision."""


class SealingDirect(Direct):
    """As `Direct`, but personal values are sealed."""

    def __init__(self, store: EventStore, keys: Keys) -> None:
        self._handler = CommandHandler(store, CODEC, Mandates(store), Sealing(keys))


class SealedHouse(House):
    """A house that seals personal values with these keys."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(MemoryStore())
        self.use(keys)

    def use(self, keys: Keys) -> None:
        self.keys = keys
        for service in self._services.values():
            service.commands = SealingDirect(self.store, keys)


@dataclass
class Year:
    """The year, its keys, and what reads it."""

    house: SealedHouse
    keys: KeyStore
    database: Database
    projector: Projector
    folder: Path

    def catch_up(self) -> None:
        position = self.projector.resume(current_epoch(self.house.store))
        if fresh := list(self.house.store.read_all(after=position)):
            self.projector.handle(fresh)

    def answers(self, keys: Keys | None = None) -> Answers:
        return Answers(self.database, None, Opening(keys or self.keys))

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        """Commands go to the house, questions to the records."""
        if service != "records":
            return self.house.call(service, method, payload, timeout=timeout)
        self.catch_up()
        return self.answers().answer(method, payload)

    def feedback(self, identity: str, keys: Keys | None = None) -> dict[str, Any]:
        asked = {"name": "feedback", "committee": MAU, "id": identity}
        shown: dict[str, Any] = self.answers(keys).answer("show", asked)
        return shown

    def hashes(self) -> dict[str, str]:
        with Views(self.database, MODELS).now() as view:
            return hashes_of(view.db, MODELS.models)

    def forgetting(self, keys: Keys | None = None) -> Forgetting:
        [chair] = self.answers().answer(
            "register", {"name": "members", "committee": MAU, "filters": {"role": CHAIR}}
        )["rows"]
        actor = {"person": chair["holder"], "capacity": CHAIR}
        return Forgetting(self, keys or self.keys, load_settings(committee=MAU), MAU, actor)

    def forget(self, keys: Keys | None = None) -> Tombstone:
        paper = {"number": "90/QĐ-BCĐM", "date": "2026-01-10"}
        return self.forgetting(keys).forget(f"feedback:{GONE}", "Người gửi yêu cầu (giả định)", paper)


@cache
def story() -> Story:
    return load(YEAR)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> SealedHouse:
    """The whole year, told with sealed values."""
    house = SealedHouse(key_store(tmp_path_factory.mktemp("year")))
    _report, clock = told(story(), house)
    assert clock.refusals == []
    return house


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    """The committee and its feedback up to the spring, with one piece more, and all that reads it."""
    keys = key_store(tmp_path)
    house = SealedHouse(keys)
    early = tuple(step for step in story().steps if step.day <= SPRING and step.place.startswith(PARTS))
    told(replace(story(), until=SPRING, steps=early), house)
    house.call("feedback", "receive_feedback", letter(house, KEPT), timeout=1)
    database = Database(f"sqlite:///{tmp_path / 'records.sqlite'}")
    made = Year(house, keys, database, Projector(database, MODELS), tmp_path)
    made.catch_up()
    yield made
    database.close()
    keys.close()


def letter(house: House, identity: str) -> dict[str, Any]:
    """A request to receive feedback, as the focal point asks it."""
    meta = CODEC.decode(received(list(house.store.read_all()), GONE)).meta
    actor = {"person": meta.actor.person, "capacity": meta.actor.capacity}
    data = {"feedback_id": identity, "subject": "Việc khác", "sender_wording": OTHER}
    around = {"command_id": str(uuid4()), "committee": MAU, "actor": actor}
    return {**around, "effective_at": "2025-02-20", "data": data}


def received(events: list[RecordedEvent], identity: str) -> RecordedEvent:
    return next(one for one in events if one.stream == f"feedback-{MAU}.{identity}")


def test_the_year_is_the_same_but_for_what_is_sealed(whole: SealedHouse) -> None:
    plain = House()
    told(story(), plain)
    shown, was, now = Opening(whole.keys), plain.history(), whole.history()
    assert len(was) == len(now)
    sealed = 0
    for one, other in zip(now, was, strict=True):
        data = one.event.model_dump(mode="json")
        assert shown.opened(data) == other.event.model_dump(mode="json")
        sealed += len(set(key_ids(data)))
    assert sealed > 10


def test_nothing_personal_is_stored_readable(whole: SealedHouse) -> None:
    looked = 0
    for one in whole.history():
        for name in personal_fields(type(one.event)):
            value = getattr(one.event, name)
            for text in filter(None, value if isinstance(value, tuple) else [value]):
                assert TOKEN.fullmatch(text) or text.startswith(BY_COMPOSITION), one.reference
                looked += 1
    assert looked > 10
    stored = b"".join(one.data + one.metadata for one in whole.store.read_all())
    assert SENDER.encode() not in stored


def test_after_an_erasure_everything_verifies_and_nobody_reads_it(year: Year) -> None:
    before = list(year.house.store.read_all())
    hashes, token = year.hashes(), json.loads(received(before, GONE).data)["sender_wording"]
    assert year.feedback(GONE)["rows"][0]["sender_wording"] == SENDER
    left = year.forget()
    assert left.key_id in token

    after = list(year.house.store.read_all())
    assert after[: len(before)] == before
    assert [entry_of(one) for one in after[: len(before)]] == [entry_of(one) for one in before]
    assert [one.type for one in after[len(before) :]] == ["ErasureOrdered", "PersonalDataErased"]

    year.catch_up()
    grown = {name for name, one in year.hashes().items() if one != hashes[name]}
    assert grown <= {"journal", "documents", "erasures"}, "what tells of the erasure itself, and no more"
    report = rebuild(year.house.store, year.database, MODELS)
    assert report.quarantine == ()
    assert year.hashes() == hashes_at_last(year)

    shown = year.feedback(GONE)
    assert "(đã xóa theo yêu cầu / " in shown["rows"][0]["sender_wording"]
    assert "(đã xóa theo yêu cầu / " in shown["events"][0]["data"]["sender_wording"]
    assert shown["rows"][0]["subject"] == "Nộp hồ sơ bị treo (giả định)"
    assert SENDER not in json.dumps(shown, ensure_ascii=False)
    assert year.feedback(KEPT)["rows"][0]["sender_wording"] == OTHER
    assert isinstance(year.keys.known(MAU, f"feedback:{GONE}"), Tombstone)
    [row] = year.answers().answer("register", {"name": "erasures", "committee": MAU})["rows"]
    assert (row["subject_key"], row["state"], row["key_id"]) == (f"feedback:{GONE}", "erased", left.key_id)


def hashes_at_last(year: Year) -> dict[str, str]:
    """The hashes of all that was recorded, projected anew into an empty database."""
    fresh = Database(f"sqlite:///{year.folder / 'again.sqlite'}")
    again = Projector(fresh, MODELS)
    again.resume(current_epoch(year.house.store))
    again.handle(list(year.house.store.read_all()))
    with Views(fresh, MODELS).now() as view:
        found = hashes_of(view.db, MODELS.models)
    fresh.close()
    return found


def test_a_repeated_command_is_answered_as_before_also_when_it_was_erased(year: Year) -> None:
    asked = letter(year.house, "pa-nua")
    first = year.house.call("feedback", "receive_feedback", asked, timeout=1)
    assert year.house.call("feedback", "receive_feedback", asked, timeout=1) == {**first, "repeated": True}
    other = {**asked, "data": {**asked["data"], "sender_wording": "Người khác"}}
    with pytest.raises(BcdError, match=asked["command_id"]):
        year.house.call("feedback", "receive_feedback", other, timeout=1)
    year.catch_up()
    year.forgetting().forget("feedback:pa-nua", "Yêu cầu (giả định)", {"number": "91/QĐ-BCĐM"})
    assert year.house.call("feedback", "receive_feedback", asked, timeout=1) == {**first, "repeated": True}
    anew = {**asked, "command_id": str(uuid4())}
    with pytest.raises(InvalidRequest, match="pa-nua"):
        year.house.call("feedback", "receive_feedback", anew, timeout=1)


class Broken:
    """A key store that is gone when something is to be destroyed."""

    def __init__(self, keys: KeyStore) -> None:
        self.key_of, self.known, self.find = keys.key_of, keys.known, keys.find

    def destroy(self, *_: object) -> Tombstone:
        raise StoreDown("the key store is away")


def test_what_broke_off_after_the_order_is_carried_out_when_it_is_run_again(year: Year) -> None:
    with pytest.raises(StoreDown):
        year.forget(Broken(year.keys))
    year.catch_up()
    assert year.feedback(GONE)["rows"][0]["sender_wording"] == SENDER
    [left] = year.forgetting().again(year_records(year))
    assert left.subject == f"feedback:{GONE}"
    year.catch_up()
    assert "(đã xóa theo yêu cầu / " in year.feedback(GONE)["rows"][0]["sender_wording"]
    told_once = len(list(year.house.store.read_all()))
    assert year.forget() == left
    assert list(year.forgetting().again(year_records(year))) == [left]
    assert len(list(year.house.store.read_all())) == told_once


def year_records(year: Year) -> Records:
    return Records(year, load_settings(committee=MAU))


def test_restored_without_the_keys_it_says_so_and_not_that_it_was_erased(year: Year, tmp_path: Path) -> None:
    year.forget()
    year.catch_up()
    elsewhere = key_store(tmp_path / "restored")
    for identity in (GONE, KEPT):
        shown = year.feedback(identity, elsewhere)["rows"][0]["sender_wording"]
        assert "(khóa không có ở đây / " in shown


def test_a_key_store_restored_from_an_old_copy_is_brought_up_to_date(year: Year, tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    year.keys.close()
    copies = {path.name: path.read_bytes() for path in folder.iterdir()}
    year.forget()
    year.keys.close()
    for path in folder.iterdir():
        path.unlink()
    for name, content in copies.items():
        (folder / name).write_bytes(content)
    restored = key_store(tmp_path)
    year.catch_up()
    assert year.feedback(GONE, restored)["rows"][0]["sender_wording"] == SENDER, "the old copy had the key"
    [_] = year.forgetting(restored).again(year_records(year))
    assert "(đã xóa theo yêu cầu / " in year.feedback(GONE, restored)["rows"][0]["sender_wording"]


class Away:
    """A key store that does not answer."""

    def key_of(self, *_: object) -> Any:
        raise StoreDown("the key store does not answer")

    known = find = destroy = key_of


def test_without_the_key_store_a_command_is_unavailable_and_nothing_is_recorded(year: Year) -> None:
    asked, head = letter(year.house, "pa-nua"), year.house.store.head()
    year.house.use(Away())
    with pytest.raises(StoreDown):
        year.house.call("feedback", "receive_feedback", asked, timeout=1)
    assert year.house.store.head() == head
    assert "(chưa đọc được" in year.feedback(KEPT, Away())["rows"][0]["sender_wording"]


def test_every_service_seals_with_the_keys_of_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BCD_DATA", str(tmp_path))
    monkeypatch.setattr("shared.runtime.commands.open_store", lambda _settings: MemoryStore())
    commands = Commands(CODEC, Mandates)
    assert commands.handler.sealing is not None
    made = commands.handler.sealing.keys.key_of(MAU, "person:a")
    commands.close()
    assert key_store(tmp_path).known(MAU, "person:a") == made
