"""Which moment a view shows: what had taken effect by a day, of what the store held at a position or time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, select, true

from services.records.journal import journal
from shared.catalogue import both
from shared.errors import InvalidRequest


@dataclass(frozen=True)
class AsOf:
    """`day` is the last on which an event counts, by its effective time; `position` is the last in the store
    that counts; `recorded` is a time in UTC and stands for the position that the store had reached by then.

    Without any of them it is now. Together they ask: what did we know then of how things stood on that day?
    """

    day: date | None = None
    position: int | None = None
    recorded: datetime | None = None

    def __bool__(self) -> bool:
        return self != NOW

    @property
    def counting(self) -> ColumnElement[bool]:
        """Which rows of the journal count, once `at_one_position` is known."""
        assert self.recorded is None
        by_day = true() if self.day is None else journal.c.latest <= self.day.isoformat()
        return by_day if self.position is None else and_(by_day, journal.c.position <= self.position)

    def at_one_position(self, db: Connection, committee: str) -> "AsOf":
        """The same moment with the recorded time as a position of this journal: the last event of the
        committee that the store had taken by then."""
        if self.recorded is None:
            return self
        by_then = journal.c.recorded <= self.recorded.isoformat()
        newest = journal.c.position.desc()  # looked for from the end on, so that most are never read
        query = select(journal.c.position).where(journal.c.committee == committee, by_then)
        reached = db.execute(query.order_by(newest).limit(1)).scalar() or 0
        return AsOf(self.day, reached if self.position is None else min(reached, self.position))


NOW: Final = AsOf()


def moment(as_of: str | None = None, at_position: int | None = None, recorded_by: str | None = None) -> AsOf:
    """From the parts of a question: YYYY-MM-DD, a position, and a time as RFC 3339 writes it.

    Raises InvalidRequest, naming the part.
    """
    return AsOf(
        None if as_of is None else day("as_of", as_of),
        at_position,
        None if recorded_by is None else instant("recorded_by", recorded_by),
    )


def day(where: str, text: str) -> date:
    """Raises InvalidRequest for anything but YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidRequest(where, both("records.not_a_day", value=text)) from None


def instant(where: str, text: str) -> datetime:
    """In UTC. Raises InvalidRequest for anything but a date and time with its offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise InvalidRequest(where, both("records.not_an_instant", value=text))
    return found.astimezone(UTC)
