"""How the files of a story are written: what each of their mappings may say."""

from datetime import date
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.cli.stories.reading import fault
from shared.handling import describe
from shared.messages import DocumentRef

NAME: Final = r"^[a-z][a-z0-9-]*$"
HOUR: Final = r"^([01]\d|2[0-3])h[0-5]\d$"
COMMITTEE: Final = r"^[a-z][a-z0-9]{1,30}$"


class Shape(BaseModel):
    """A mapping of a story; a misspelt field is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(Shape):
    """Who acts, and in which capacity; `title` is for people who read the story."""

    person: str = Field(min_length=1)
    capacity: str = Field(min_length=1)
    title: str = ""


class Part(Shape):
    """A file of a story. What is `Any` is looked at one by one, so that each is told with its line."""

    title: str = ""
    patterns: dict[str, Any] = Field(default_factory=dict)
    steps: tuple[Any, ...] = ()


class Index(Part):
    """The first file: what the story is called, whose it is, until when it goes, who acts in it."""

    story: str = Field(pattern=NAME, max_length=100)
    title: str = Field(min_length=1)
    committee: str = Field(pattern=COMMITTEE)
    until: date
    people: dict[str, Any] = Field(min_length=1)
    files: tuple[str, ...] = ()


class RawStep(Shape):
    """A step as it is written: on a day somebody asks for something.

    `as` names it for others to refer to; `refused` is the provision under which the regulation says no;
    `wait` lets everything that follows by itself happen first; `committee` is another one than the story's;
    `effective` is the earlier day on which it took effect, where it is entered later; `at` is the hour of
    that day in Viet Nam, `08h30`.
    """

    on: date
    effective: date | None = None
    at: str | None = Field(default=None, pattern=HOUR)
    by: str
    ask: str
    name: str | None = Field(default=None, alias="as", pattern=NAME, max_length=100)
    data: dict[str, Any] = Field(default_factory=dict)
    document: DocumentRef | None = None
    refused: str | None = Field(default=None, pattern=r"^D\d{1,2}(\.[a-z0-9]{1,3})*$")
    wait: bool = False
    note: str = ""
    committee: str | None = Field(default=None, pattern=COMMITTEE)


S = TypeVar("S", bound=Shape)


def shaped(shape: type[S], raw: Any) -> S:
    """The mapping as it is to be; raises StoryError with its place."""
    place = getattr(raw, "place", "?")
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        raise fault(place, "shape", why=describe(error)) from error
