"""Looks at the past: built wholly at one position while others write, and each of them noted or refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.records.answers import Answers
from services.records.as_of import AsOf
from services.records.database import Database
from services.records.everything import MODELS
from services.records.folds import Folds
from services.records.looks import Looks
from services.records.projector import Projector
from services.records.queries import listed
from services.records.registers import register_named
from services.records.selecting import ALL
from services.records.views import Views
from shared.errors import StoreDown
from shared.eventstore.epoch import current_epoch
from shared.followers.database import place
from tests.unit.records.facts import COMMITTEE, Recorder, appointed, established

ROSTER = f"member-{COMMITTEE}.roster"
LATER = "2030-01-01"


class Kept:
    """A read database that is filled as a test asks, and a log whose clock it turns."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'records.sqlite'}"
        self.now = datetime(2026, 1, 1, 12, tzinfo=UTC)
        self.database, self.recorder = Database(url), Recorder()
        self.looks = Looks(place(url, "looks"), kept=400, clock=lambda: self.now)
        self.answers = Answers(self.database, looks=self.looks)
        self.projector = Projector(self.database, MODELS)
        self.recorder.record(f"committee-{COMMITTEE}.charter", established(), at="2021-10-13")
        self.appoint("a")

    def appoint(self, seat: str) -> None:
        self.recorder.record(ROSTER, appointed(seat), at="2022-01-01")
        position = self.projector.resume(current_epoch(self.recorder.store))
        self.projector.handle(list(self.recorder.store.read_all(after=position)))

    def ask(self, method: str, **question: Any) -> dict[str, Any]:
        return self.answers.answer(method, {"committee": COMMITTEE, **question})

    def lines(self) -> list[dict[str, Any]]:
        return self.looks.lines(COMMITTEE, None, 1000, 0)[0][::-1]

    def close(self) -> None:
        self.answers.close()
        self.database.close()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    yield made
    made.close()


def test_a_view_of_the_past_is_built_at_one_position_while_a_writer_goes_on(kept: Kept) -> None:
    views = Views(kept.database, MODELS)
    moment, register = AsOf(date.fromisoformat(LATER)), register_named("seats")
    with views.as_of(COMMITTEE, moment, (register.model,)) as view:
        kept.appoint("b")
        with views.as_of(COMMITTEE, moment, (register.model,)) as after:
            rows = [listed(one.db, register, COMMITTEE, ALL, 100, 0)[0] for one in (view, after)]
            journal = [
                listed(one.events, register_named("journal"), COMMITTEE, ALL, 100, 0)[1]
                for one in (view, after)
            ]
    assert [[row["seat"] for row in seats] for seats in rows] == [["a"], ["a", "b"]]
    assert journal == [2, 3]
    assert view.position < after.position
    views.close()


def test_every_look_at_the_past_and_at_a_record_leaves_a_line(kept: Kept) -> None:
    kept.ask("register", name="seats")
    kept.ask("powers", person="x")
    assert kept.lines() == []
    answer = kept.ask("register", name="seats", as_of=LATER, at_position=10**9, asked_by="van-thu")
    kept.ask("show", name="seats", id="a")
    kept.ask("register", name="seats", exported_as="xlsx")
    kept.ask("compliance", as_of="2026-01-01")
    kept.ask("compliance")
    assert [
        (one["question"], one["register"], one["record"], one["moment"], one["exported_as"], one["rows"])
        for one in kept.lines()
    ] == [
        ("register", "seats", None, f"as_of {LATER}, at_position 1000000000", None, 1),
        ("show", "seats", "a", None, None, 1),
        ("register", "seats", None, None, "xlsx", 1),
        ("compliance", None, None, "as_of 2026-01-01", None, None),
    ]
    first = kept.lines()[0]
    assert (first["asked_by"], first["position"]) == ("van-thu", answer["position"])
    assert first["at"] == "2026-01-01T12:00:00.000000+00:00"


def test_looks_are_counted_and_asking_for_them_is_one(kept: Kept) -> None:
    for seat in ("a", "a"):
        kept.ask("show", name="seats", id=seat, as_of=LATER)
    kept.now += timedelta(days=2)
    kept.ask("show", name="seats", id="a")
    counted = kept.ask("looks", by_record=True)
    assert [(row["register"], row["record"], row["looks"]) for row in counted["rows"]] == [("seats", "a", 3)]
    assert counted["rows"][0]["first"] < counted["rows"][0]["last"]
    since = kept.ask("looks", since="2026-01-02")
    assert [row["question"] for row in since["rows"]] == ["looks", "show"]
    other = kept.answers.answer("looks", {"committee": "khac"})
    assert other["rows"] == []


def test_lines_go_only_when_they_are_older_than_they_are_kept(kept: Kept) -> None:
    kept.ask("show", name="seats", id="a")
    kept.now += timedelta(days=400)
    kept.ask("show", name="seats", id="a")
    assert len(kept.lines()) == 2
    kept.now += timedelta(days=1)
    kept.ask("show", name="seats", id="a")
    assert len(kept.lines()) == 2


def test_what_cannot_be_noted_of_the_past_is_not_shown(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    (tmp_path / "records_looks.sqlite").mkdir()
    assert kept.ask("register", name="seats")["rows"]
    assert kept.ask("show", name="seats", id="a")["rows"]
    for asked in ({"as_of": LATER}, {"exported_as": "csv"}):
        with pytest.raises(StoreDown, match="nhật ký xem"):
            kept.ask("register", name="seats", **asked)
    kept.close()


def test_folds_are_bounded_in_bytes_and_in_number_and_go_at_the_end(kept: Kept) -> None:
    for folds, most in ((Folds(kept=2), 2), (Folds(kept_bytes=1), 0)):
        views = Views(kept.database, MODELS, folds)
        for models in (("members",), ("tasks",), ("meetings",), ("members",)):
            with views.as_of(COMMITTEE, AsOf(date.fromisoformat(LATER)), models):
                assert folds.size > 0
        assert len(folds._folds) == most
        views.close()
        assert folds.size == 0
