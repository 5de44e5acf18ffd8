"""Words that stand for a value: `$due:31/3/2025`, `$digest:…`, and what only the telling knows.

`$made:ket-luan-quy-1:duty-2`  the id of what a policy made of a step's event: of the second duty, for example
`$event:ket-luan-quy-1`        the event of a step as evidence, `stream@revision`
`$figures:2025-Q1`             the figures of a period, counted from the events at that moment
`$due:quý II/2025`             a deadline in these words, with the day that they fix
`$at:08h30 20/3/2025`          an hour of a day in Viet Nam
`$digest:any words`            the SHA-256 of the words, which are a text in the content store
`$size:any words`              how many bytes that text has
`$$`                           a text that begins with a dollar
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from shared.dates import VIETNAM, Deadline, Moment

MADE, EVENT, FIGURES, DUE, AT, DIGEST, SIZE = "made", "event", "figures", "due", "at", "digest", "size"


class NoSuchValue(Exception):
    """A word after `$` that stands for nothing; the text names it."""


class Known(Protocol):
    """What the telling knows by the time of a step."""

    def made(self, step: str, key: str) -> str: ...

    def event(self, step: str) -> str: ...

    def figures(self, period: str) -> list[dict[str, Any]]: ...


class Imagined:
    """Stands in for what is known later, where only the shape of a command is looked at."""

    def made(self, step: str, key: str) -> str:
        return str(UUID(int=0))

    def event(self, step: str) -> str:
        return "stream-committee.id@0"

    def figures(self, period: str) -> list[dict[str, Any]]:
        return [{"key": "imagined", "label": "imagined"}]


def resolved(value: Any, known: Known) -> Any:
    """The value as JSON, with every word in it replaced. Raises NoSuchValue."""
    match value:
        case str():
            return _word(value, known)
        case Mapping():
            return {key: resolved(item, known) for key, item in value.items()}
        case list() | tuple():
            return [resolved(item, known) for item in value]
        case date():
            return value.isoformat()
        case _:
            return value


def _word(text: str, known: Known) -> Any:
    if text.startswith("$$"):
        return text[1:]
    if not text.startswith("$"):
        return text
    kind, _, rest = text[1:].partition(":")
    step, _, key = rest.partition(":")
    means: Mapping[str, Callable[[], Any]] = {
        MADE: lambda: known.made(step, key),
        EVENT: lambda: known.event(step),
        FIGURES: lambda: known.figures(rest),
        DUE: lambda: Deadline.parse(rest).model_dump(mode="json", exclude_none=True),
        AT: lambda: _hour(text, rest),
        DIGEST: lambda: hashlib.sha256(rest.encode()).hexdigest(),
        SIZE: lambda: len(rest.encode()),
    }
    if kind not in means or not rest or (kind == MADE and not key):
        raise NoSuchValue(text)
    return means[kind]()


def _hour(text: str, rest: str) -> str:
    try:
        return Moment.of(datetime.strptime(rest, "%Hh%M %d/%m/%Y").replace(tzinfo=VIETNAM))
    except ValueError:
        raise NoSuchValue(text) from None


def steps_meant(value: Any, *kinds: str) -> Iterator[str]:
    """The steps that words of these kinds in a value refer to."""
    for rest in meant(value, *kinds):
        yield rest.partition(":")[0]


def meant(value: Any, *kinds: str) -> Iterator[str]:
    """What stands behind the colon in the words of these kinds."""
    match value:
        case str():
            kind, _, rest = value.removeprefix("$").partition(":")
            if value.startswith("$") and kind in kinds:
                yield rest
        case Mapping():
            for item in value.values():
                yield from meant(item, *kinds)
        case list() | tuple():
            for item in value:
                yield from meant(item, *kinds)
