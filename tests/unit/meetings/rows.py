"""Events of this context as recorded, and their delivery once or twice."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid5

from sqlalchemy import Connection

from services.meetings.projections import READ_MODELS
from shared.dates import Moment
from shared.envelope import Envelope
from shared.messages import CommitteeId, Event
from shared.readmodels import Rows
from tests.unit.meetings.examples import BY_MEMBER
from tests.unit.rows import BEGAN, COMMITTEE, ROOT, metadata_of, read_database


def recorded(events: Sequence[Event], committee: CommitteeId = COMMITTEE) -> list[Envelope[Event]]:
    """The events as if they lay one after the other in one stream of a committee."""
    return [
        Envelope(
            event=event,
            event_id=uuid5(ROOT, f"{committee}:{n}"),
            stream=f"test-{committee}.x",
            revision=n,
            position=100 * (n + 1),
            recorded_at=BEGAN,
            meta=metadata_of(event, BY_MEMBER, Moment("2022-09-28")).model_copy(
                update={"committee": committee}
            ),
        )
        for n, event in enumerate(events)
    ]


def empty_database() -> Iterator[Connection]:
    with read_database(READ_MODELS) as db:
        yield db


def deliver(db: Connection, envelopes: Sequence[Envelope[Event]], each: int = 1, again: int = 1) -> None:
    """Each event `each` times in a row, and the whole sequence `again` times."""
    rows = Rows(db)
    for _ in range(again):
        for envelope in envelopes:
            for model in READ_MODELS:
                for _ in range(each):
                    model.project(rows, envelope)
    rows.flush()


def some(row: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)
