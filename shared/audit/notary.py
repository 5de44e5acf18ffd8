"""The notary: every event of the store becomes a leaf of a public log, whose heads it signs.

Run it with `python -m shared.audit.notary`. One log for each epoch of the store, `<data>/notary/<epoch>/`:
tiles first, then the index, whose last position is the notary's checkpoint in the store, then the signed
head. A crash anywhere writes the same tiles with the same bytes again; a head is signed only where the tree
is proven to continue the last one, and where it is not, nothing more is signed and a person is called.
"""

import fcntl
import json
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol
from uuid import UUID

from shared.audit.disk import write_whole
from shared.audit.index import Index
from shared.audit.keys import FOLDER, notary_keys
from shared.audit.leaf import entry_of
from shared.audit.log import Head, Log, LogError
from shared.audit.notes import Signature, Signer
from shared.audit.rotation import TYPE as ADOPTED
from shared.audit.tiles import TilesError, TileWriter
from shared.audit.witnesses import witnesses_of
from shared.audit.witnessing import Witnesses
from shared.catalogue import both
from shared.eventstore.epoch import EpochBegan
from shared.eventstore.port import EventStore, RecordedEvent
from shared.followers.errors import NeedsAPerson, NotNow
from shared.followers.process import run_follower
from shared.settings import Settings

log = logging.getLogger(__name__)

NAME: Final = "notary"
CURRENT: Final = "current"
"""The file beside the logs that names the epoch of the newest."""


class Witnessing(Protocol):
    """Those who cosign, as `Witnesses` asks them in the background."""

    def tell(self, folder: Path, head: Head) -> None: ...
    def collected(self) -> list[tuple[str, int, Signature]]: ...
    def state(self) -> list[dict[str, Any]]: ...


class Notary:
    """Follows the store, writes the log. `keys` are asked for at each signing, so that one may be added."""

    name = NAME

    def __init__(
        self,
        store: EventStore,
        folder: Path,
        keys: Callable[[], Sequence[Signer]],
        witnesses: Witnessing,
        interval: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._folder, self._keys = store, folder, keys
        self._witnesses, self._interval, self._clock = witnesses, interval, clock
        self._lock: int | None = None
        self._next = 0.0
        self._log: Log | None = None

    def resume(self, epoch: UUID) -> int:
        """The position of the last leaf. Raises NeedsAPerson where the store does not hold its event."""
        with self._writing():
            self._take_lock()
            self._epoch = str(epoch)
            folder = self._folder / self._epoch
            self._index = Index(folder)
            last = self._index.last()
            self._writer = TileWriter(folder, last.number + 1 if last else 0)
            self._log = Log(folder, f"{self._keys()[0].name}/{self._epoch}")
            self._began, self._next = False, self._clock() + self._interval
            write_whole(self._folder / CURRENT, f"{self._epoch}\n".encode())
            if self._log.head is not None:
                self._witnesses.tell(folder, self._log.head)
        if last is None:
            return 0
        found = self._store.read_stream(last.stream, after=last.revision - 1, limit=1)
        if not found or (str(found[0].id), found[0].position) != (last.event, last.position):
            what = both("notary.not_in_store", event=f"{last.stream}@{last.revision}", leaf=last.number)
            raise NeedsAPerson(what, both("notary.not_in_store_remedy"))
        return last.position

    def handle(self, batch: Sequence[RecordedEvent]) -> None:
        """Tiles, then the index; a signed head where the last one is older than the interval."""
        with self._writing():
            first = self._writer.size
            self._writer.append([entry_of(event) for event in batch])
            self._index.append(first, batch)
            if self._clock() >= self._next:
                self._publish()

    def idle(self) -> None:
        """Sign what is not signed yet, and add what the witnesses answered."""
        with self._writing():
            self._publish()
            assert self._log is not None
            for origin, size, signature in self._witnesses.collected():
                if origin == self._log.origin:
                    self._log.cosigned(size, signature)

    def state(self) -> dict[str, Any]:
        if self._log is None:
            return {}
        head = self._log.head
        known = {"leaves": self._writer.size, "origin": self._log.origin, "signed": head.size if head else 0}
        return {**known, "witnesses": self._witnesses.state()}

    def release(self) -> None:
        """Let another notary write; the end of the process does so too."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _publish(self) -> None:
        assert self._log is not None
        signed, size = self._log.head.size if self._log.head else 0, self._writer.size
        if size <= signed or not self._epoch_has_begun():
            return
        head = self._log.publish(size, self._index.of_store(ADOPTED), self._keys)
        self._next = self._clock() + self._interval
        self._witnesses.tell(self._log.folder, head)

    def _epoch_has_begun(self) -> bool:
        """Before that, the log only holds what happened in earlier epochs, under keys that may be gone."""
        if not self._began:
            recorded = self._index.of_store(EpochBegan.__name__)
            self._began = any(json.loads(data).get("epoch") == self._epoch for _, data in recorded)
        return self._began

    def _take_lock(self) -> None:
        if self._lock is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(lock)
                raise NotNow(f"another notary writes in {self._folder}") from None
            self._lock = lock

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (LogError, TilesError) as damage:
            raise NeedsAPerson(both("notary.stopped", why=damage), both("notary.stopped_remedy")) from damage
        except (sqlite3.Error, OSError) as error:
            raise NotNow(f"the notary's folder does not take what it writes: {error!r}") from error


def make(settings: Settings, store: EventStore) -> Notary:
    keys = notary_keys(settings)
    log.info("the log is signed by %s", keys[-1].verifier)
    witnesses = Witnesses(witnesses_of(settings.notary_witnesses or ""))
    folder = settings.data / FOLDER
    return Notary(store, folder, lambda: notary_keys(settings), witnesses, settings.notary_interval)


if __name__ == "__main__":
    run_follower(NAME, make)
