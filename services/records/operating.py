"""The read models as an operator sees them: rows, generations, the pause, and what is in quarantine."""

from dataclasses import dataclass

from sqlalchemy import func, select

from services.records.database import Database
from services.records.generation import BOOKS, Generation
from services.records.hashes import shape_of_tables
from services.records.pausing import Pause
from services.records.projecting import Models
from shared.eventstore.paging import stream_events
from shared.eventstore.port import EventStore
from shared.followers.books import Held
from shared.followers.database import in_memory
from shared.readmodels import ReadModel, metadata


@dataclass(frozen=True)
class ModelStanding:
    """`quarantine` counts the streams that stopped at an event which this read model takes."""

    name: str
    rows: int
    quarantine: int


@dataclass(frozen=True)
class GenerationStanding:
    """A generation that is not shown: the one before, the candidate, or one that was begun."""

    number: int
    state: str
    created: str
    position: int


@dataclass(frozen=True)
class Standing:
    """The current generation with its read models; `models` is None where it is of another version."""

    generation: int
    created: str
    epoch: str
    position: int
    models: tuple[ModelStanding, ...] | None
    held: tuple[Held, ...]
    pause: Pause | None
    others: tuple[GenerationStanding, ...]


def standing(database: Database, models: Models) -> Standing | None:
    """Look once; None before the projections ran for the first time."""
    current, pause = database.standing()
    if current is None:
        return None
    others = {
        "previous": database.previous(),
        "candidate": database.candidate(),
        "building": database.building(),
    }
    with current.reader.begin() as db:
        at = BOOKS.read(db)
        held = tuple(BOOKS.held(db).values())
        found = None
        if current.shape == shape_of_tables():
            found = tuple(
                ModelStanding(
                    model.name,
                    sum(
                        db.execute(select(func.count()).select_from(table)).scalar_one()
                        for table in model.tables
                    ),
                    sum(_concerns(model, one, models) for one in held),
                )
                for model in models.models
            )
    return Standing(
        generation=current.number,
        created=current.created,
        epoch=current.epoch,
        position=at.position if at else 0,
        models=found,
        held=held,
        pause=pause,
        others=tuple(_other(one, state) for state, one in others.items() if one is not None),
    )


def still_fails(store: EventStore, models: Models, stream: str) -> Held | None:
    """Whether a stream would go into quarantine again: its events folded alone, in memory, before anybody
    spends a rebuild on it."""
    engine = in_memory(metadata)
    with engine.begin() as db:
        for event in stream_events(store, stream):
            if held := models.project(db, [event]).get(stream):
                return held
    return None


def _concerns(model: ReadModel, held: Held, models: Models) -> bool:
    event = models.codec.types.get(held.type)
    return event is None or model.takes(event)


def _other(generation: Generation, state: str) -> GenerationStanding:
    position = generation.checkpoint().position
    return GenerationStanding(generation.number, state, generation.created, position)
