"""A read database of one's own: every register, folded from events that one has in hand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine

from services.records.database import BOOKS
from services.records.projecting import Models
from shared.eventstore.port import RecordedEvent
from shared.followers.books import Held
from shared.followers.database import Place
from shared.readmodels import metadata


class Scratch:
    """All read models in one SQLite file that goes away with its folder."""

    def __init__(self, engine: Engine, models: Models) -> None:
        self._engine, self.models = engine, models

    def project(self, batch: Sequence[RecordedEvent]) -> None:
        with self._engine.begin() as db:
            self.models.project(db, batch)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self._engine.connect() as db:
            yield db

    def held(self) -> list[Held]:
        """The streams that stopped, by the position at which they did."""
        with self._engine.connect() as db:
            return list(BOOKS.held(db).values())


@contextmanager
def scratch(models: Models, near: Path | None = None) -> Iterator[Scratch]:
    """An empty one, in a folder of its own `near` the data, or where the machine keeps such things."""
    with TemporaryDirectory(prefix="bcd-audit-", dir=near, ignore_cleanup_errors=True) as folder:
        place = Place(f"sqlite:///{folder}/scratch.sqlite", "scratch")
        place.create(metadata)
        engine = place.engine("write")
        try:
            yield Scratch(engine, models)
        finally:
            engine.dispose()
