"""The files of a story: YAML with the line of every mapping, so that a fault can be told with its place."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from shared.catalogue import both

SIZE: Final = 4_000_000
"""Bytes that a file of a story may have."""


class StoryError(Exception):
    """A story that cannot be told; the text is one sentence: where, what, and how to mend it."""


class Marked(dict[str, Any]):
    """A mapping that knows its file and line."""

    place: str = ""


@dataclass(frozen=True)
class Files:
    """The index of a story and its files, in the order in which the index names them."""

    index: Marked
    parts: tuple[Marked, ...]


def read(path: Path) -> Files:
    """The index and every file that it names beside it. Raises StoryError."""
    index = _mapping(path)
    named = index.get("files", [])
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        raise fault(index.place, "files", path=path.name)
    return Files(index, tuple(_mapping(path.parent / name) for name in named))


def fault(place: str, key: str, **values: object) -> StoryError:
    """An error with a text of the catalogue, after the place that it is about."""
    return StoryError(f"{place}: {both(f'story.fault_{key}', **values)}")


def _mapping(path: Path) -> Marked:
    content = _load(path)
    if not isinstance(content, Marked):
        raise fault(path.name, "not_a_mapping")
    return content


def _load(path: Path) -> Any:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise fault(path.name, "unreadable", why=error.strerror or error) from error
    if len(raw) > SIZE:
        raise fault(path.name, "too_large", limit=SIZE)

    class Loader(_Loader):
        file = path.name

    try:
        return yaml.load(raw.decode("utf-8"), Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise fault(path.name, "not_yaml", why=" ".join(str(error).split())) from error


class _Loader(yaml.SafeLoader):
    """The safe loader; a key that stands twice is a fault, since the second would hide the first."""

    file = ""


def _construct(loader: _Loader, node: yaml.MappingNode) -> Marked:
    marked = Marked()
    marked.place = f"{loader.file}:{node.start_mark.line + 1}"
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in marked:
            raise fault(f"{loader.file}:{key_node.start_mark.line + 1}", "twice", name=key)
        marked[str(key)] = loader.construct_object(value_node, deep=True)
    return marked


_BOOL: Final = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag != _BOOL]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile("true|false"), list("tf"))  # `on` is a day, not a yes
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct)
