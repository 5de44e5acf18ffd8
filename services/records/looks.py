"""The log of looks: who asked for which record, as of which moment, and what the answer was built on (HT-10).

It lies in a place of its own beside the read database. Lines are only added, until they are older than they
must be kept: how people use the records is data about people. It is no event: it must end, events never do.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    func,
    select,
)

from services.records.database import database_url
from shared.catalogue import both
from shared.dates import VIETNAM
from shared.errors import StoreDown
from shared.followers.database import OUT_OF_REACH, Place, place
from shared.settings import Settings

logger = logging.getLogger(__name__)

NAME: Final = "looks"
MOMENT: Final = ("as_of", "at_position", "recorded_by")
"""The parts of a question that ask for the past."""

_metadata = MetaData(schema="records")
_looks: Final = Table(
    NAME,
    _metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("asked_by", String),
    Column("committee", String, nullable=False),
    Column("question", String, nullable=False),
    Column("register", String),
    Column("record", String),
    Column("moment", String),
    Column("exported_as", String),
    Column("position", BigInteger),
    Column("rows", Integer),
    Index("looks_by_time", "committee", "at"),
)


@dataclass(frozen=True)
class Look:
    """One look; `position` is that at which its answer was built, `rows` how many it showed.

    `moment` is the one asked for, as it was asked; None where it was now.
    """

    committee: str
    question: str
    asked_by: str | None = None
    register: str | None = None
    record: str | None = None
    moment: str | None = None
    exported_as: str | None = None
    position: int | None = None
    rows: int | None = None

    @property
    def must_be_noted(self) -> bool:
        """Without its line in the log this is not shown; a record as of now is."""
        return self.question != "show" or bool(self.moment or self.exported_as)


def look_of(question: str, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> Look | None:
    """The look that this question and its answer were; None where it leaves no line."""
    moment = ", ".join(f"{part} {asked[part]}" for part in MOMENT if asked.get(part) is not None)
    if question == "difference":
        moment = f"{answer['before']} → {answer['after']}"
    if not (moment or asked.get("exported_as") or question in ("show", NAME)):
        return None
    rows = answer.get("rows")
    return Look(
        committee=str(answer["committee"]),
        question=question,
        asked_by=asked.get("asked_by"),
        register=asked.get("name"),
        record=asked.get("id") or asked.get("clause"),
        moment=moment or None,
        exported_as=asked.get("exported_as"),
        position=answer.get("position"),
        rows=len(rows) if isinstance(rows, list) else None,
    )


def noted(log: "Looks", look: Look) -> None:
    """Write the line of a look; raises StoreDown where it cannot be written and nothing is shown without."""
    try:
        log.note(look)
    except OUT_OF_REACH as error:
        if look.must_be_noted:
            raise StoreDown(both("looking.not_noted", why=error.args[0])) from error
        logger.error("a look at %s %s could not be noted: %s", look.register, look.record, error)


class Looks:
    """The log at a place; safe between threads. Raises what the database raises."""

    def __init__(
        self, where: Place, kept: int, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """`kept` is for how many days a line stays."""
        self._place, self._kept, self._clock = where, timedelta(days=kept), clock
        self._lock = threading.Lock()
        self._swept = date.min

    @cached_property
    def _engine(self) -> Engine:
        self._place.create(_metadata)
        return self._place.engine("write")

    def note(self, look: Look) -> None:
        """Add a line; once a day those go that are older than they must be kept."""
        now = self._clock()
        with self._lock, self._engine.begin() as db:
            if self._swept != now.date():
                past = (now - self._kept).isoformat(timespec="microseconds")
                db.execute(delete(_looks).where(_looks.c.at < past))
            db.execute(_looks.insert().values(at=now.isoformat(timespec="microseconds"), **asdict(look)))
            self._swept = now.date()

    def lines(
        self, committee: str, since: date | None, limit: int, offset: int
    ) -> tuple[list[dict[str, Any]], int]:
        """Lines since the beginning of a day, the newest first, and how many there are."""
        here = _here(committee, since)
        query = _looks.select().where(here).order_by(_looks.c.number.desc()).limit(limit).offset(offset)
        with self._engine.begin() as db:
            total = db.execute(select(func.count()).select_from(_looks).where(here)).scalar_one()
            return [dict(row) for row in db.execute(query).mappings()], total

    def by_record(
        self, committee: str, since: date | None, limit: int, offset: int
    ) -> tuple[list[dict[str, Any]], int]:
        """How often each record was looked at, when first and last; the most often first, and how many."""
        of = (_looks.c.register, _looks.c.record)
        looks = func.count().label("looks")
        times = (func.min(_looks.c.at).label("first"), func.max(_looks.c.at).label("last"))
        here = _here(committee, since) & _looks.c.record.is_not(None)
        query = select(*of, looks, *times).where(here).group_by(*of)
        with self._engine.begin() as db:
            total = db.execute(select(func.count()).select_from(query.subquery())).scalar_one()
            page = query.order_by(looks.desc(), *of).limit(limit).offset(offset)
            return [dict(row) for row in db.execute(page).mappings()], total

    def close(self) -> None:
        if "_engine" in self.__dict__:
            self.__dict__.pop("_engine").dispose()


def looks_of(settings: Settings) -> Looks:
    """The log of these settings, beside the read database."""
    where = place(database_url(settings), NAME, settings.store_limit)
    return Looks(where, settings.looks_kept)


def columns(by_record: bool) -> list[str]:
    """The columns of the rows that `lines` or `by_record` gives."""
    return ["register", "record", "looks", "first", "last"] if by_record else _looks.c.keys()


def _here(committee: str, since: date | None) -> Any:
    here = _looks.c.committee == committee
    if since is None:
        return here
    began = datetime.combine(since, time.min, VIETNAM).astimezone(UTC)
    return here & (_looks.c.at >= began.isoformat(timespec="microseconds"))
