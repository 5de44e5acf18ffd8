"""A value of any message type, filled in to the last field or to no more than it must have."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from enum import Enum, EnumType
from types import NoneType, UnionType
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound=BaseModel)

_WORDS: Final = ("Mẫu hư cấu", "mau", "ab" * 32)
"""Texts; a field that asks for a certain form takes the first that has it."""
_PLAIN: Final[Mapping[Any, tuple[Any, ...]]] = {
    str: _WORDS,
    bool: (True, False),
    int: (2, 3),
    float: (1.5,),
    date: (date(2026, 2, 9),),
    datetime: (datetime(2026, 2, 9, 1, 30, tzinfo=UTC),),
    UUID: (UUID("31027afe-9f7e-a553-3be1-5b6b18c43150"),),
}


def sample(model: type[M], *, full: bool, turn: int = 0) -> M:
    """With `full` every field is told, and none as its default; without, only those that must be.

    Each `turn` takes the next word of every vocabulary.
    """
    fields = {
        field.alias or name: _value(model, name, full, turn)
        for name, field in model.model_fields.items()
        if full or field.is_required()
    }
    return model.model_validate(fields)


def paths(model: type[BaseModel]) -> Iterator[str]:
    """Every field of a message and of the messages in it: `due`, `due.wording`."""
    for name, field in model.model_fields.items():
        yield name
        for part in _messages(field.annotation):
            yield from (f"{name}.{path}" for path in paths(part))


def told(message: BaseModel) -> Iterator[str]:
    """The paths that say something here: a field that must be told, or is told otherwise than by default."""
    for name, field in type(message).model_fields.items():
        value = getattr(message, name)
        if field.is_required() or value != field.get_default(call_default_factory=True):
            yield name
            for part in _in(value):
                if isinstance(part, BaseModel):
                    yield from (f"{name}.{path}" for path in told(part))


def words(kind: Any) -> Iterator[str]:
    """Every word of the vocabularies (enumerations) in a type: `Role.chair`."""
    if isinstance(kind, EnumType):
        yield from map(_word, kind)
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        for field in kind.model_fields.values():
            yield from words(field.annotation)
    for argument in get_args(kind):
        yield from words(argument)


def words_told(value: Any) -> Iterator[str]:
    """The words of vocabularies that a value holds, however deep."""
    for part in _in(value):
        if isinstance(part, Enum):
            yield _word(part)
        elif isinstance(part, BaseModel):
            for name in type(part).model_fields:
                yield from words_told(getattr(part, name))


def _word(word: Enum) -> str:
    return f"{type(word).__name__}.{word.value}"


def _in(value: Any) -> Iterator[Any]:
    """What a field holds, one by one."""
    if isinstance(value, tuple | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _in(part)
    else:
        yield value


def _value(model: type[BaseModel], name: str, full: bool, turn: int) -> Any:
    field = model.model_fields[name]
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    for value in _candidates(field.annotation, full, turn):
        if value != default and _fits(model, field.alias or name, value):
            return value
    raise LookupError(f"no sample of {model.__name__}.{name}, {field.annotation}: add one to this file")


def _fits(model: type[BaseModel], name: str, value: Any) -> bool:
    try:
        model.model_validate({name: value})
    except ValidationError as error:
        return all(fault["loc"][0] != name for fault in error.errors())
    return True


def _candidates(kind: Any, full: bool, turn: int) -> Iterator[Any]:
    """Values of a type, the most telling first."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        yield from _candidates(arguments[0], full, turn)
    elif origin in (Union, UnionType):
        for argument in arguments:
            if argument is not NoneType:
                yield from _candidates(argument, full, turn)
    elif origin is tuple:
        yield from ((value,) for value in _candidates(arguments[0], full, turn))
    elif origin is dict:
        values = list(_candidates(arguments[1], full, turn))
        yield {str(number): value for number, value in enumerate(values)}
        yield from ({"mau": value} for value in values)
    elif hasattr(kind, "__supertype__"):
        yield from _candidates(kind.__supertype__, full, turn)
    elif issubclass(kind, BaseModel):
        yield sample(kind, full=full, turn=turn)
    elif issubclass(kind, Enum):
        words = list(kind)
        yield from (words[(turn + n) % len(words)] for n in range(len(words)))
    elif kind in _PLAIN:
        yield from _PLAIN[kind]
    else:
        yield "2021-06-11"  # a text of a form of its own: a moment


def _messages(kind: Any) -> Iterator[type[BaseModel]]:
    """The message types that a field may hold."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for argument in get_args(kind):
        yield from _messages(argument)
