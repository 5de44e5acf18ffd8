"""Every sentence and word that people read, in Vietnamese and English: the files of the folder `messages`.

A key is the path to a text, such as `register.members` or `error.no_system`. A group may go on in another
file; a key stands only once in all of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).with_name("messages")


@dataclass(frozen=True)
class Text:
    """One text in both languages; `{name}` stands for a value."""

    vi: str
    en: str


class CatalogueError(Exception):
    """A key is not in the catalogue, or one of the catalogue's own files is malformed."""


@cache
def catalogue() -> Mapping[str, Text]:
    """Every key with its text; read at the first sentence, since most processes never say one."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C where there is one: 8 times faster
    found: dict[str, Text] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        for key, told in _flattened(yaml.load(file.read_text(encoding="utf-8"), loader), ""):
            if key in found:
                raise CatalogueError(f"{file.name}: {key} stands in another file too")
            found[key] = told
    return found


def _flattened(node: Any, path: str) -> Iterator[tuple[str, Text]]:
    if not isinstance(node, dict):
        raise CatalogueError(f"{path}: a text needs both vi and en")
    if node.keys() & {"vi", "en"} and all(isinstance(value, str) for value in node.values()):
        if node.keys() != {"vi", "en"} or not all(str(value).strip() for value in node.values()):
            raise CatalogueError(f"{path}: a text needs both vi and en, and nothing else")
        yield path, Text(node["vi"], node["en"])
        return
    for name, child in node.items():
        yield from _flattened(child, f"{path}.{name}" if path else str(name))


def text(key: str) -> Text:
    """Both languages of a key, values not filled in; raises CatalogueError for an unknown key."""
    found = catalogue().get(key)
    if found is None:
        raise CatalogueError(f"the catalogue has no text {key!r}")
    return found


def say(key: str, **values: object) -> str:
    """The Vietnamese text."""
    return text(key).vi.format(**values)


def say_en(key: str, **values: object) -> str:
    """The English text."""
    return text(key).en.format(**values)


def both(key: str, **values: object) -> str:
    """Vietnamese first, then English: `tiếng Việt / English`."""
    return f"{say(key, **values)} / {say_en(key, **values)}"


def word(group: str, code: str) -> str:
    """The Vietnamese word for a code (a role, a kind, a column); the code itself where it is unknown."""
    found = catalogue().get(f"{group}.{code}")
    return found.vi if found else code.replace("_", " ")


def word_en(group: str, code: str) -> str:
    """As `word`, in English."""
    found = catalogue().get(f"{group}.{code}")
    return found.en if found else code.replace("_", " ")
