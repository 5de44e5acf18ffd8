"""A generation of all read models, and the control tables that say which generations there are."""

from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table

from shared.followers.books import Books, Checkpoint
from shared.followers.database import Place
from shared.readmodels import metadata

BOOKS: Final = Books(metadata)
CONTROL_SCHEMA: Final = "records_control"
CONTROL: Final = MetaData(schema="records")
GENERATIONS: Final = Table(
    "generations",
    CONTROL,
    Column("number", Integer, primary_key=True),
    Column("epoch", String, nullable=False),
    Column("created", String, nullable=False),
    Column("shape", String, nullable=False),
    Column("state", String, nullable=False),
)
"""`shape` tells which columns its tables have; `state` is one of begun, building, candidate, current,
previous, and dropped until it is gone."""
CODES: Final = Table(
    "generation_codes",
    CONTROL,
    Column("number", Integer, primary_key=True),
    Column("code", String, nullable=False),
)
"""Which code made a generation; a table of its own, since the one above is older than this question."""

_ROOT: Final = Path(__file__).parents[2]
_MAKING: Final = (
    *(f"services/{name}" for name in ("members", "meetings", "tasks", "feedback", "regulation", "records")),
    "shared/workdays",
)
"""The folders whose files, with those in `shared` itself, decide what becomes of an event."""


@dataclass(frozen=True)
class Generation:
    """One complete set of read models, at a place of its own."""

    number: int
    epoch: str
    created: str
    shape: str
    code: str | None
    place: Place

    @cached_property
    def writer(self) -> Engine:
        return self.place.engine("write")

    @cached_property
    def reader(self) -> Engine:
        return self.place.engine("read")

    def checkpoint(self) -> Checkpoint:
        with self.reader.begin() as db:
            return BOOKS.read(db) or Checkpoint(0, self.epoch)

    def close(self) -> None:
        """Close the connections; the next use opens others."""
        for name in ("writer", "reader"):
            if name in self.__dict__:
                self.__dict__.pop(name).dispose()


@cache
def code_of_models() -> str:
    """A fingerprint of the code that makes rows of events: whoever goes on with what another code began
    would mix two of them."""
    digest = sha256()
    found = [
        path for folder in _MAKING for path in (_ROOT / folder).rglob("*") if path.suffix in (".py", ".yaml")
    ]
    for path in sorted([*found, *(_ROOT / "shared").glob("*.py")]):
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\n".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
