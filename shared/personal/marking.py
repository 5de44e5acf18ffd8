"""Which fields of commands and events may speak of a natural person, and of whom.

A mark stands in the type of the field, in the command and in the event alike: `contact: OfRecord | None`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, get_args

from pydantic import BaseModel


@dataclass(frozen=True)
class Personal:
    """Marks a text, or the texts of a tuple, as personal.

    `about` names the field of the same message that says whom it is about, and `kind` what that field holds;
    without, the text belongs to the record itself and is sealed with the key of its stream.
    """

    about: str | None = None
    kind: str = "person"


OfRecord = Annotated[str, Personal()]
"""About somebody whom only this record knows: who sent feedback, an invited expert."""
OfMember = Annotated[str, Personal("member")]
"""About the person whom the field `member` names."""
OfSeat = Annotated[str, Personal("seat_id", "seat")]
"""About whoever holds the seat that the field `seat_id` names."""


@cache
def personal_fields(message: type[BaseModel]) -> Mapping[str, Personal]:
    """The marked fields of a message by name."""
    found = {
        name: mark
        for name, field in message.model_fields.items()
        for mark in (*field.metadata, *_within(field.annotation))
        if isinstance(mark, Personal)
    }
    return MappingProxyType(found)


def subject_of(message: BaseModel, mark: Personal, record: str) -> str:
    """Whose key seals it: `person:…`, `seat:…`, or the record as `category:id`."""
    return record if mark.about is None else f"{mark.kind}:{getattr(message, mark.about)}"


def _within(kind: Any) -> Iterator[Any]:
    """Everything that is written into a type, however deep."""
    for argument in get_args(kind):
        yield argument
        yield from _within(argument)
