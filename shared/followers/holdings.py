"""What policies remember, and what was refused to them: tables beside the policies' checkpoint."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    MetaData,
    RowMapping,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from shared.envelope import Envelope
from shared.followers.books import Books
from shared.messages import CommitteeId, Event

TABLES: Final = MetaData(schema="records")
BOOKS: Final = Books(TABLES)

_holdings: Final = Table(
    "holdings",
    TABLES,
    Column("committee", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("item", String, primary_key=True),
    Column("holder", String, primary_key=True),
)

alarms: Final = Table(
    "alarms",
    TABLES,
    Column("committee", String, primary_key=True),
    Column("policy", String, primary_key=True),
    Column("item", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("event", String, nullable=False),
    Column("why", String),
)
"""Days that are still to come; `event` set them. `why`: the policy failed over it, and it rings no more."""

refusals: Final = Table(
    "refusals",
    TABLES,
    Column("command_id", String, primary_key=True),
    Column("policy", String, nullable=False),
    Column("committee", String, nullable=False),
    Column("service", String, nullable=False),
    Column("command", String, nullable=False),
    Column("event", String, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("error", String, nullable=False),
    Column("because", String, nullable=False),
    Column("at", String, nullable=False),
)
"""Commands of policies that a service answered with a no; `event` is what the policy followed."""


class StoredHoldings:
    """`shared.policies.Holdings` over a transaction of the policies' database."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def of(self, committee: CommitteeId, kind: str, holder: str) -> list[str]:
        query = select(_holdings.c.item).filter_by(committee=committee, kind=kind, holder=holder)
        return sorted(self._db.execute(query).scalars())

    def holders(self, committee: CommitteeId, kind: str, item: str) -> list[str]:
        query = select(_holdings.c.holder).filter_by(committee=committee, kind=kind, item=item)
        return sorted(self._db.execute(query).scalars())

    def hold(self, committee: CommitteeId, kind: str, item: str, holders: Iterable[str]) -> None:
        there = set(self.holders(committee, kind, item))
        new = [
            {"committee": committee, "kind": kind, "item": item, "holder": holder}
            for holder in dict.fromkeys(holders)
            if holder not in there
        ]
        if new:
            self._db.execute(insert(_holdings), new)

    def let_go(self, committee: CommitteeId, kind: str, item: str) -> None:
        mine = _holdings.c.committee == committee, _holdings.c.kind == kind, _holdings.c.item == item
        self._db.execute(delete(_holdings).where(*mine))

    def wake(self, because: Envelope[Event], policy: str, item: str, days: Iterable[date]) -> None:
        self.let_sleep(because.committee, policy, item)
        if because.meta.source is not None:
            return
        rows = [
            {
                "committee": because.committee,
                "policy": policy,
                "item": item,
                "day": day.isoformat(),
                "event": because.reference,
            }
            for day in sorted(set(days))
        ]
        if rows:
            self._db.execute(insert(alarms), rows)

    def let_sleep(self, committee: CommitteeId, policy: str, item: str) -> None:
        mine = alarms.c.committee == committee, alarms.c.policy == policy, alarms.c.item == item
        self._db.execute(delete(alarms).where(*mine))


def due(db: Connection, today: date, limit: int) -> list[RowMapping]:
    """The alarms whose day has come, the earliest first."""
    query = select(alarms).where(alarms.c.day <= today.isoformat(), alarms.c.why.is_(None))
    order = alarms.c.day, alarms.c.committee, alarms.c.policy, alarms.c.item
    return list(db.execute(query.order_by(*order).limit(limit)).mappings())


def waiting_and_broken(db: Connection) -> tuple[int, int]:
    """How many alarms wait for their day, and over how many a policy failed."""
    counted = db.execute(select(func.count(), func.count(alarms.c.why)).select_from(alarms)).one()
    return counted[0] - counted[1], counted[1]


def try_again(db: Connection) -> None:
    """Ring again what was kept aside: the code may have learned."""
    db.execute(update(alarms).where(alarms.c.why.is_not(None)).values(why=None))


def rung(db: Connection, alarm: RowMapping, why: str | None = None) -> None:
    """Forget an alarm; where the policy failed over it, keep it aside with the reason."""
    this = [alarms.c[name] == alarm[name] for name in ("committee", "policy", "item", "day", "event")]
    db.execute(delete(alarms).where(*this) if why is None else update(alarms).where(*this).values(why=why))


def note_refusal(db: Connection, values: dict[str, Any]) -> None:
    """Keep a refusal; the same command is kept once."""
    if not db.execute(select(refusals.c.event).filter_by(command_id=values["command_id"])).first():
        db.execute(insert(refusals).values(values))
