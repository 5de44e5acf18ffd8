"""When an append is acknowledged: after it is on disk, and never where the disk refused or lies damaged."""

import asyncio
import errno
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from shared.eventstore.embedded.log import changes, writer
from shared.eventstore.embedded.log.acknowledged import Acknowledged, Mark, read_mark
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.rules import NO_STREAM, Loose
from shared.eventstore.embedded.log.transactions import Answer, Failed
from shared.eventstore.embedded.log.writer import Writer
from tests.contract.store.folders import CREATED, Written, being_written, copied, events, opened, proposed
from tests.contract.store.stores import PATIENCE


class Disk:
    """A folder with a log that can be told to refuse."""

    def __init__(self, path: Path) -> None:
        self.written = Written(path)
        with closing(Log(self.written.log)) as log:
            log.create(CREATED)
        self.marks: list[Mark] = []
        self.acknowledged = Acknowledged(self.written.mark)
        self.lost: list[str] = []

    def head(self) -> int:
        """As another connection sees it."""
        with closing(Log(self.written.log, read_only=True)) as log:
            return log.head()

    def mark(self) -> Mark | None:
        return read_mark(self.written.mark)

    def run(self, work: Callable[[Writer], Awaitable[None]]) -> None:
        """Do some work with a writer, in time."""

        async def with_writer() -> None:
            one = Writer(self.written.log, self.acknowledged, lambda _: None, self.lost.append)
            await asyncio.wait_for(work(one), PATIENCE)
            await one.stop()

        asyncio.run(with_writer())


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    one = Disk(tmp_path)
    yield one
    one.acknowledged.close()


async def append(to: Writer, stream: str, *contents: str) -> Answer:
    change = changes.append(stream, Loose.ANY, [proposed(content) for content in contents])
    return await to.submit(change, PATIENCE)


def test_an_append_is_answered_after_its_commit_and_its_mark(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    class Waiting(Log):
        def commit(self) -> None:
            reached.set()
            assert go_on.wait(PATIENCE)
            super().commit()

    monkeypatch.setattr(writer, "Log", Waiting)
    before, marked = disk.head(), disk.mark()

    async def work(to: Writer) -> None:
        answer = asyncio.create_task(append(to, "a", "1"))
        assert await asyncio.to_thread(reached.wait, PATIENCE)
        await asyncio.sleep(0)
        assert not answer.done()
        assert disk.head() == before
        assert disk.mark() == marked, "nothing is marked that is not on disk"
        go_on.set()
        done = await answer
        assert isinstance(done, changes.Done)
        assert disk.head() == done.position
        mark = disk.mark()
        assert mark is not None
        assert mark.position == done.position

    disk.run(work)


def test_a_commit_that_the_disk_refused_is_never_acknowledged(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when fsync fails: nobody knows what is on disk, so the server ends, and the next start looks."""

    class Refusing(Log):
        def commit(self) -> None:
            raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(writer, "Log", Refusing)
    marked = disk.mark()

    async def work(to: Writer) -> None:
        answers = await asyncio.gather(*(append(to, name, "1") for name in "abc"))
        assert answers == [Failed("the log cannot be written: disk I/O error")] * 3

    disk.run(work)
    assert disk.lost[0] == "the log cannot be written: disk I/O error"
    assert disk.mark() == marked


def test_a_full_disk_refuses_and_passes(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[int] = []

    class Small(Log):
        def begin(self) -> None:
            self._db.execute(f"PRAGMA max_page_count = {limits[0]}")
            super().begin()

    monkeypatch.setattr(writer, "Log", Small)
    limits.append(30)

    async def work(to: Writer) -> None:
        assert isinstance(await append(to, "small", "1"), changes.Done)
        assert not to.disk_full
        before, marked = disk.head(), disk.mark()

        full = "the disk is full, nothing was written: database or disk is full"
        assert await append(to, "large", "x" * 200_000) == Failed(full, full=True)
        assert to.disk_full
        assert (disk.head(), disk.mark()) == (before, marked)

        assert isinstance(await append(to, "small", "still room for this"), changes.Done)
        assert not to.disk_full
        limits[0] = 1000
        assert isinstance(await append(to, "large", "x" * 200_000), changes.Done)

    disk.run(work)
    assert disk.lost == []


def test_a_commit_that_failed_does_not_come_back(tmp_path: Path) -> None:
    """Its frames may stand whole in the write-ahead log when SQLite gives it up after writing them."""
    with being_written(tmp_path / "running") as (log, running):
        before = copied(running, tmp_path / "before")
        log.begin()
        log.add("counts", 30, [proposed("given up" * 5000)], CREATED)
        log.commit()
        with_frames = running.write_ahead.read_bytes()

    with closing(Log(before.log)) as writing:
        assert writing.last_revision("counts") == 29  # the connection knows the log without it
        before.write_ahead.write_bytes(with_frames)
        comes_back = copied(before, tmp_path / "comes back")
        writing.bury()
        buried = copied(before, tmp_path / "buried")

    opened(comes_back)
    assert len(events(comes_back)) == 31, "the danger that the test is about has gone"
    opened(buried)
    assert [row.position for row in events(buried)] == buried.positions


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_mark_that_cannot_be_written_does_not_unsay_what_is_on_disk(disk: Disk, code: int) -> None:
    class Refusing(Acknowledged):
        def write(self, mark: Mark) -> None:
            if mark.position:
                raise OSError(code, "refused")
            super().write(mark)

    disk.acknowledged = Refusing(disk.written.mark)

    async def work(to: Writer) -> None:
        assert isinstance(await append(to, "a", "1"), changes.Done)

    disk.run(work)
    assert bool(disk.lost) == (code != errno.ENOSPC)


def damage(log: Path, statement: str) -> None:
    db = sqlite3.connect(log)
    assert db.execute(statement).rowcount == 1
    db.commit()
    db.close()


@pytest.mark.parametrize(
    ("statement", "last"),
    [
        ("DELETE FROM events WHERE revision = 1 AND type = 'Counted'", 1),
        ("UPDATE streams SET revision = 0 WHERE name = 'hurt'", 0),
        ("UPDATE streams SET revision = 'x' WHERE name = 'hurt'", 1),
    ],
)
def test_nothing_is_written_on_top_of_damage_and_nobody_else_is_hurt(
    disk: Disk, statement: str, last: int
) -> None:
    async def work(to: Writer) -> None:
        await append(to, "hurt", "1", "2")
        damage(disk.written.log, statement)
        answers = await asyncio.gather(
            append(to, "other", "1"),
            to.submit(changes.append("hurt", last, [proposed()]), PATIENCE),
            append(to, "another", "2"),
        )
        assert isinstance(answers[1], Failed)
        assert answers[1].damaged
        assert isinstance(answers[0], changes.Done)
        assert isinstance(answers[2], changes.Done)

    disk.run(work)
    assert disk.lost == []


def test_a_repeated_append_is_not_confirmed_by_a_damaged_event(disk: Disk) -> None:
    again = changes.append("hurt", NO_STREAM, [proposed("1"), proposed("2")])

    async def work(to: Writer) -> None:
        assert isinstance(await to.submit(again, PATIENCE), changes.Done)
        damage(disk.written.log, "UPDATE events SET data = x'00' WHERE revision = 1 AND type = 'Counted'")
        answer = await to.submit(again, PATIENCE)
        assert isinstance(answer, Failed)
        assert "('hurt', revision 1) is damaged" in answer.reason

    disk.run(work)
    assert disk.lost == []
