"""A follower's own books, kept beside its rows and in their transactions: checkpoint and quarantine."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, String, Table, insert, update

from shared.eventstore.epoch import WrongEpoch
from shared.eventstore.port import RecordedEvent
from shared.followers.errors import NotNow


@dataclass(frozen=True)
class Checkpoint:
    """The position of the last event that was handled, in an epoch of the store."""

    position: int
    epoch: str


@dataclass(frozen=True)
class Held:
    """A stream that stopped at an event: why, and how many events after it wait."""

    stream: str
    revision: int
    position: int
    type: str
    why: str
    held: int
    since: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class Books:
    """The two tables, made in the schema of `metadata`."""

    def __init__(self, metadata: MetaData) -> None:
        self.checkpoint = Table(
            "checkpoint",
            metadata,
            Column("id", Integer, primary_key=True),
            Column("position", BigInteger, nullable=False),
            Column("epoch", String, nullable=False),
        )
        self.quarantine = Table(
            "quarantine",
            metadata,
            Column("stream", String, primary_key=True),
            Column("revision", BigInteger, nullable=False),
            Column("position", BigInteger, nullable=False),
            Column("type", String, nullable=False),
            Column("why", String, nullable=False),
            Column("held", Integer, nullable=False),
            Column("since", String, nullable=False),
        )

    def read(self, db: Connection) -> Checkpoint | None:
        row = db.execute(self.checkpoint.select()).one_or_none()
        return Checkpoint(row.position, row.epoch) if row else None

    def begin(self, db: Connection, epoch: UUID | str, position: int = 0) -> None:
        """Write the first checkpoint, or set it anew."""
        values = {"position": position, "epoch": str(epoch)}
        if not db.execute(update(self.checkpoint).values(values)).rowcount:
            db.execute(insert(self.checkpoint).values(id=1, **values))

    def resume(self, db: Connection, reader: str, epoch: UUID, remedy: str) -> int:
        """The saved position; the first time, the beginning. Raises WrongEpoch."""
        saved = self.read(db)
        if saved is None:
            self.begin(db, epoch)
            return 0
        if saved.epoch != str(epoch):
            raise WrongEpoch(reader, saved.epoch, str(epoch), remedy)
        return saved.position

    def advance(self, db: Connection, before: int, after: int) -> None:
        """Move the checkpoint; raises NotNow where another process has moved it meanwhile."""
        here = self.checkpoint.c.position == before
        if db.execute(update(self.checkpoint).where(here).values(position=after)).rowcount != 1:
            raise NotNow(f"another process moved the checkpoint from {before}; two of us are running")

    def held(self, db: Connection) -> dict[str, Held]:
        """The streams in quarantine, by name."""
        rows = db.execute(self.quarantine.select().order_by(self.quarantine.c.position))
        return {row.stream: Held(**row._mapping) for row in rows}

    def quarantine_stream(self, db: Connection, event: RecordedEvent, why: str) -> Held:
        """Stop this stream at this event."""
        since = datetime.now(UTC).isoformat(timespec="seconds")
        held = Held(event.stream, event.revision, event.position, event.type, why[:2000], 0, since)
        db.execute(insert(self.quarantine).values(held.as_dict()))
        return held

    def hold(self, db: Connection, stream: str, count: int = 1) -> None:
        """Count later events of a stream in quarantine."""
        table = self.quarantine
        db.execute(update(table).where(table.c.stream == stream).values(held=table.c.held + count))

    def release(self, db: Connection, stream: str) -> None:
        db.execute(self.quarantine.delete().where(self.quarantine.c.stream == stream))


def as_state(held: Sequence[Held]) -> dict[str, Any]:
    """For the status file: the streams that stopped, and why."""
    return {"quarantine": [one.as_dict() for one in held]}
