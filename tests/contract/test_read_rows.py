"""Rows are written the same way on SQLite and on PostgreSQL, however they are gathered into calls."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, Connection, func, select
from sqlalchemy.exc import IntegrityError

from services.members.projections import committees
from services.records.database import Database
from services.records.everything import MODELS
from services.records.hashes import hashes_of
from services.records.projecting import Models
from shared.envelope import Envelope
from shared.eventstore.epoch import current_epoch
from shared.eventstore.port import RecordedEvent
from shared.messages import Event
from shared.readmodels import ROOM, ReadModel, Rows, metadata, provenance
from tests.contract import postgres
from tests.unit.records.facts import COMMITTEE, Recorder, appointed, envelope, established

postgres_url = postgres.postgres_url

KEY = {"committee": COMMITTEE}
SHEET = {"name": "Ban Chỉ đạo", **provenance(envelope(established()))}
FAR = 2**40
"""EventStoreDB's positions are places in a log of bytes: they leave 32 bits behind."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    made = Database(url if request.param == "sqlite" else request.getfixturevalue("postgres_url"))
    yield made
    made.close()


@pytest.fixture
def db(database: Database) -> Iterator[Connection]:
    with database.build(current_epoch(Recorder().store)).writer.begin() as db:
        yield db


def names(db: Connection) -> list[tuple[str, str]]:
    query = select(committees.c.committee, committees.c.name).order_by(committees.c.committee)
    return [(row.committee, row.name) for row in db.execute(query)]


def test_rows_with_other_columns_are_written_too(db: Connection) -> None:
    rows = Rows(db)
    rows.put_first(committees, KEY, SHEET)
    rows.put_first(committees, {"committee": "khac"}, {**SHEET, "parent": COMMITTEE})
    rows.flush()
    assert [row["parent"] for row in rows.find(committees, {"committee": "khac"})] == [COMMITTEE]
    assert names(db) == [("khac", "Ban Chỉ đạo"), (COMMITTEE, "Ban Chỉ đạo")]


def test_what_was_put_is_there_before_it_is_changed_or_looked_at(db: Connection) -> None:
    rows = Rows(db)
    rows.put(committees, KEY, SHEET)
    assert rows.change(committees, KEY, {"name": "mới"}) == 1
    rows.put(committees, {"committee": "khac"}, SHEET)
    assert [row["name"] for row in rows.find(committees, {"committee": "khac"})] == ["Ban Chỉ đạo"]
    rows.put(committees, {"committee": "nua"}, SHEET)
    assert rows.execute(select(func.count()).select_from(committees)).scalar_one() == 3
    assert rows.change(committees, {"committee": "khong co"}, {"name": "x"}) == 0
    assert rows.find(committees, {"committee": "khong co"}) == []


def test_a_row_that_is_there_keeps_what_is_not_put(db: Connection) -> None:
    rows = Rows(db)
    rows.put(committees, KEY, {**SHEET, "parent": "tinh"})
    rows.put(committees, KEY, {**SHEET, "name": "sau"})
    rows.put_first(committees, KEY, {**SHEET, "name": "muộn"})
    (row,) = rows.find(committees, KEY)
    assert (row["name"], row["parent"]) == ("sau", "tinh")


def test_none_in_a_key_means_that_nothing_is_there(db: Connection) -> None:
    rows = Rows(db)
    rows.put(committees, KEY, {**SHEET, "parent": None})
    rows.put(committees, {"committee": "con"}, {**SHEET, "parent": "tinh"})
    assert rows.change(committees, {"parent": None}, {"parent": "x", "name": "gốc"}) == 1
    assert rows.change(committees, {"parent": "tinh"}, {"name": "con"}) == 1
    rows.flush()
    assert names(db) == [("con", "con"), (COMMITTEE, "gốc")]


def test_rows_that_wait_are_bounded_and_none_is_lost(db: Connection) -> None:
    rows = Rows(db)
    for n in range(ROOM + 1):
        rows.put(committees, {"committee": f"c{n:04}"}, SHEET)
    assert len(names(db)) == ROOM
    rows.flush()
    assert len(names(db)) == ROOM + 1


def test_what_is_not_a_whole_row_is_refused(db: Connection) -> None:
    rows = Rows(db)
    with pytest.raises(ValueError, match="not the primary key"):
        rows.put(committees, {"name": "x"}, SHEET)
    rows.put(committees, KEY, {"name": "không rõ từ đâu"})
    with pytest.raises(IntegrityError):
        rows.flush()


def test_a_row_that_the_database_refuses_stops_its_stream_and_no_other(database: Database) -> None:
    """It is noticed only when the rows of many events are written together."""

    def careless(db: Rows, envelope: Envelope[Event]) -> None:
        half = envelope.stream.endswith(".b")
        db.put(committees, {"committee": envelope.stream}, {"name": "x"} if half else SHEET)

    recorder = Recorder()
    for stream in ("a", "b", "c", "b"):
        recorder.record(f"member-{COMMITTEE}.{stream}", appointed("s"))
    epoch, batch = current_epoch(recorder.store), list(recorder.store.read_all())
    models = Models(MODELS.codec, (ReadModel("careless", (committees,), careless),))
    with database.build(epoch).writer.begin() as db:
        held = models.project(db, batch)
        assert [name for name, _ in names(db)] == [f"member-{COMMITTEE}.a", f"member-{COMMITTEE}.c"]
    assert [(one.revision, one.held) for one in held.values()] == [(0, 1)]
    assert "IntegrityError" in held[f"member-{COMMITTEE}.b"].why


def test_every_column_of_positions_holds_those_of_a_large_store(database: Database) -> None:
    recorder = Recorder()
    recorder.record(f"committee-{COMMITTEE}.charter", established(), at="2021-10-13")
    recorder.record(f"member-{COMMITTEE}.roster", *(appointed(f"s{n}") for n in range(3)))
    epoch = current_epoch(recorder.store)
    batch = [_far(event) for event in recorder.store.read_all()]
    with database.build(epoch).writer.begin() as db:
        MODELS.project(db, batch)
        found = {
            table.name: db.execute(select(func.max(table.c.position))).scalar()
            for table in metadata.tables.values()
            if "position" in table.c and table.name != "checkpoint"  # which moves with the batch
        }
        assert hashes_of(db, MODELS.models)
    written = {name: position for name, position in found.items() if position is not None}
    assert {"journal", "committees", "committee_names", "seats"} <= written.keys()
    assert min(written.values()) > FAR


def test_no_position_is_kept_in_32_bits() -> None:
    columns = [table.c.position for table in metadata.tables.values() if "position" in table.c]
    assert len(columns) > 20
    assert [str(column) for column in columns if not isinstance(column.type, BigInteger)] == []


def _far(event: RecordedEvent) -> RecordedEvent:
    return replace(event, position=event.position + FAR)
