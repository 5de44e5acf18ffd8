"""The read database keeps its promises on SQLite and on PostgreSQL alike."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, text

from services.members.events import MemberReleased
from services.records.answers import Answers
from services.records.database import BOOKS, Database, RebuildRuns
from services.records.everything import MODELS
from services.records.generation import GENERATIONS
from services.records.hashes import hashes_of
from services.records.projecting import Models
from services.records.projector import Projector
from services.records.rebuild import rebuild
from services.records.views import Views
from shared.envelope import Source
from shared.errors import InvalidRequest
from shared.eventstore.epoch import WrongEpoch, begin_epoch, current_epoch
from shared.eventstore.port import BEGINNING, RecordedEvent
from shared.followers.books import Held
from shared.followers.errors import Moved, NeedsAPerson, NotNow
from shared.messages import DocumentRef
from tests.contract import postgres
from tests.unit.records.facts import COMMITTEE, DECISION, Recorder, appointed, established

postgres_url = postgres.postgres_url

ROSTER = f"member-{COMMITTEE}.roster"
CHARTER = f"committee-{COMMITTEE}.charter"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(url: str) -> Database:
    return Database(url, limit=5.0)


def filled(seats: int = 3) -> Recorder:
    recorder = Recorder()
    recorder.record(CHARTER, established(), at="2021-10-13")
    source = Source(reference="https://example.org/nguon", inferred=("holder",), conflict="19 ≠ 23")
    for n in range(seats):
        recorder.record(ROSTER, appointed(f"s{n}"), at="2022-09-28", document=DECISION, source=source)
    return recorder


def caught_up(recorder: Recorder, database: Database) -> Projector:
    """A projector that has handled everything, one event at a time."""
    projector = Projector(database, MODELS)
    follow(recorder, projector)
    return projector


def follow(recorder: Recorder, projector: Projector) -> None:
    position = projector.resume(current_epoch(recorder.store))
    for event in list(recorder.store.read_all(after=position)):
        projector.handle([event])


def names(database: Database, register: str = "members", **question: object) -> list[str]:
    answer = Answers(database).register({"name": register, "committee": COMMITTEE, **question})
    return [row["seat"] for row in answer["rows"]]


def test_the_checkpoint_lies_with_the_rows(database: Database) -> None:
    recorder = filled()
    caught_up(recorder, database)
    generation = database.current()
    assert generation is not None
    assert generation.checkpoint().position == recorder.store.head()

    again = Projector(Database(database._url), MODELS)
    assert again.resume(current_epoch(recorder.store)) == recorder.store.head()
    assert names(database) == ["s0", "s1", "s2"]


def test_batches_of_any_size_give_the_same_rows(database: Database, tmp_path: Path) -> None:
    recorder = filled(20)
    caught_up(recorder, database)
    other = Database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    projector = Projector(other, MODELS)
    projector.resume(current_epoch(recorder.store))
    projector.handle(list(recorder.store.read_all()))

    def hashes(one: Database) -> dict[str, str]:
        generation = one.current()
        assert generation is not None
        with generation.reader.begin() as db:
            return hashes_of(db, MODELS.models)

    assert hashes(database) == hashes(other)  # and PostgreSQL gives the hashes of SQLite


def test_two_projectors_cannot_overtake_each_other(database: Database) -> None:
    recorder = filled()
    epoch, events = current_epoch(recorder.store), list(recorder.store.read_all())
    first, second = Projector(database, MODELS), Projector(database, MODELS)
    first.resume(epoch)
    second.resume(epoch)
    first.handle(events)
    with pytest.raises(NotNow, match="two of us"):
        second.handle(events)
    assert second.resume(epoch) == recorder.store.head()
    assert names(database) == ["s0", "s1", "s2"]


def test_a_poison_event_stops_its_stream_and_no_other(database: Database) -> None:
    recorder = filled(1)
    recorder.poison(f"agency-{COMMITTEE}.x")
    recorder.record(f"agency-{COMMITTEE}.x", established("bị giữ lại"), at="2023")
    recorder.record(ROSTER, appointed("late"), at="2023", document=DECISION)
    current_epoch(recorder.store)
    projector = Projector(database, MODELS)
    projector.resume(current_epoch(recorder.store))
    projector.handle(list(recorder.store.read_all()))

    (held,) = projector.state()["quarantine"]
    assert (held["stream"], held["revision"], held["held"]) == (f"agency-{COMMITTEE}.x", 0, 1)
    assert "the type is not known" in held["why"]
    assert names(database) == ["s0", "late"]
    status = Answers(database).status({})
    assert status["quarantine"] == [f"agency-{COMMITTEE}.x"]
    assert status["rows"]["journal"] == 3


def test_a_rebuild_gives_the_same_hashes_and_switches(database: Database) -> None:
    recorder = filled(5)
    projector = caught_up(recorder, database)
    seen: list[int] = []
    report = rebuild(recorder.store, database, MODELS, lambda events, _at, _to: seen.append(events))

    assert report.equal, report
    assert (report.generation, report.previous, report.position) == (2, 1, recorder.store.head())
    assert seen[-1] == report.events
    with pytest.raises(Moved):
        projector.idle()
    assert projector.resume(current_epoch(recorder.store)) == recorder.store.head()
    kept = database.previous()
    assert kept is not None
    assert kept.place.exists()

    rebuild(recorder.store, database, MODELS)
    assert not kept.place.exists()


def test_a_rebuild_shows_what_differs(database: Database) -> None:
    recorder = filled(2)
    caught_up(recorder, database)
    generation = database.current()
    assert generation is not None
    members = next(model for model in MODELS.models if model.name == "members")
    with generation.writer.begin() as db:
        db.execute(members.tables[0].update().values(post="sửa tay"))
    report = rebuild(recorder.store, database, MODELS)
    assert [one.model for one in report.models if not one.equal] == ["members"]
    assert not report.equal
    assert not report.switched


def test_a_generation_that_is_behind_is_compared_where_it_is(database: Database) -> None:
    recorder = filled(2)
    caught_up(recorder, database)
    reached = recorder.store.head()
    recorder.record(ROSTER, appointed("new"), at="2023", document=DECISION)
    report = rebuild(recorder.store, database, MODELS, patience=0.0)
    assert report.equal
    assert (report.position, report.reached) == (reached, recorder.store.head())
    assert names(database) == ["s0", "s1", "new"]


def test_a_rebuild_that_was_killed_leaves_no_trace(database: Database) -> None:
    recorder = filled(2)
    caught_up(recorder, database)
    leftover = database.build(current_epoch(recorder.store))  # begun, never switched
    assert names(database) == ["s0", "s1"]
    report = rebuild(recorder.store, Database(database._url), MODELS)
    assert report.equal
    assert report.generation == leftover.number


def test_one_rebuild_at_a_time(database: Database, url: str) -> None:
    recorder = filled(1)
    with database.rebuilding(), pytest.raises(RebuildRuns):
        rebuild(recorder.store, Database(url), MODELS)


def test_another_epoch_stops_the_projector_and_a_rebuild_heals(database: Database) -> None:
    recorder = filled(1)
    projector = caught_up(recorder, database)
    began = begin_epoch(recorder.store, "restored from a backup")
    with pytest.raises(WrongEpoch, match="bcd rebuild"):
        projector.resume(began)
    report = rebuild(recorder.store, database, MODELS)
    assert report.not_compared is not None
    assert projector.resume(began) == recorder.store.head()


def test_tables_of_another_version_stop_the_projector(database: Database) -> None:
    recorder = filled(1)
    projector = caught_up(recorder, database)
    with database.control() as db:
        db.execute(GENERATIONS.update().values(shape="older"))
    database._known.clear()
    with pytest.raises(NeedsAPerson, match="bcd rebuild"):
        projector.resume(current_epoch(recorder.store))


def test_as_of_a_day_only_what_had_taken_effect(database: Database) -> None:
    recorder = filled(1)
    recorder.record(ROSTER, appointed("vague"), at="2023", document=DECISION)
    caught_up(recorder, database)

    assert names(database, as_of="2022-09-27") == []
    assert names(database, as_of="2022-09-28") == ["s0"]
    assert names(database, as_of="2023-12-30") == ["s0"]  # some day of 2023: by then not certain
    assert names(database, as_of="2023-12-31") == ["s0", "vague"] == names(database)
    assert names(database, as_of="1990-01-01") == []
    journal = Answers(database).register({"name": "journal", "committee": COMMITTEE, "as_of": "2022-01-01"})
    assert [row["type"] for row in journal["rows"]] == ["CommitteeEstablished"]


def test_a_record_as_of_a_day_shows_only_what_counted_by_then(database: Database) -> None:
    recorder = filled(1)
    released = MemberReleased(seat_id="s0", reason="nghỉ hưu")
    recorder.record(ROSTER, released, at="2024-02-01", document=DECISION)
    caught_up(recorder, database)
    answers = Answers(database)

    def shown(**question: object) -> tuple[object, list[str]]:
        answer = answers.show({"name": "seats", "committee": COMMITTEE, "id": "s0", **question})
        return answer["rows"][0]["until"], [event["type"] for event in answer["events"]]

    assert shown() == ("2024-02-01", ["MemberAppointed", "MemberReleased"])
    assert shown(as_of="2024-01-31") == (None, ["MemberAppointed"])
    with pytest.raises(InvalidRequest, match="as of 2022-01-01"):
        shown(as_of="2022-01-01")


def test_a_past_day_is_folded_once_until_events_of_that_time_are_added(database: Database) -> None:
    recorder = filled(1)
    projector = caught_up(recorder, database)
    answers, folds = Answers(database), Counter[str]()

    class Counting(Models):
        def project(self, db: Connection, batch: Sequence[RecordedEvent]) -> dict[str, Held]:
            folds["events"] += len(batch)
            return super().project(db, batch)

    answers._desk = replace(answers._desk, views=Views(database, Counting(MODELS.codec, MODELS.models)))
    question = {"name": "members", "committee": COMMITTEE, "as_of": "2022-12-31"}
    assert answers.register(question)["total"] == 1
    assert answers.register({**question, "as_of": "2023-01-31"})["total"] == 1
    recorder.record(ROSTER, appointed("later"), at="2024-01-01", document=DECISION)
    recorder.record(CHARTER, established("tên khác"), at="2022-12-01")  # which this register does not take
    follow(recorder, projector)
    assert answers.register(question)["total"] == 1
    assert folds["events"] == 1
    recorder.record(ROSTER, appointed("late"), at="2022-12-31", document=DECISION)
    follow(recorder, projector)
    assert answers.register(question)["total"] == 2
    assert folds["events"] == 3


def test_nothing_is_shown_before_anything_was_projected(database: Database) -> None:
    assert names(database) == []
    assert Answers(database).status({})["position"] == BEGINNING
    assert names(database, as_of="2022-01-01") == []


def test_a_committee_sees_only_its_own(database: Database) -> None:
    recorder = filled(2)
    recorder.record("member-huyen.roster", appointed("khac"), committee="huyen", document=DECISION)
    caught_up(recorder, database)
    answers = Answers(database)
    other = answers.register({"name": "members", "committee": "huyen"})
    assert [row["seat"] for row in other["rows"]] == ["khac"]
    assert names(database) == ["s0", "s1"]
    assert answers.journal({"committee": "huyen"})["total"] == 1


def test_a_record_is_shown_with_the_events_behind_it(database: Database) -> None:
    recorder = filled(2)
    caught_up(recorder, database)
    shown = Answers(database).show({"name": "members", "committee": COMMITTEE, "id": "s1"})
    assert [row["seat"] for row in shown["rows"]] == ["s1"]
    assert [(e["type"], e["reference"]) for e in shown["events"]] == [("MemberAppointed", f"{ROSTER}@1")]
    assert shown["events"][0]["clauses"] == ["D6.1"]


def test_documents_and_doubts(database: Database) -> None:
    recorder = filled(2)
    caught_up(recorder, database)
    answers = Answers(database)
    (document,) = answers.register({"name": "documents", "committee": COMMITTEE})["rows"]
    assert (document["number"], document["date"], document["event"]) == ("2041/QĐ-UBND", None, f"{ROSTER}@0")
    shown = answers.show({"name": "documents", "committee": COMMITTEE, "id": document["document_id"]})
    assert [row["role"] for row in shown["related"]["citations"]] == ["ground", "ground"]
    assert [event["type"] for event in shown["events"]] == ["MemberAppointed", "MemberAppointed"]
    doubts = answers.register({"name": "doubts", "committee": COMMITTEE, "filters": {"kind": "conflict"}})
    assert [row["text"] for row in doubts["rows"]] == ["19 ≠ 23", "19 ≠ 23"]


def test_positions_of_a_large_store(database: Database) -> None:
    """EventStoreDB's positions are places in a log of bytes: they leave 32 bits behind."""
    with database.build(uuid4()).writer.begin() as db:
        BOOKS.advance(db, 0, 2**40)
        saved = BOOKS.read(db)
        assert saved is not None
        assert saved.position == 2**40


def test_a_partly_known_document_stays_as_it_is(database: Database) -> None:
    recorder = Recorder()
    for part in (
        DocumentRef(number="…/QĐ-UBND"),
        DocumentRef(number="…/QĐ-UBND", date_wording="tháng 9/2020"),
    ):
        recorder.record(ROSTER, appointed(part.date_wording or "x"), document=part)
    caught_up(recorder, database)
    rows = Answers(database).register({"name": "documents", "committee": COMMITTEE})["rows"]
    assert [row["document_id"] for row in rows] == ["…/QĐ-UBND", "…/QĐ-UBND | tháng 9/2020"]


def test_ids_that_differ_in_a_capital_are_two_records(database: Database) -> None:
    recorder = Recorder()
    recorder.record(f"member-{COMMITTEE}.A", appointed("A"), at="2022-09-28")
    recorder.record(f"member-{COMMITTEE}.a", appointed("a"), at="2022-09-28")
    caught_up(recorder, database)
    for seat in ("A", "a"):
        shown = Answers(database).show({"name": "seats", "committee": COMMITTEE, "id": seat})
        assert [event["reference"] for event in shown["events"]] == [f"member-{COMMITTEE}.{seat}@0"]


def test_texts_are_ordered_byte_by_byte_whatever_the_server_speaks(database: Database) -> None:
    generation = database.build(uuid4())
    with generation.reader.connect() as db:
        if db.dialect.name == "postgresql":
            query = text("""select table_name, column_name from information_schema.columns
                where table_schema = :schema and data_type = 'character varying'
                and collation_name is distinct from 'C'""")
            assert db.execute(query, {"schema": generation.place.schema}).all() == []
