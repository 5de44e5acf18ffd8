"""The one writer: a thread that takes all waiting appends, commits them together, then answers each."""

import asyncio
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.eventstore.embedded.log import Log, Proposed
from shared.eventstore.embedded.rules import Already, Conflict, Expected, Write, decide

GROUP = 500
"""Appends in one transaction: enough to share an fsync, few enough that the first is not kept waiting."""


@dataclass(frozen=True, slots=True)
class Done:
    """The append is on disk; `position` is None where it had no events."""

    revision: int
    position: int | None


class TooLate:
    """The caller's deadline had passed before the append was begun; nothing was written."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The disk refused; whether anything was written is not known."""

    reason: str


Outcome = Done | Conflict | TooLate | Failed


@dataclass(frozen=True, slots=True)
class Request:
    """An append that waits; `deadline` is in seconds of the monotonic clock."""

    stream: str
    expected: Expected
    events: Sequence[Proposed]
    deadline: float
    answer: "asyncio.Future[Outcome]"


class Writer:
    """Runs the writing thread. `submit` and `stop` are called from the event loop."""

    def __init__(self, path: Path, announce: Callable[[int], None], give_up: Callable[[str], None]) -> None:
        """`announce(head)` follows every commit; `give_up(reason)` says that the log is lost to us."""
        self._path, self._announce, self._give_up = path, announce, give_up
        self._loop = asyncio.get_running_loop()
        self._queue: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._inode = path.stat().st_ino
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    async def submit(
        self, stream: str, expected: Expected, events: Sequence[Proposed], timeout: float
    ) -> Outcome:
        """Write all events or none; returns after they are on disk."""
        answer: asyncio.Future[Outcome] = self._loop.create_future()
        self._queue.put(Request(stream, expected, events, time.monotonic() + timeout, answer))
        return await answer

    async def stop(self) -> None:
        """Commit what waits, then end the thread."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        log = Log(self._path)
        try:
            while (group := self._next_group()) is not None:
                self._commit(log, group)
        finally:
            log.close()

    def _next_group(self) -> list[Request] | None:
        """Everything that waits, at least one request; None when the writer shall end."""
        first = self._queue.get()
        if first is None:
            return None
        group = [first]
        while len(group) < GROUP:
            try:
                request = self._queue.get_nowait()
            except queue.Empty:
                break
            if request is None:
                self._queue.put(None)
                break
            group.append(request)
        return group

    def _commit(self, log: Log, group: list[Request]) -> None:
        outcomes: list[Outcome]
        try:
            self._require_same_file()
            log.begin()
            outcomes = [_perform(log, request) for request in group]
            head = log.head()
            log.commit()
        except Exception as error:  # nobody may wait for ever for a thread that has died
            reason = f"the log cannot be written: {error}"
            outcomes = [Failed(reason)] * len(group)
            self._after_failure(log, error, reason)
            self._loop.call_soon_threadsafe(_answer, group, outcomes)
        else:
            self._loop.call_soon_threadsafe(_answer, group, outcomes)
            self._loop.call_soon_threadsafe(self._announce, head)

    def _after_failure(self, log: Log, error: Exception, reason: str) -> None:
        """Go on after a full disk, which passes; after anything else the file is not to be trusted."""
        try:
            log.rollback()
        except sqlite3.Error as second:
            error = second
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_FULL:
            self._loop.call_soon_threadsafe(self._give_up, reason)

    def _require_same_file(self) -> None:
        # SQLite goes on writing to a file that was deleted or replaced, and reports no error.
        if os.stat(self._path).st_ino != self._inode:
            raise FileNotFoundError(f"{self._path.name} was replaced while the server ran")


class _Ids:
    """The ids of one stream, as the rules look at them."""

    def __init__(self, log: Log, stream: str) -> None:
        self._log, self._stream = log, stream

    def id_at(self, revision: int) -> bytes | None:
        return self._log.id_at(self._stream, revision)

    def revision_of(self, event_id: bytes) -> int | None:
        return self._log.revision_of(self._stream, event_id)


def _perform(log: Log, request: Request) -> Outcome:
    """Do one append inside the open transaction."""
    if time.monotonic() >= request.deadline:
        return TooLate()
    current = log.last_revision(request.stream)
    ids = [event.id for event in request.events]
    match decide(request.expected, current, ids, _Ids(log, request.stream)):
        case Conflict() as conflict:
            return conflict
        case Already(last):
            return Done(last, log.position_of(request.stream, last) if ids else None)
        case Write(first):
            if not ids:
                return Done(current, None)
            position = log.add(request.stream, first, request.events, time.time_ns() // 100)
            return Done(first + len(ids) - 1, position)


def _answer(group: list[Request], outcomes: list[Outcome]) -> None:
    for request, outcome in zip(group, outcomes, strict=True):
        if not request.answer.done():  # the client may have gone
            request.answer.set_result(outcome)
