"""Operating the read models: rebuilds that stop, differ and wait for a person; pauses. On both databases."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.members.events import MemberAppointed
from services.records import database as databases
from services.records.database import Database
from services.records.differences import difference
from services.records.everything import MODELS
from services.records.pausing import pause, unpause
from services.records.projecting import Models
from services.records.projector import Projector
from services.records.rebuild import Report, rebuild
from shared.envelope import Envelope
from shared.eventstore.epoch import current_epoch
from shared.followers.errors import Moved, Paused
from shared.messages import Event
from shared.readmodels import Rows
from tests.contract import test_read_database
from tests.contract.postgres import postgres_url
from tests.contract.test_read_database import (
    ROSTER,
    caught_up,
    filled,
    follow,
    names,
)
from tests.unit.records.facts import DECISION, appointed

__all__ = ["postgres_url"]

url, database = test_read_database.url, test_read_database.database
MEMBERS = next(model for model in MODELS.models if model.name == "members")


def touched(database: Database) -> None:
    """The current rows as somebody's hand left them: one changed, one removed, one added."""
    generation = database.current()
    assert generation is not None
    (table,) = MEMBERS.tables
    with generation.writer.begin() as db:
        row = dict(db.execute(table.select().where(table.c.seat == "s0")).mappings().one())
        db.execute(table.update().where(table.c.seat == "s0").values(post="sửa tay"))
        db.execute(table.delete().where(table.c.seat == "s1"))
        db.execute(table.insert().values({**row, "seat": "thêm"}))


def of_members(report: Report) -> Any:
    (found,) = (one.difference for one in report.models if one.model == "members")
    return found


def test_a_difference_is_shown_row_by_row_before_anything_is_switched(database: Database) -> None:
    recorder = filled(3)
    caught_up(recorder, database)
    touched(database)
    report = rebuild(recorder.store, database, MODELS)

    found = of_members(report)
    assert (found.added, found.removed, found.changed) == (1, 1, 1)
    shown = {one.kind: one for one in found.examples}
    assert shown["changed"].columns == {"post": ("sửa tay", "Giám đốc Sở Xây dựng")}
    assert shown["changed"].event == f"{ROSTER}@0"
    assert shown["added"].key["seat"] == "s1"
    assert shown["added"].columns["post"] == (None, "Giám đốc Sở Xây dựng")
    assert shown["added"].event == f"{ROSTER}@1"
    assert shown["removed"].key["seat"] == "thêm"
    assert [one.model for one in report.models if one.difference] == ["members"]
    assert (report.switched, report.explained) == (False, ())
    assert sorted(names(database)) == ["s0", "s2", "thêm"]


def test_the_candidate_waits_until_somebody_switches_to_it(database: Database) -> None:
    recorder = filled(3)
    projector = caught_up(recorder, database)
    touched(database)
    built = rebuild(recorder.store, database, MODELS)
    candidate = database.candidate()
    assert candidate is not None
    assert candidate.number == built.generation
    recorder.record(ROSTER, appointed("sau"), at="2023", document=DECISION)
    follow(recorder, projector)

    report = rebuild(recorder.store, database, MODELS, switch=True)
    assert (report.switched, report.generation) == (True, built.generation)
    assert report.events == 1  # it went on from where the candidate stood
    assert database.candidate() is None
    assert names(database) == ["s0", "s1", "s2", "sau"]
    with pytest.raises(Moved):
        projector.idle()


def test_the_candidate_can_be_discarded(database: Database) -> None:
    recorder = filled(3)
    caught_up(recorder, database)
    touched(database)
    rebuild(recorder.store, database, MODELS)
    kept = database.candidate()
    assert kept is not None
    assert database.discard()
    assert database.candidate() is None
    assert not kept.place.exists()
    assert not database.discard()


def test_a_rebuild_may_be_told_to_only_look(database: Database) -> None:
    recorder = filled(3)
    caught_up(recorder, database)
    report = rebuild(recorder.store, database, MODELS, switch=False)
    assert (report.equal, report.switched) == (True, False)
    assert database.candidate() is not None


class Stop(Exception):
    """As Ctrl-C would come: in the middle."""


def test_a_rebuild_that_was_stopped_goes_on_from_its_checkpoint(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.records import building

    monkeypatch.setattr(building, "BATCH", 4)
    recorder = filled(20)
    caught_up(recorder, database)

    def stop(events: int, _position: int, _until: int) -> None:
        if events >= 8:
            raise Stop

    with pytest.raises(Stop):
        rebuild(recorder.store, database, MODELS, stop)
    begun = database.building()
    assert begun is not None
    report = rebuild(recorder.store, database, MODELS)
    assert report.generation == begun.number
    assert report.events == sum(1 for _ in recorder.store.read_all(after=report.resumed_after))
    assert report.resumed_after > 0
    assert report.equal


@pytest.mark.parametrize("what", ["code", "epoch"])
def test_what_another_code_or_another_epoch_began_is_not_gone_on_with(
    database: Database, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    recorder = filled(2)
    caught_up(recorder, database)
    if what == "code":
        with monkeypatch.context() as another:
            another.setattr(databases, "code_of_models", lambda: "another")
            begun = database.build(current_epoch(recorder.store))
    else:
        begun = database.build(UUID(int=1))
    assert database.building() == begun
    report = rebuild(recorder.store, database, MODELS)
    assert report.resumed_after == 0
    assert report.equal


def renamed(rows: Rows, envelope: Envelope[Event]) -> None:
    """As the members' projection, by a code that writes every post in capitals."""
    if isinstance(envelope.event, MemberAppointed):
        louder = envelope.event.model_copy(update={"post": envelope.event.post.upper()})
        MEMBERS.project(rows, replace(envelope, event=louder))


def test_other_code_explains_a_difference_and_is_switched_to(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = filled(2)
    caught_up(recorder, database)
    louder = tuple(replace(one, project=renamed) if one is MEMBERS else one for one in MODELS.models)
    monkeypatch.setattr(databases, "code_of_models", lambda: "another")
    report = rebuild(recorder.store, database, Models(MODELS.codec, louder))
    assert of_members(report).changed == 2
    assert len(report.explained) == 1
    assert report.switched


def test_a_stream_that_newly_fails_is_not_switched_to(database: Database) -> None:
    recorder = filled(2)
    caught_up(recorder, database)

    def fails(_rows: Rows, envelope: Envelope[Event]) -> None:
        raise RuntimeError("sai")

    broken = tuple(replace(one, project=fails) if one is MEMBERS else one for one in MODELS.models)
    report = rebuild(recorder.store, database, Models(MODELS.codec, broken))
    assert [held.stream for held in report.quarantine] == [ROSTER]
    assert not report.switched


def test_a_stream_that_left_quarantine_explains_a_difference(database: Database) -> None:
    recorder = filled(1)

    def fails(_rows: Rows, envelope: Envelope[Event]) -> None:
        raise RuntimeError("sai")

    broken = tuple(replace(one, project=fails) if one is MEMBERS else one for one in MODELS.models)
    projector = Projector(database, Models(MODELS.codec, broken))
    follow(recorder, projector)
    report = rebuild(recorder.store, database, MODELS)
    assert report.switched
    assert ROSTER in report.explained[0]
    assert names(database) == ["s0"]


def test_a_read_database_that_is_ahead_of_the_store_is_not_switched_away(database: Database) -> None:
    caught_up(filled(5), database)
    shorter = filled(5)
    epoch = current_epoch(shorter.store)
    generation = database.current()
    assert generation is not None
    from services.records.generation import BOOKS, GENERATIONS

    with generation.writer.begin() as db:
        BOOKS.begin(db, epoch, position=shorter.store.head() + 1)
    with database.control() as db:
        db.execute(GENERATIONS.update().values(epoch=str(epoch)))
    database._known.clear()
    report = rebuild(shorter.store, database, MODELS, patience=0.0)
    assert report.not_compared is not None
    assert not report.switched


def test_a_pause_outlives_the_projector_and_loses_nothing(database: Database) -> None:
    recorder = filled(2)
    projector = caught_up(recorder, database)
    with database.control() as db:
        begun = pause(db, "sửa máy chủ", "nguoi-van-hanh")
        assert pause(db, "lần nữa", "ai đó") == begun
    recorder.record(ROSTER, appointed("sau"), at="2023", document=DECISION)
    with pytest.raises(Paused) as stopped:
        projector.handle(list(recorder.store.read_all(after=projector._position)))
    another = Projector(Database(database._url), MODELS)
    with pytest.raises(Paused) as still:
        another.resume(current_epoch(recorder.store))
    assert stopped.value.position == still.value.position < recorder.store.head()
    assert another.state()["pause"] == {"since": begun.since, "by": "nguoi-van-hanh", "why": "sửa máy chủ"}
    assert names(database) == ["s0", "s1"]

    with database.control() as db:
        assert unpause(db) == begun
        assert unpause(db) is None
    follow(recorder, another)
    assert names(database) == ["s0", "s1", "sau"]
    assert another.state()["pause"] is None


def test_a_rebuild_during_a_pause_comes_no_further_than_the_projections(database: Database) -> None:
    recorder = filled(2)
    caught_up(recorder, database)
    with database.control() as db:
        pause(db, "đối chiếu", "nguoi-van-hanh")
    recorder.record(ROSTER, appointed("sau"), at="2023", document=DECISION)
    report = rebuild(recorder.store, database, MODELS, patience=60.0)
    assert report.equal
    assert report.switched
    assert report.reached == report.position < recorder.store.head()
    assert names(database) == ["s0", "s1"]


def test_differences_hold_few_rows_at_a_time(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two are read in step: neither is taken into memory whole."""
    from services.records import differences

    recorder = filled(30)
    caught_up(recorder, database)
    built = rebuild(recorder.store, database, MODELS, switch=False)
    touched(database)
    monkeypatch.setattr(differences, "PAGE", 2)
    ahead: list[int] = []
    taken = {"before": 0, "after": 0}

    def counted(name: str, rows: Iterator[Any]) -> Iterator[Any]:
        for row in rows:
            taken[name] += 1
            ahead.append(abs(taken["before"] - taken["after"]))
            yield row

    original = differences._rows
    sides = iter(("before", "after"))
    monkeypatch.setattr(differences, "_rows", lambda db, table: counted(next(sides), original(db, table)))
    old, new = database.current(), database.candidate()
    assert old is not None
    assert new is not None
    assert new.number == built.generation
    with old.reader.begin() as before, new.reader.begin() as after:
        found = difference(before, after, MEMBERS)
    assert (found.added, found.removed, found.changed) == (1, 1, 1)
    assert max(ahead) <= 2
