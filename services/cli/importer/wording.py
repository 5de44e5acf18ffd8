"""What a source says in words, whatever YAML made of it: texts, days, figures."""

import re
from typing import Any

from shared.dates import Moment

_DAY = re.compile(r"(?:từ )?(?:ngày )?(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(?:từ )?(?:tháng )?(\d{1,2})/(\d{4})", re.IGNORECASE)


def words(value: Any) -> str:
    """A value as words, never as Python writes it; empty for nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case list() | tuple():
            return "; ".join(text for item in value if (text := words(item)))
        case dict():
            return "; ".join(f"{key}: {words(item)}" for key, item in value.items())
        case _:
            return str(value).strip()


def texts(value: Any) -> tuple[str, ...]:
    """A text or a list of texts, as texts; what is empty says nothing."""
    items = value if isinstance(value, list | tuple) else [value]
    return tuple(text for item in items if (text := words(item)))


def listed(value: Any) -> tuple[str, ...]:
    """Lines of a list. `- Trưởng ban: Bí thư` without quotes is a mapping to YAML, and a line to people."""
    lines: list[str] = []
    for item in value if isinstance(value, list | tuple) else [value]:
        if isinstance(item, dict):
            for key, named in item.items():
                several = named if isinstance(named, list) else [named]
                lines += [f"{key}: {words(one)}".removesuffix(": ") for one in several]
        elif text := words(item):
            lines.append(text)
    return tuple(lines)


def figures(value: dict[str, Any], prefix: str = "") -> dict[str, int | float | str]:
    """Figures flat by name: groups and lists become `group.name`; what has no value is left to the notes."""
    flat: dict[str, int | float | str] = {}
    for key, item in value.items():
        name = f"{prefix}{key}"
        match item:
            case None:
                pass
            case dict():
                flat |= figures(item, f"{name}.")
            case list():
                flat |= figures({str(n): one for n, one in enumerate(item, start=1)}, f"{name}.")
            case bool():
                flat[name] = words(item)
            case _:
                flat[name] = item
    return flat


def moment_of(text: str) -> Moment | None:
    """A day, a month or a year as ISO or as Vietnamese documents write it; None where words fix none."""
    plain = text.strip()
    try:
        if found := _DAY.fullmatch(plain):
            return Moment(f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}")
        if found := _MONTH.fullmatch(plain):
            return Moment(f"{found[2]}-{int(found[1]):02d}")
        return Moment(plain)
    except ValueError:
        return None
