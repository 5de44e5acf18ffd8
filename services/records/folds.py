"""Rows folded from the journal for one moment: each fold in a temporary file, kept for the next question.

The file has no name, so that it is gone with the process, however that ends. SQLite holds only a few pages
of it in memory; it lies where `SQLITE_TMPDIR` says, else in `/var/tmp` or `/tmp`.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Engine, MetaData, Table

from shared.catalogue import both
from shared.errors import StoreDown
from shared.followers.database import temporary

KEPT: Final = 16
"""Folds that are kept at most; each has some pages in memory."""
KEPT_BYTES: Final = 256 * 2**20
"""Of their files, at most."""
PATIENCE: Final = 10.0
"""Seconds for which a question waits for a fold that others look at."""

Fill = Callable[[Connection], None]


@dataclass
class _Fold:
    engine: Engine
    lock: Any = field(default_factory=threading.RLock)  # a comparison may look at one fold twice
    filled: bool = False
    size: int = 0
    users: int = 0
    kept: bool = True


class Folds:
    """The folds of one process, by what they were made from; safe between threads."""

    def __init__(self, kept: int = KEPT, kept_bytes: int = KEPT_BYTES, patience: float = PATIENCE) -> None:
        self._kept, self._kept_bytes, self._patience = kept, kept_bytes, patience
        self._folds: OrderedDict[Hashable, _Fold] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def look(
        self, key: Hashable, tables: MetaData, only: Sequence[Table], fill: Fill
    ) -> Iterator[Connection]:
        """The fold of this key; filled by `fill` where it is not known. Raises StoreDown where others look
        at it for too long, and what `fill` raises."""
        fold = self._take(key, tables, only)
        try:
            if not fold.lock.acquire(timeout=self._patience):
                raise StoreDown(both("looking.fold_busy", limit=self._patience))
            try:
                with fold.engine.connect() as db:
                    if not fold.filled:
                        _fill(fold, db, fill)
                    yield db
            finally:
                fold.lock.release()
        finally:
            self._give_back(key, fold)

    def close(self) -> None:
        """Let all folds go."""
        with self._lock:
            for key in list(self._folds):
                self._let_go(key)

    @property
    def size(self) -> int:
        """Bytes of all files that are kept."""
        return sum(fold.size for fold in self._folds.values())

    def _take(self, key: Hashable, tables: MetaData, only: Sequence[Table]) -> _Fold:
        with self._lock:
            fold = self._folds.get(key)
            if fold is None:
                fold = self._folds[key] = _Fold(temporary(tables, only))
            self._folds.move_to_end(key)
            fold.users += 1
            return fold

    def _give_back(self, key: Hashable, fold: _Fold) -> None:
        with self._lock:
            fold.users -= 1
            if not fold.filled and fold.kept:
                self._let_go(key)
            for old in list(self._folds):
                too_many = len(self._folds) > self._kept or self.size > self._kept_bytes
                if too_many and not self._folds[old].users:
                    self._let_go(old)
            if not fold.kept and not fold.users:
                fold.engine.dispose()

    def _let_go(self, key: Hashable) -> None:
        """Whoever still looks at it ends it."""
        fold = self._folds.pop(key)
        fold.kept = False
        if not fold.users:
            fold.engine.dispose()


def _fill(fold: _Fold, db: Connection, fill: Fill) -> None:
    db.exec_driver_sql("BEGIN")
    try:
        fill(db)
    except BaseException:
        db.exec_driver_sql("ROLLBACK")
        raise
    db.exec_driver_sql("COMMIT")
    pages, size = (
        db.exec_driver_sql(f"PRAGMA records.{one}").scalar_one() for one in ("page_count", "page_size")
    )
    fold.size, fold.filled = pages * size, True
