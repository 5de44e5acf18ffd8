"""The one writer: a thread that takes all waiting changes, commits them together, then answers each."""

import asyncio
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shared.eventstore.embedded.log.changes import Change, Outcome
from shared.eventstore.embedded.log.log import Log

GROUP = 500
"""Changes in one transaction: enough to share an fsync, few enough that the first is not kept waiting."""


class TooLate:
    """The caller's deadline had passed before the change was begun; nothing was written."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The disk refused. Where it was `full` nothing was written, else that is not known."""

    reason: str
    full: bool = False


Answer = Outcome | TooLate | Failed


@dataclass(frozen=True, slots=True)
class Request:
    """A change that waits; `deadline` is in seconds of the monotonic clock."""

    change: Change
    deadline: float
    answer: "asyncio.Future[Answer]"


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

    async def submit(self, change: Change, timeout: float) -> Answer:
        """Make the change within `timeout` seconds, or not at all; returns after it is on disk."""
        answer: asyncio.Future[Answer] = self._loop.create_future()
        self._queue.put(Request(change, time.monotonic() + timeout, answer))
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
        outcomes: list[Answer]
        try:
            self._require_same_file()
            log.begin()
            outcomes = [_perform(log, request) for request in group]
            head = log.head()
            log.commit()
        except Exception as error:  # nobody may wait for ever for a thread that has died
            outcomes = [self._after_failure(log, error)] * len(group)
            self._loop.call_soon_threadsafe(_answer, group, outcomes)
        else:
            self._loop.call_soon_threadsafe(_answer, group, outcomes)
            self._loop.call_soon_threadsafe(self._announce, head)

    def _after_failure(self, log: Log, error: Exception) -> Failed:
        """Go on after a full disk, which passes; after anything else the file is not to be trusted."""
        reason = f"the log cannot be written: {error}"
        try:
            log.rollback()
        except sqlite3.Error as second:
            error = second
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return Failed(f"the disk is full, nothing was written: {error}", full=True)
        self._loop.call_soon_threadsafe(self._give_up, reason)
        return Failed(reason)

    def _require_same_file(self) -> None:
        # SQLite goes on writing to a file that was deleted or replaced, and reports no error.
        if os.stat(self._path).st_ino != self._inode:
            raise FileNotFoundError(f"{self._path.name} was replaced while the server ran")


def _perform(log: Log, request: Request) -> Outcome | TooLate:
    """Make one change inside the open transaction."""
    return TooLate() if time.monotonic() >= request.deadline else request.change(log)


def _answer(group: list[Request], outcomes: list[Answer]) -> None:
    for request, outcome in zip(group, outcomes, strict=True):
        if not request.answer.done():  # the client may have gone
            request.answer.set_result(outcome)
