"""Every text of every event was judged: docs/personal-data.md says what is sealed, and why not the rest."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from services.published import CODEC
from shared.personal.marking import personal_fields

DOCUMENT = (Path(__file__).parents[3] / "docs" / "personal-data.md").read_text(encoding="utf-8")
SEALED, NOT_SEALED = (
    DOCUMENT.split(f"## {title}")[1].split("\n## ")[0]
    for title in ("What is sealed", "What is not sealed, and why")
)


def texts(model: type[BaseModel]) -> Iterator[str]:
    """The names of the fields of a message, and of the messages in it, that hold a text which is no id."""
    marked = personal_fields(model)
    for name, field in model.model_fields.items():
        if name in marked or name.endswith("_id"):
            continue
        for kind in _within(field.annotation):
            if kind is str:
                yield name
            elif isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from texts(kind)


def _within(kind: Any) -> Iterator[Any]:
    yield kind
    for argument in get_args(kind):
        yield from _within(argument)


def test_the_document_names_what_is_sealed_and_nothing_else() -> None:
    told = set(re.findall(r"^\| `(\w+\.\w+)` \|", SEALED, re.MULTILINE))
    assert told == {f"{name}.{field}" for name, one in CODEC.types.items() for field in personal_fields(one)}


def test_of_every_other_text_it_says_why_it_is_not() -> None:
    """A new field that may speak of a person is marked; any other is named there, with the reason."""
    judged = set(re.findall(r"`(\w+)`", NOT_SEALED))
    unjudged = {f"{name}: {text}" for name, one in CODEC.types.items() for text in set(texts(one)) - judged}
    assert unjudged == set()
