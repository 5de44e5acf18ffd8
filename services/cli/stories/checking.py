"""From files to a story whose every step has the shape of its command, before anything is sent."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from pydantic import ValidationError

from services.cli.stories.patterns import expanded
from services.cli.stories.reading import Marked, StoryError, fault, read
from services.cli.stories.services import Taken, commands
from services.cli.stories.shapes import Index, Part, Person, RawStep, shaped
from services.cli.stories.values import EVENT, MADE, Imagined, NoSuchValue, resolved, steps_meant
from shared.catalogue import both
from shared.dates import VIETNAM, Moment
from shared.handling import describe
from shared.messages import CommitteeId, DocumentRef

NAMESPACE: Final = UUID("5c0a1f5e-6d0b-4c56-9a55-7a1d6b0e2a10")
"""Of the command ids of all stories."""
MANY: Final = 20
"""Faults that are told at once."""


@dataclass(frozen=True)
class Step:
    """A step that can be told; `key` names it for ever, so that it is told once."""

    key: str
    place: str
    day: date
    by: Person
    committee: CommitteeId
    taken: Taken
    data: Mapping[str, Any]
    document: DocumentRef | None = None
    refused: str | None = None
    wait: bool = False
    note: str = ""
    effective: date | None = None
    at: time | None = None

    @property
    def moment(self) -> Moment:
        """When it took effect, as exactly as the story tells."""
        day = self.effective or self.day
        return Moment.of(datetime.combine(day, self.at, VIETNAM) if self.at else day)

    @property
    def command_id(self) -> UUID:
        return uuid5(NAMESPACE, self.key)

    def __str__(self) -> str:
        return f"{self.place} ({self.day:%d/%m/%Y} {self.taken.command.__name__})"


@dataclass(frozen=True)
class Story:
    """The steps in the order in which they are told."""

    name: str
    title: str
    committee: CommitteeId
    until: date
    steps: tuple[Step, ...] = field(default=())

    @property
    def committees(self) -> frozenset[CommitteeId]:
        return frozenset({self.committee, *(step.committee for step in self.steps)})


def load(path: Path) -> Story:
    """Read a story and look at every step. Raises StoryError with the faults that were found, one a line."""
    files = read(path)
    index = shaped(Index, files.index)
    people = {name: shaped(Person, raw) for name, raw in index.people.items()}
    parts: list[Part] = [shaped(Part, part) for part in files.parts]
    every: tuple[Part, ...] = (index, *parts)
    patterns = {name: one for part in every for name, one in part.patterns.items()}
    raws: list[Marked] = list(expanded(index.steps, patterns, files.index.place))
    for marked, part in zip(files.parts, parts, strict=True):
        raws += expanded(part.steps, patterns, marked.place)
    steps, faults = _steps(raws, index, people)
    if faults:
        more = [both("story.more_faults", count=len(faults) - MANY)] if len(faults) > MANY else []
        raise StoryError("\n".join([*faults[:MANY], *more]))
    return Story(index.story, index.title, CommitteeId(index.committee), index.until, steps)


def _steps(
    raws: Iterable[Marked], index: Index, people: Mapping[str, Person]
) -> tuple[tuple[Step, ...], list[str]]:
    """In the order of their days; those of one day in the order of the files."""
    steps: list[Step] = []
    faults: list[str] = []
    seen: Counter[str] = Counter()
    for raw in raws:
        try:
            steps.append(_step(raw, index, people, seen))
        except StoryError as error:
            faults.append(str(error))
    steps.sort(key=lambda step: step.day)
    faults += _out_of_order(steps, index)
    return tuple(steps), faults


def _step(raw: Marked, index: Index, people: Mapping[str, Person], seen: Counter[str]) -> Step:
    written = shaped(RawStep, raw)
    if written.by not in people:
        raise fault(raw.place, "nobody", name=written.by, known=_near(written.by, people))
    if written.effective is not None and written.effective > written.on:
        raise fault(raw.place, "ahead", effective=written.effective, on=written.on)
    if written.ask not in commands():
        raise fault(raw.place, "no_command", name=written.ask, known=_near(written.ask, commands()))
    taken = commands()[written.ask]
    try:
        taken.command.model_validate(resolved(written.data, Imagined()))
    except NoSuchValue as unknown:
        raise fault(raw.place, "no_value", name=unknown) from unknown
    except ValidationError as error:
        raise fault(raw.place, "data", command=written.ask, why=describe(error)) from error
    key = written.name or f"{written.on}/{written.by}/{written.ask}"
    seen[key] += 1
    if written.name and seen[key] > 1:
        raise fault(raw.place, "name_twice", name=written.name)
    return Step(
        key=f"{index.story}/{key}" if written.name else f"{index.story}/{key}/{seen[key]}",
        place=raw.place,
        day=written.on,
        by=people[written.by],
        committee=CommitteeId(written.committee or index.committee),
        taken=taken,
        data=written.data,
        document=written.document,
        refused=written.refused,
        wait=written.wait,
        note=written.note,
        effective=written.effective,
        at=datetime.strptime(written.at, "%Hh%M").time() if written.at else None,  # noqa: DTZ007  # an hour alone
    )


def _out_of_order(steps: Iterable[Step], index: Index) -> Iterator[str]:
    """Steps that refer to what has not been told by then, and those after the end."""
    told: set[str] = set()
    for step in steps:
        for name in steps_meant(step.data, MADE, EVENT):
            if f"{index.story}/{name}" not in told:
                yield str(fault(step.place, "not_told_yet", name=name))
        if step.day > index.until:
            yield str(fault(step.place, "after_the_end", day=step.day, until=index.until))
        if step.refused is None:
            told.add(step.key)


def _near(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    return ", ".join(difflib.get_close_matches(name, names, n=3, cutoff=0.4) or names[:12])
