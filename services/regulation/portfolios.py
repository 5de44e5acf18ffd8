"""The specific responsibilities that the regulation gives to eight members (D6.2), as its text has them."""

from datetime import date
from functools import cache
from typing import Final

from pydantic import ConfigDict, Field, TypeAdapter

from services.regulation.reading import read
from shared.messages import DocumentRef, Message

REGULATION: Final = DocumentRef(number="64/QĐ-BCĐ", date=date(2022, 4, 20))
"""The regulation whose text this folder holds."""


class Portfolio(Message):
    """What the holder of a post answers for to the chair."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    clause: str = Field(pattern=r"^D6\.2\.[a-z]{1,2}$")
    position: str = Field(min_length=1)
    field: str = Field(min_length=1)
    documents: tuple[DocumentRef, ...] = ()
    coordinate_with: tuple[str, ...] = ()


@cache
def portfolios() -> tuple[Portfolio, ...]:
    """All eight, in the order of the text, read once."""
    return TypeAdapter(tuple[Portfolio, ...]).validate_python(read("portfolios.yaml"))
