"""A connection to the log's file: its settings, its transactions, and rows that are what was written."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shared.eventstore.embedded.log import schema
from shared.eventstore.embedded.log.records import DamagedError, Row, intact

_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_KEPT_WAL_BYTES = 16 * 1024 * 1024
"""To this size the write-ahead log returns after a long read or a large transaction has made it grow."""

_Values = tuple[str | int | bytes, ...]


class Connection:
    """One connection. Every thread opens its own; only one of them may write."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """A `read_only` log changes nothing on disk, also when it is closed, and never waits for a writer."""
        # Transactions are begun and ended by hand: an append is acknowledged only after its COMMIT.
        address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        self._db = sqlite3.connect(address, uri=True, isolation_level=None, timeout=5.0)
        try:
            self._prepare(read_only)
        except BaseException:
            self._db.close()
            raise

    def _prepare(self, read_only: bool) -> None:
        self._db.execute("PRAGMA cache_size = -16000")
        if not read_only:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")  # COMMIT returns after fsync: kill -9 loses nothing
            self._db.execute(f"PRAGMA journal_size_limit = {_KEPT_WAL_BYTES}")

    def format(self) -> int:
        """0 where the tables are not made yet. Raises FormatError for a later format."""
        return schema.format_of(self._db)

    def begin(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        """Forget the transaction, if SQLite has not rolled it back itself."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def bury(self) -> None:
        """Make sure that a transaction whose COMMIT failed does not come back with the next start.

        Its pages, the commit with them, may stand in the write-ahead log: another transaction goes over
        them, of one page, for which there is room where they are.
        """
        self.begin()
        schema.stamp(self._db)
        self.commit()

    def checkpoint(self) -> None:
        """Take everything from the write-ahead log into the file, and empty it where nobody reads it."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        self._db.close()

    def _one(self, query: str, values: _Values = ()) -> Any:
        """The first row of an answer; None where there is none."""
        try:
            return self._db.execute(query, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise meant(error) from error

    def _rows(self, where: str, values: _Values) -> Iterator[Row]:
        cursor = self._db.cursor()
        try:
            for row in cursor.execute(schema.SELECT_EVENTS + where, values):
                yield _row(row)
        except sqlite3.DatabaseError as error:
            raise meant(error) from error
        finally:
            cursor.close()  # an open one would keep SQLite from truncating its write-ahead log


def meant(error: Exception) -> Exception:
    """DamagedError where SQLite says that its file is malformed, else the error itself."""
    undecodable = str(error).startswith("Could not decode")
    if undecodable or getattr(error, "sqlite_errorcode", 0) & 0xFF in _BROKEN:
        return DamagedError(f"the log's file is damaged: {error}")
    return error


def _row(found: tuple[Any, ...]) -> Row:
    try:
        return intact(Row(*found))
    except TypeError as error:
        raise DamagedError(f"the event at position {found[0]} is damaged: {error}") from error
