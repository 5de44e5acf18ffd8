"""The one writer: a thread that takes all waiting changes, commits them together, then answers each."""

import asyncio
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from shared.eventstore.embedded.log.acknowledged import Acknowledged, Mark
from shared.eventstore.embedded.log.changes import Change
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.room import FULL, is_full
from shared.eventstore.embedded.log.transactions import Answer, Failed, Request, make, tell

GROUP = 500
"""Changes in one transaction: enough to share an fsync, few enough that the first is not kept waiting."""


class Writer:
    """Runs the writing thread. `submit` and `stop` are called from the event loop."""

    disk_full = False
    """The last group could not be written for want of room. Any thread may look."""

    def __init__(
        self,
        path: Path,
        acknowledged: Acknowledged,
        announce: Callable[[int], None],
        give_up: Callable[[str], None],
    ) -> None:
        """`announce(head)` follows every commit; `give_up(reason)` says that the log is lost to us."""
        self._path, self._acknowledged = path, acknowledged
        self._announce, self._give_up = announce, give_up
        self._loop = asyncio.get_running_loop()
        self._queue: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._inode = path.stat().st_ino
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, change: Change, timeout: float) -> "asyncio.Future[Answer]":
        """Make the change within `timeout` seconds, or not at all; the answer comes after it is on disk.

        Changes are made in the order of these calls.
        """
        answer: asyncio.Future[Answer] = self._loop.create_future()
        self._queue.put(Request(change, time.monotonic() + timeout, answer))
        return answer

    async def stop(self) -> None:
        """Commit what waits, then end the thread."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        try:
            log = Log(self._path)
        except sqlite3.Error as error:
            self._refuse_all(f"the log cannot be opened for writing: {error}")
            return
        try:
            while (group := self._next_group()) is not None:
                self._commit(log, group)
        finally:
            log.close()

    def _refuse_all(self, reason: str) -> None:
        """Until the writer shall end: nobody may wait for ever for what will not be written."""
        self._end(reason)
        while (group := self._next_group()) is not None:
            refused: list[Answer] = [Failed(reason)] * len(group)
            self._loop.call_soon_threadsafe(tell, group, refused)

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
        committing = False
        try:
            self._require_same_file()
            outcomes = make(log, group)
            latest = Mark(*log.latest())
            committing = True
            log.commit()
        except Exception as error:  # nobody may wait for ever for a thread that has died
            failed: list[Answer] = [self._after_failure(log, error, committing)] * len(group)
            self._loop.call_soon_threadsafe(tell, group, failed)
        else:
            self.disk_full = False
            self._mark(latest)
            self._loop.call_soon_threadsafe(self._tell, group, outcomes, latest.position)

    def _tell(self, group: list[Request], outcomes: list[Answer], head: int) -> None:
        tell(group, outcomes)
        self._announce(head)

    def _mark(self, latest: Mark) -> None:
        """Write down what is on disk now, before anybody is told."""
        try:
            self._acknowledged.write(latest)
        except OSError as error:
            if error.errno not in FULL:  # a full disk passes, and the next commit writes a later mark
                self._end(f"the mark of what was acknowledged cannot be written: {error}")

    def _after_failure(self, log: Log, error: Exception, committing: bool) -> Failed:
        """Go on after a full disk, which passes; after anything else the file is not to be trusted."""
        reason = f"the log cannot be written: {error}"
        code = getattr(error, "sqlite_errorcode", None)
        try:
            log.rollback()
            if code == sqlite3.SQLITE_FULL or (_is_io(code) and is_full(self._path.parent)):
                if committing and code != sqlite3.SQLITE_FULL:  # then its commit may stand there whole
                    log.bury()
                self.disk_full = True
                return Failed(f"the disk is full, nothing was written: {error}", full=True)
        except sqlite3.Error as second:
            reason = f"{reason}; then: {second}"
        self._end(reason)
        return Failed(reason)

    def _end(self, reason: str) -> None:
        self._loop.call_soon_threadsafe(self._give_up, reason)

    def _require_same_file(self) -> None:
        # SQLite goes on writing to a file that was deleted or replaced, and reports no error.
        if os.stat(self._path).st_ino != self._inode:
            raise FileNotFoundError(f"{self._path.name} was replaced while the server ran")


def _is_io(code: int | None) -> bool:
    return code is not None and code & 0xFF == sqlite3.SQLITE_IOERR
