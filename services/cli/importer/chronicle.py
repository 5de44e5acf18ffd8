"""A chronicle file as a whole, and how it is read: every fault is told by file, line and entry."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from services.cli.importer import wording
from services.cli.importer.days import effective
from services.cli.importer.entry import KINDS as KINDS
from services.cli.importer.entry import Entry
from services.cli.importer.faults import told
from services.cli.importer.reading import ChronicleError as ChronicleError
from services.cli.importer.reading import Unreadable, entries_of, title_in, value_of


@dataclass(frozen=True)
class Located:
    """An entry with its place in the file; `key` names it for ever, so that it is imported once.
    `twin_of` is the line of an earlier entry that tells the same fact."""

    entry: Entry
    line: int
    key: str
    twin_of: int | None = None


@dataclass(frozen=True)
class Misfit:
    """An entry that does not have the shape of a fact: where it is, and what to mend."""

    title: str
    line: int
    why: str


@dataclass(frozen=True)
class Chronicle:
    entries: tuple[Located, ...]
    misfits: tuple[Misfit, ...]

    @property
    def total(self) -> int:
        return len(self.entries) + len(self.misfits)


def load(path: Path) -> Chronicle:
    """Read a chronicle, entries in order of time. Raises ChronicleError with place and remedy."""
    entries: list[Located] = []
    misfits: list[Misfit] = []
    seen: dict[str, list[Located]] = {}
    for node in entries_of(path):
        line = node.start_mark.line + 1
        raw: Any = None
        try:
            raw = value_of(node)
            entry = Entry.model_validate(raw)
        except Unreadable as error:
            name = title_in(node) or "(mục không đọc được / unreadable entry)"
            misfits.append(Misfit(name[:300], line, str(error)))
        except ValidationError as error:
            misfits.append(Misfit(_title(raw), line, told(error)))
        else:
            key = f"{entry.date}|{entry.kind}|{entry.title}"
            before = seen.setdefault(key, [])
            twin = next((other.line for other in before if _same_fact(entry, other.entry)), None)
            before.append(Located(entry, line, f"{key}#{len(before) + 1}" if before else key, twin))
            entries.append(before[-1])
    return Chronicle(tuple(sorted(entries, key=lambda located: _in_time(located.entry))), tuple(misfits))


def _in_time(entry: Entry) -> str:
    """When it counts: what changes committee and agencies, from the day on which it takes effect."""
    changes = entry.kind in ("membership", "reorganisation", "support_team", "work_programme")
    return effective(entry)[0] if changes else entry.date


def _same_fact(one: Entry, other: Entry) -> bool:
    """Of one day, kind and title: the same fact told twice, unless on other documents or led by others."""
    numbers, others = ({ref.number for ref in entry.refs} for entry in (one, other))
    leads = {entry.text("lead") for entry in (one, other) if entry.text("lead")}
    return (not numbers or not others or not numbers.isdisjoint(others)) and len(leads) < 2


def _title(raw: Any) -> str:
    if isinstance(raw, dict) and (title := wording.words(raw.get("title"))):
        return f"{wording.words(raw.get('date')) or '?'} {title[:300]}"
    return "(mục không có tiêu đề / entry without a title)"
