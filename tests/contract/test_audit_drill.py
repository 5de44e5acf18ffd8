"""Every way of tampering that the drill knows is found, at the place where it was done; nothing else is."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from services.audit.copies import Copy
from services.audit.drilling import attempt, drill, made_up
from services.audit.files_tampered import Expected
from services.audit.logfile import write_log
from services.audit.subject import PARTS
from services.audit.tampering import CHANGES, TAMPERINGS, Tampering
from services.records.everything import MODELS
from shared.eventstore.embedded.log.examination import examine

FEW = MODELS.only({"journal", "documents", "outgoing"})


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    with made_up(FEW, tmp_path_factory.mktemp("drill")) as made:
        yield made


def test_the_untouched_copy_is_well(copy: Copy) -> None:
    report = copy.verified(PARTS)
    assert report.findings == ()
    assert [done.part for done in report.parts] == list(PARTS)
    assert report.events == len(copy.events())


@pytest.mark.parametrize("way", TAMPERINGS, ids=lambda way: way.name)
def test_it_is_found_and_named(copy: Copy, way: Tampering) -> None:
    tried = attempt(copy, way)
    assert tried.found, tried


@pytest.mark.parametrize("name", CHANGES)
def test_the_stores_own_checksums_do_not_tell(copy: Copy, name: str, tmp_path: Path) -> None:
    """Whoever holds the file writes them anew: it is the tree that finds it."""
    events = copy.events()
    CHANGES[name](events, len(events) // 3)
    write_log(tmp_path / "events.sqlite", events)
    assert examine(tmp_path / "events.sqlite", lambda _reached, _last: None).fault is None


def test_a_tampering_that_is_not_found_is_told(copy: Copy) -> None:
    """The drill can fail: a change that leaves everything as it was is missed."""
    nothing = Tampering("delete", ("log",), lambda _copy: Expected("context"))
    assert not attempt(copy, nothing).found


def test_the_drill_touches_nothing_but_its_own_copies(copy: Copy) -> None:
    before = {path: path.stat().st_mtime_ns for path in copy.folder.parent.rglob("*") if path.is_file()}
    events = copy.events()
    done = drill(copy)
    assert (done.missed, done.untouched, len(done.tried)) == ([], (), len(TAMPERINGS))
    assert copy.events() == events
    after = {path for path in copy.folder.parent.rglob("*") if path.is_file()}
    assert {path.name.removesuffix("-wal").removesuffix("-shm") for path in after} == {
        path.name.removesuffix("-wal").removesuffix("-shm") for path in before
    }


def test_a_log_that_was_damaged_without_mending_its_checksums_is_told(copy: Copy, tmp_path: Path) -> None:
    other = replace(copy, folder=tmp_path / "copy")
    shutil.copytree(copy.folder, other.folder)
    with closing(sqlite3.connect(other.log_file)) as db, db:
        db.execute("UPDATE events SET data = data || ' ' WHERE revision = 5")
    report = other.verified(("log",))
    assert [one.kind for one in report.findings] == ["store_damaged"]
    assert "is damaged" in str(report.findings[0])
