"""The store and the read database of a running system, for a command that looks at them itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from services.cli.addresses import running
from services.records.database import Database, read_database
from shared.eventstore.connect import open_store
from shared.eventstore.port import EventStore
from shared.settings import Settings


def of_read_database() -> Settings:
    """Where the read database is, be the system running or not; raises CliError where none was made yet."""
    settings = running()
    if settings.database_url is None and not (settings.data / "records.sqlite").exists():
        return running("database_url")
    return settings


@contextmanager
def opened_database(settings: Settings) -> Iterator[Database]:
    database = read_database(settings)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[EventStore, Database]]:
    store = open_store(settings)
    try:
        with opened_database(settings) as database:
            yield store, database
    finally:
        store.close()
