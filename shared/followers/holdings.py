"""What policies remember, and what was refused to them: tables beside the policies' checkpoint."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table, delete, insert, select

from shared.followers.books import Books
from shared.messages import CommitteeId

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


def note_refusal(db: Connection, values: dict[str, Any]) -> None:
    """Keep a refusal; the same command is kept once."""
    if not db.execute(select(refusals.c.event).filter_by(command_id=values["command_id"])).first():
        db.execute(insert(refusals).values(values))
