"""From the text of a YAML file to plain values, one entry at a time, believing YAML as little as possible.

YAML takes `1.000` for one, `033` for twenty-seven, `8:30` for 510 and `no` for false. Here a scalar is a
number only where its digits say so beyond doubt; every other unquoted word stays the word that was written.
"""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from shared.errors import BcdError
from shared.text import nfc

MAX_BYTES = 20_000_000
MAX_VALUES = 20_000
"""How many values one entry may hold once its aliases are written out."""
MAX_DEPTH = 40

_STANDARD = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")
_FRACTION = re.compile(r"-?(0|[1-9]\d{0,14})\.\d{1,15}")
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+")


class ChronicleError(BcdError):
    """The file as a whole cannot be read; nothing of it was imported."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)


class Unreadable(ValueError):
    """One entry cannot be read; the sentence says why and at which line."""


def entries_of(path: Path) -> list[yaml.Node]:
    """The nodes of the list that the file is. Raises ChronicleError with place and remedy."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ChronicleError(
                f"{path}: tệp lớn hơn {MAX_BYTES} byte, hãy chia nhỏ / larger than that, split it"
            )
        text = nfc(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ChronicleError(f"{path}: không có tệp này / there is no such file") from None
    except UnicodeDecodeError as error:
        raise ChronicleError(
            f"{path}: không phải UTF-8, hãy lưu lại bằng UTF-8 / not UTF-8, save it as UTF-8: {error}"
        ) from error
    except OSError as error:
        raise ChronicleError(f"{path}: không đọc được / cannot be read: {error}") from error
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError:
        raise ChronicleError(f"{path}: lồng nhau quá sâu / nested too deeply") from None
    except (yaml.YAMLError, ValueError) as error:
        raise ChronicleError(_malformed(path, text, error)) from error
    if not isinstance(node, yaml.SequenceNode):
        raise ChronicleError(
            f"{path}: tệp phải là một danh sách sự kiện (mỗi mục bắt đầu bằng '- date:') / "
            "the file must be a list of entries, each beginning with '- date:'"
        )
    return list(node.value)


def _malformed(path: Path, text: str, error: Exception) -> str:
    """Where YAML stumbled and over what, in one line."""
    mark, position = getattr(error, "problem_mark", None), getattr(error, "position", None)
    where = f", dòng / line {mark.line + 1}, cột / column {mark.column + 1}" if mark else ""
    if not where and isinstance(position, int):
        where = f", dòng / line {text.count(chr(10), 0, position) + 1}"
    parts = [
        getattr(error, "context", None),
        getattr(error, "problem", None) or getattr(error, "reason", None),
    ]
    problem = "; ".join(part for part in parts if part) or " ".join(str(error).split())
    hint = " (dùng dấu cách, không dùng tab / use spaces, not tabs)" if r"'\t'" in problem else ""
    what = "YAML sai cú pháp, chưa nhập gì / malformed YAML, nothing was imported"
    return f"{path}{where}: {what}: {problem}{hint}"


def title_in(node: yaml.Node) -> str | None:
    """Date and title of an entry that cannot be read as a whole, as far as they are plain words."""
    if not isinstance(node, yaml.MappingNode):
        return None
    plain = {
        key.value: value.value
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
    }
    return f"{plain.get('date', '?')} {nfc(plain['title'])}" if plain.get("title") else None


def value_of(node: yaml.Node) -> Any:
    """The plain value of an entry's node. Raises Unreadable."""
    return _Values().of(node, 0)


class _Values:
    """Counts while it goes, so that aliases of aliases cannot grow without end."""

    def __init__(self) -> None:
        self._left = MAX_VALUES

    def of(self, node: yaml.Node, depth: int) -> Any:
        self._left -= 1
        line = node.start_mark.line + 1
        if self._left < 0 or depth > MAX_DEPTH:
            raise Unreadable(
                f"dòng / line {line}: quá nhiều hoặc lồng quá sâu (alias?) / too much or too deep (aliases?)"
            )
        name = node.tag.removeprefix(_STANDARD)
        match node:
            case yaml.ScalarNode() if name in ("str", "int", "float", "bool", "null", "timestamp", "value"):
                return nfc(node.value) if node.style or name == "str" else _plain(node.value)
            case yaml.SequenceNode() if name == "seq":
                return [self.of(item, depth + 1) for item in node.value]
            case yaml.MappingNode() if name == "map":
                return self._mapping(node, depth)
            case _:
                raise Unreadable(
                    f"dòng / line {line}: không nhận nhãn YAML {node.tag} / this YAML tag is not accepted"
                )

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        """Keys are words; `<<` brings in what stands elsewhere, and what stands here goes first."""
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, value in node.value:
            if key.tag == f"{_STANDARD}merge":
                for source in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                    brought = self.of(source, depth + 1)
                    merged = {**(brought if isinstance(brought, dict) else {}), **merged}
                continue
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise Unreadable(f"dòng / line {line}: khóa phải là chữ / a key must be words")
            name = nfc(key.value)
            if name in own:
                raise Unreadable(
                    f"dòng / line {line}: khóa {name!r} ghi hai lần, hãy bỏ một / stands twice, drop one"
                )
            own[name] = self.of(value, depth + 1)
        return {**merged, **own}


def _plain(text: str) -> Any:
    """An unquoted word of YAML: nothing, yes or no, a number beyond doubt, or the word itself."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if _WHOLE.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text) and not _THOUSANDS.fullmatch(text):
        number = float(text)
        return number if Decimal(repr(number)) == Decimal(text) else text
    return nfc(text)
