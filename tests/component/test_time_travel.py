"""The past of an invented year: replayed into a sandbox, and compared between two moments."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from services.cli.stories.checking import load
from services.records.as_of import NOW, AsOf
from services.records.database import Database
from services.records.everything import MODELS
from services.records.rebuild import rebuild
from services.records.registers import REGISTERS
from services.records.timetravel.days import days
from services.records.timetravel.difference import Difference, Differences, differences
from services.records.timetravel.replay import replay
from services.records.timetravel.sandbox import database_of
from services.records.views import Views
from shared.eventstore.epoch import current_epoch
from shared.eventstore.port import RecordedEvent
from tests.component.house import House
from tests.component.story_house import told

YEAR = Path(__file__).parents[2] / "examples" / "nam-mau" / "nam-mau.yaml"
MAU = "mau"
BEFORE_THE_MERGER, AFTER_THE_MERGER = AsOf(date(2025, 6, 30)), AsOf(date(2025, 7, 2))


@pytest.fixture(scope="module")
def house() -> House:
    house = House()
    told(load(YEAR), house)
    return house


@pytest.fixture(scope="module")
def events(house: House) -> list[RecordedEvent]:
    return list(house.store.read_all())


@pytest.fixture(scope="module")
def database(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = database_of(tmp_path_factory.mktemp("now"))
    rebuild(house.store, database, MODELS)
    yield database
    database.close()


@pytest.fixture(scope="module")
def views(database: Database) -> Views:
    return Views(database, MODELS)


def compared(views: Views, before: AsOf, after: AsOf, *registers: str) -> Differences:
    tables = [REGISTERS[name].table for name in registers]
    return differences(views, MODELS, MAU, before, after, tables, limit=1000)


def by_key(found: Differences, column: str) -> dict[str, Difference]:
    return {str(one.key[column]): one for one in found.found}


def test_a_merger_shows_in_the_seats_with_the_events_that_moved_them(
    views: Views, events: list[RecordedEvent]
) -> None:
    found = compared(views, BEFORE_THE_MERGER, AFTER_THE_MERGER, "seats", "agencies")
    assert found.totals["agencies"]["changed"] > 0
    types = {f"{event.stream}@{event.revision}": event.type for event in events}
    merged = [one for one in found.found if one.register == "agencies" and one.kind == "changed"]
    assert {types[cause] for one in merged for cause in one.causes} >= {"AgencyMerged"}
    assert all(one.causes and one.columns for one in found.found)


def test_what_was_added_one_way_is_removed_the_other(views: Views) -> None:
    forth = compared(views, BEFORE_THE_MERGER, NOW, "tasks", "meetings", "feedback")
    back = compared(views, NOW, BEFORE_THE_MERGER, "tasks", "meetings", "feedback")
    opposite = {"added": "removed", "removed": "added", "changed": "changed"}
    assert [(one.register, one.key, opposite[one.kind]) for one in forth.found] == [
        (one.register, one.key, one.kind) for one in back.found
    ]
    assert {one.kind for one in forth.found} == {"added", "changed"}
    for there, here in zip(forth.found, back.found, strict=True):
        assert {name: pair[::-1] for name, pair in there.columns.items()} == dict(here.columns)


def test_every_cause_lies_between_the_moments(views: Views, events: list[RecordedEvent]) -> None:
    middle = events[len(events) // 2].position
    every = [name for name, one in REGISTERS.items() if one.table.name == name and one.model != "journal"]
    found = compared(views, AsOf(position=middle), NOW, *every)
    between = {f"{one.stream}@{one.revision}" for one in events if one.position > middle}
    assert len(found.found) > 200
    strangers = [one for one in found.found if one.kind != "removed" and not between & set(one.causes)]
    assert strangers == []


def test_between_a_moment_and_itself_nothing_differs(views: Views) -> None:
    assert compared(views, BEFORE_THE_MERGER, BEFORE_THE_MERGER, "tasks", "seats").found == ()
    assert compared(views, NOW, NOW, "tasks").totals == {}


def test_a_page_of_differences_is_cut_from_the_whole(views: Views) -> None:
    table = [REGISTERS["tasks"].table]
    whole = differences(views, MODELS, MAU, BEFORE_THE_MERGER, NOW, table, limit=1000)
    part = differences(views, MODELS, MAU, BEFORE_THE_MERGER, NOW, table, limit=3, offset=2)
    assert (part.found, part.totals) == (whole.found[2:5], whole.totals)


def test_a_replay_of_everything_gives_the_hashes_of_the_records(
    house: House, database: Database, tmp_path: Path
) -> None:
    done = replay(house.store.read_all, current_epoch(house.store), MODELS, tmp_path / "sandbox", NOW)
    report = rebuild(house.store, database, MODELS)
    assert done.hashes == {one.model: one.after for one in report.models}
    assert done.later == 0


@pytest.mark.parametrize("day", [date(2025, 1, 31), date(2025, 6, 30), date(2025, 12, 31)])
def test_a_replay_until_a_day_shows_what_the_records_show_as_of_it(
    house: House, views: Views, tmp_path: Path, day: date
) -> None:
    folder = tmp_path / "sandbox"
    replay(house.store.read_all, current_epoch(house.store), MODELS, folder, AsOf(day))
    register = REGISTERS["tasks"]
    here = register.table.select().where(register.table.c.committee == MAU).order_by(*register.ordered_by)
    replayed = database_of(folder)
    with views.as_of(MAU, AsOf(day), [register.model]) as view, Views(replayed, MODELS).now() as now:
        expected = view.db.execute(here).all()
        assert now.db.execute(here).all() == expected
    replayed.close()


def test_a_replay_until_a_position_or_a_time_takes_no_later_event(
    house: House, events: list[RecordedEvent], tmp_path: Path
) -> None:
    middle = events[len(events) // 2]
    epoch = current_epoch(house.store)
    at = replay(house.store.read_all, epoch, MODELS, tmp_path / "a", AsOf(position=middle.position))
    by = replay(house.store.read_all, epoch, MODELS, tmp_path / "b", AsOf(recorded=middle.recorded_at))
    assert at.position == middle.position
    assert (by.position, by.hashes) == (at.position, at.hashes)
    none = replay(
        house.store.read_all, epoch, MODELS, tmp_path / "c", AsOf(recorded=datetime(2000, 1, 1, tzinfo=UTC))
    )
    assert (none.position, none.events) == (0, 0)


def test_a_sandbox_is_never_made_over_something(house: House, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    with pytest.raises(FileExistsError):
        replay(house.store.read_all, current_epoch(house.store), MODELS, tmp_path, NOW)
    assert (tmp_path / "mine").read_text() == "kept"


def test_the_days_of_the_slider_are_those_on_which_something_took_effect(
    views: Views, events: list[RecordedEvent]
) -> None:
    with views.now() as now:
        found = days(now, MAU)
    assert [one["day"] for one in found] == sorted({one["day"] for one in found})
    assert sum(one["events"] for one in found) == sum(f"-{MAU}." in one.stream for one in events)
