"""Commands and events: what people ask for, and what happened."""

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Final, NewType

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from shared.text import is_nfc, nfc

CommitteeId = NewType("CommitteeId", str)
PersonId = NewType("PersonId", str)
"""Who acts: an opaque id of a holder, or of the post where the holder is not known."""
AgencyId = NewType("AgencyId", str)


COMPOSED: Final[Mapping[str, bool]] = {"composed": True}
"""The context of a validation in which all text is known to be in NFC, and without NUL: it is not looked at
again, field by field, which takes a third of the time of reading an event."""


def context_of(raw: bytes) -> Mapping[str, bool] | None:
    """`COMPOSED` where recorded JSON is so as a whole: parts of a text in NFC are in NFC.

    What is written as an escape is not seen in it. Raises ValueError where it is no UTF-8.
    """
    text = raw.decode()
    return COMPOSED if "\\u" not in text and is_nfc(text) else None


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        if "\0" in value:  # PostgreSQL keeps no such text, and no person writes it
            raise ValueError("text with a NUL character: take it out")
        return nfc(value)
    if isinstance(value, Mapping):
        return {_composed(key): _composed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)([_composed(item) for item in value])
    return value


class Message(BaseModel):
    """A value that travels: immutable, and its text in NFC."""

    model_config = ConfigDict(frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _normalise(cls, value: Any, info: ValidationInfo) -> Any:
        return value if info.context is COMPOSED else _composed(value)


class Command(Message):
    """Something a person asks for. A misspelt request is not a request."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Event(Message):
    """Something that happened. Never changed once recorded; unknown fields are tolerated on reading.

    `clauses` are the provisions of the regulation that the event serves as evidence for; `schema_number`
    grows when the shape changes, together with an upcaster in the context's `history.py`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    clauses: ClassVar[tuple[str, ...]] = ("D2.1",)
    schema_number: ClassVar[int] = 1


class DocumentRef(Message):
    """A document as it is cited: number and symbol, day of issue, issuer; unknown parts stay None."""

    number: str
    date: datetime.date | None = None
    issuer: str | None = None
    date_wording: str | None = None

    def __str__(self) -> str:
        day = f" {self.date:%d/%m/%Y}" if self.date else ""
        return f"{self.number}{day}"
