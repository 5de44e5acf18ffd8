"""The events that were ever stored, one a line, and the chain that shows that lines are only added.

`python -m tests.unit.stored_events` adds the lines that today's events lack, and seals all that is there.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID, uuid5

from services.published import CODEC
from shared.envelope import Envelope, Metadata
from shared.eventstore.port import NewEvent, RecordedEvent
from shared.history import encode
from shared.messages import Event
from tests.unit.samples import paths, sample, told, words, words_told

LINES: Final = Path(__file__).with_name("stored_events.jsonl")
"""Each line: id, type, data and metadata of an event, in the shape in which it was first written."""
CHAIN: Final = Path(__file__).with_name("stored_events.chain")
"""Line by line a digest of the stored line and of the link before it."""
_ROOT: Final = UUID("00000000-0000-5000-8000-000000000064")
_TURNS: Final = 100
"""Examples of one type, more than any vocabulary has words."""
ADD: Final = "python -m tests.unit.stored_events"


class BrokenChainError(Exception):
    """A line is not what was sealed; the text says which one, and what to do."""


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def links(lines: Sequence[str]) -> Iterator[str]:
    """The chain of these lines: a link stands for its line and for all before it, in their order."""
    before = ""
    for line in lines:
        before = hashlib.sha256(f"{before}\n{line}".encode()).hexdigest()[:16]
        yield before


def check(lines: Sequence[str], chain: Sequence[str]) -> None:
    """Raises BrokenChainError where a line was changed, moved or removed; lines may have been added."""
    why = "somewhere in a store stands an event just like it, so it has to be read for ever"
    if len(lines) < len(chain):
        raise BrokenChainError(f"{len(chain) - len(lines)} stored lines were removed: put them back, {why}")
    for number, (line, link, sealed) in enumerate(zip(lines, links(lines), chain, strict=False), start=1):
        if link != sealed:
            raise BrokenChainError(
                f"line {number} of {LINES.name} is not what was sealed ({line[:80]}…): put back what stood "
                f"there, {why}. For a new shape write an upcaster, and let `{ADD}` add a line"
            )


def recorded(line: str) -> RecordedEvent:
    """The event of a line as a store gives it back."""
    stored = json.loads(line)
    data, metadata = (json.dumps(stored[part], ensure_ascii=False).encode() for part in ("data", "metadata"))
    return as_recorded(NewEvent(UUID(stored["id"]), stored["type"], data, metadata))


def as_recorded(new: NewEvent) -> RecordedEvent:
    return RecordedEvent(new.id, new.type, new.data, new.metadata, "s-langson.x", 0, 64, datetime.now(UTC))


def lacking(lines: Sequence[str]) -> list[str]:
    """The lines that today's events lack: a type or its newest schema number that has none, a field that
    none of them tells, a word of a vocabulary that none of them holds."""
    known = [CODEC.decode(recorded(line)) for line in lines]
    spoken = {word for one in known for word in words_told(one.event)}
    added: list[str] = []
    for event_type in CODEC.types.values():
        own = [one.event for one in known if _is_newest(one, event_type)]
        for event in _examples(event_type, own, spoken):
            added.append(_line(event, sample(Metadata, full=False), len(lines) + len(added)))
    around = {path for one in known for path in told(one.meta)}
    if set(paths(Metadata)) - around:
        event = sample(next(iter(CODEC.types.values())), full=False)
        added.append(_line(event, sample(Metadata, full=True), len(lines) + len(added)))
    return added


def _is_newest(one: Envelope[Event], event_type: type[Event]) -> bool:
    return type(one.event) is event_type and one.meta.schema_number == event_type.schema_number


def _examples(event_type: type[Event], own: Sequence[Event], spoken: set[str]) -> Iterator[Event]:
    """Further events of a type, until nothing about it is left untold; the words they hold are `spoken`."""
    fields = {path for event in own for path in told(event)}
    if not own:
        bare = sample(event_type, full=False)
        fields.update(told(bare))
        spoken.update(words_told(bare))
        yield bare
    for turn in range(_TURNS):
        if fields.issuperset(paths(event_type)) and spoken.issuperset(words(event_type)):
            return
        full = sample(event_type, full=True, turn=turn)
        if fields.issuperset(told(full)) and spoken.issuperset(words_told(full)):
            continue
        fields.update(told(full))
        spoken.update(words_told(full))
        yield full
    raise LookupError(f"{_TURNS} examples of {event_type.__name__} do not tell all of it")


def _line(event: Event, around: Metadata, number: int) -> str:
    own = {"schema_number": event.schema_number, "clauses": event.clauses}
    new = encode(event, uuid5(_ROOT, f"{number}"), around.model_copy(update=own))
    stored = {"id": str(new.id), "type": new.type, "data": json.loads(new.data)}
    return json.dumps({**stored, "metadata": json.loads(new.metadata)}, ensure_ascii=False)


def main() -> None:
    lines = lines_of(LINES)
    sealed = lines_of(CHAIN) if CHAIN.exists() else []
    try:
        check(lines, sealed)
    except BrokenChainError as broken:
        sys.exit(str(broken))
    added = lacking(lines)
    LINES.write_text("".join(f"{line}\n" for line in [*lines, *added]), encoding="utf-8")
    CHAIN.write_text("".join(f"{link}\n" for link in links([*lines, *added])), encoding="utf-8")
    sys.stdout.write(f"{len(added)} lines added, {len(lines) + len(added) - len(sealed)} sealed\n")


if __name__ == "__main__":
    main()
