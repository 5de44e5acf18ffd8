"""The lock by which one process at a time rebuilds a read database: a file, or a session of PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from shared.catalogue import both
from shared.errors import BcdError
from shared.runtime.child import hold


class RebuildRuns(BcdError):
    """Another process is rebuilding this read database now; two at once would undo each other."""

    def __str__(self) -> str:
        return both("records.rebuild_runs")


@contextmanager
def rebuilding_file(database: Path) -> Iterator[None]:
    lock = hold(database.with_name(f"{database.stem}_rebuild.lock"))
    if lock is None:
        raise RebuildRuns
    with lock:
        yield


@contextmanager
def rebuilding_session(engine: Engine) -> Iterator[None]:
    with engine.connect() as db:
        if not db.execute(text("select pg_try_advisory_lock(hashtext('bcd rebuild'))")).scalar():
            raise RebuildRuns
        db.commit()  # the lock belongs to the session, and no transaction stays open meanwhile
        try:
            yield
        finally:
            db.execute(text("select pg_advisory_unlock(hashtext('bcd rebuild'))"))
            db.commit()
