"""The year of a committee gives the same records on SQLite and on PostgreSQL, however it is gathered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle, islice, repeat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from services.cli.stories.checking import load
from services.records.answers import Answers
from services.records.database import Database
from services.records.everything import MODELS
from services.records.projecting import Models
from services.records.projector import Projector
from services.records.rebuild import rebuild
from services.records.registers import REGISTERS
from services.records.views import Views
from shared.contents.port import ContentsDown
from shared.errors import InvalidRequest, StoreDown
from shared.eventstore.epoch import current_epoch
from shared.eventstore.port import EventStore, RecordedEvent
from shared.followers.books import Held
from tests.component.house import House
from tests.component.story_house import told
from tests.contract import postgres

YEAR = Path(__file__).parents[2] / "examples" / "nam-mau" / "nam-mau.yaml"
COMMITTEES = ("mau", "mauhuyen")
MIDSUMMER, NEW_YEAR = "2025-06-30", "2025-12-31"
VIETNAMESE = "template template0 locale 'C' locale_provider icu icu_locale 'vi'"
"""As a province may have it: texts compare as in a dictionary, where SQLite compares bytes."""
SIZES = (1, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55)

fallen_back: list[Sequence[RecordedEvent]] = []
"""Batches that could not be projected at once."""


class Watched(Models):
    """Notes every batch that has to be tried again event by event."""

    def _one_by_one(self, db: Connection, batch: Sequence[RecordedEvent], held: dict[str, Held]) -> None:
        fallen_back.append(batch)
        super()._one_by_one(db, batch, held)


WATCHED = Watched(MODELS.codec, MODELS.models)


@dataclass(frozen=True)
class Read:
    """A read database that holds the year, and what answers from it."""

    database: Database
    answers: Answers

    def ask(self, method: str, **question: Any) -> dict[str, Any]:
        """What is answered, but for what only tells of the database itself; or why nothing is."""
        try:
            answer = self.answers.answer(method, question)
        except InvalidRequest as why:
            return {"refused": str(why)}
        return {name: value for name, value in answer.items() if name != "generation"}


@pytest.fixture(scope="module")
def store() -> EventStore:
    """The whole year, told once."""
    house = House()
    told(load(YEAR), house)
    return house.store


@pytest.fixture(scope="module")
def events(store: EventStore) -> list[RecordedEvent]:
    current_epoch(store)
    return list(store.read_all())


@pytest.fixture(scope="module")
def sqlite(
    store: EventStore, events: list[RecordedEvent], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Read]:
    """Projected in small batches, all of one size."""
    path = tmp_path_factory.mktemp("year") / "records.sqlite"
    yield from _read(f"sqlite:///{path}", store, events, repeat(7))


@pytest.fixture(scope="module")
def postgresql(store: EventStore, events: list[RecordedEvent]) -> Iterator[Read]:
    """Projected in batches of many sizes."""
    folder = postgres.the_server()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    yield from _read(postgres.new_database(folder, VIETNAMESE), store, events, cycle(SIZES))


def _read(url: str, store: EventStore, events: list[RecordedEvent], sizes: Iterator[int]) -> Iterator[Read]:
    database = Database(url)
    projector = Projector(database, WATCHED)
    projector.resume(current_epoch(store))
    left = iter(events)
    for size in sizes:
        if not (batch := list(islice(left, size))):
            break
        projector.handle(batch)
    assert projector.state()["quarantine"] == []
    answers = Answers(database)
    answers._desk = replace(answers._desk, views=Views(database, WATCHED))
    yield Read(database, answers)
    database.close()


@pytest.fixture(autouse=True)
def _nothing_falls_back() -> Iterator[None]:
    yield
    assert fallen_back == []


def test_every_register_has_the_same_rows(
    sqlite: Read, postgresql: Read, store: EventStore, events: list[RecordedEvent]
) -> None:
    """In batches of one size and of many, one event among them, and all at once as a rebuild does it."""
    found: list[dict[str, str | None]] = []
    for read in (sqlite, postgresql):
        report = rebuild(store, read.database, WATCHED)
        assert (report.events, report.quarantine) == (len(events), ())
        found += [
            {one.model: one.before for one in report.models},
            {one.model: one.after for one in report.models},
        ]
    assert None not in found[0].values()
    assert found == [found[0]] * 4
    status = sqlite.ask("status")
    assert status == postgresql.ask("status")
    assert status["rows"]["journal"] == len(events) - 1  # the one that begins the store's epoch
    empty = [name for name, rows in status["rows"].items() if not rows]
    assert empty == ["doubts"]  # nothing is from a source


@pytest.mark.parametrize("as_of", [None, MIDSUMMER])
def test_registers_are_read_alike(sqlite: Read, postgresql: Read, as_of: str | None) -> None:
    """In the same order, so that pages meet."""
    for committee in COMMITTEES if as_of is None else COMMITTEES[:1]:
        for name in REGISTERS:
            asked = {"name": name, "committee": committee, "as_of": as_of, "limit": 1000}
            there = sqlite.ask("register", **asked)
            assert there == postgresql.ask("register", **asked), (name, committee)
            assert "rows" in there


def test_a_past_day_has_less_than_the_present_one_and_the_last_day_as_much(sqlite: Read) -> None:
    def total(name: str, as_of: str | None = None) -> int:
        found: int = sqlite.ask("register", name=name, committee="mau", as_of=as_of)["total"]
        return found

    for name in ("tasks", "meetings", "journal"):
        assert 0 < total(name, MIDSUMMER) < total(name)
    assert total("tasks", "2026-12-31") == total("tasks")


def test_records_are_shown_alike(sqlite: Read, postgresql: Read) -> None:
    """The first of every register, and one as of a day, with the list of members of its own day."""
    asked = [(name, None) for name in REGISTERS if name != "doubts"]
    for name, as_of in [*asked, ("meetings", MIDSUMMER)]:
        listed = sqlite.ask("register", name=name, committee="mau", as_of=as_of, limit=1)
        identity = str(listed["rows"][0][REGISTERS[name].identity.name])
        question = {"name": name, "committee": "mau", "id": identity, "as_of": as_of}
        shown = sqlite.ask("show", **question)
        assert shown == postgresql.ask("show", **question), (name, identity)
        assert shown["events"], (name, identity)


def test_the_journal_is_searched_alike(sqlite: Read, postgresql: Read) -> None:
    def total(**question: Any) -> int:
        found = sqlite.ask("journal", committee="mau", limit=1000, **question)
        assert found == postgresql.ask("journal", committee="mau", limit=1000, **question)
        assert isinstance(found["total"], int)
        return found["total"]

    whole = total()
    assert 0 < total(stream="meeting-") < whole
    assert 0 < total(clause="D8.1") < whole
    assert 0 < total(since="2025-03-01", until=MIDSUMMER) < whole
    assert 0 < total(capacity="chair") < whole
    assert total(stream="MEETING-") == total(clause="d8.1") == total(stream="meeting_mau") == 0


def test_what_no_column_holds_is_found_on_neither(sqlite: Read, postgresql: Read) -> None:
    for name, value in (("year", 10**30), ("position", -(10**30)), ("series", "\0"), ("series", "\ud800")):
        asked = {"name": "outgoing", "committee": "mau", "filters": {name: value}}
        answers = [read.ask("register", **asked) for read in (sqlite, postgresql)]
        assert all("refused" in one or one["total"] == 0 for one in answers), (name, value)


def test_compliance_is_judged_alike(sqlite: Read, postgresql: Read) -> None:
    for question in ({"as_of": MIDSUMMER}, {"as_of": NEW_YEAR, "clause": "D8.1"}):
        judged = sqlite.ask("compliance", committee="mau", **question)
        assert judged == postgresql.ask("compliance", committee="mau", **question)
        assert judged["totals"]["kept"]
    assert judged["detail"]["occasions"]


def test_powers_are_proven_alike(sqlite: Read, postgresql: Read) -> None:
    for person, at in (("chu-tich-tinh-mau", MIDSUMMER), ("pho-chu-tich-tinh-mau", "2025-08-13")):
        asked = {"committee": "mau", "person": person, "at": at}
        proven = sqlite.ask("powers", **asked)
        assert proven == postgresql.ask("powers", **asked)
        assert proven["capacities"]


def test_figures_are_counted_alike(sqlite: Read, postgresql: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.records.answers.today", lambda: date(2026, 1, 31))
    for committee, period in zip(COMMITTEES, ("2025", "2025-Q2"), strict=True):
        drafted = sqlite.ask("activity", committee=committee, period=period)
        assert drafted == postgresql.ask("activity", committee=committee, period=period)
        assert any(one["value"] for one in drafted["figures"])


def test_what_is_kept_is_told_alike(sqlite: Read, postgresql: Read) -> None:
    there = sqlite.ask("completeness", committee="mau", year=2025)
    assert there == postgresql.ask("completeness", committee="mau", year=2025)
    assert there["totals"]["missing"] > 0
    assert there["totals"]["no_content"] > 0, "nothing is in the content store"
    assert {line["register"] for line in there["lines"]} > {"meetings", "outgoing", "file_plan"}


def test_a_content_store_that_is_away_is_said(sqlite: Read) -> None:
    def away(digest: str) -> bool:
        raise ContentsDown("s3://ho-so-mau/", "timed out")

    with pytest.raises(StoreDown, match="s3://ho-so-mau/"):
        Answers(sqlite.database, holds=away).answer("completeness", {"committee": "mau", "year": 2025})
