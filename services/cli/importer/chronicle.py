"""The shape of a chronicle file, and how it is read: every fault is told by file, line and entry."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from services.cli.importer import wording
from services.cli.importer.faults import told
from services.cli.importer.reading import ChronicleError as ChronicleError
from services.cli.importer.reading import Unreadable, entries_of, title_in, value_of
from shared.dates import Moment
from shared.messages import DocumentRef

KINDS = (
    "meeting",
    "report",
    "work_programme",
    "membership",
    "task",
    "feedback",
    "inspection",
    "support_team",
    "reorganisation",
    "opinion",
    "conclusion",
    "reward",
)
"""The kinds of entry that can be expressed; any other is reported by name and not imported."""


class CitedDocument(BaseModel):
    """A document as the chronicle cites it; its date may be partial or unknown words, its number unknown."""

    model_config = ConfigDict(frozen=True, extra="allow")

    number: str | None = None
    date: str | None = None
    issuer: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _only_a_number(cls, value: Any) -> Any:
        return {"number": value} if isinstance(value, str | int | float) else value

    @field_validator("number", "date", "issuer", mode="before")
    @classmethod
    def _text(cls, value: Any) -> Any:
        return wording.words(value) or None

    def ref(self) -> DocumentRef | None:
        """How it is cited; None where no number is known to cite it by."""
        if self.number is None:
            return None
        day = _exact_day(self.date)
        vague = self.date if day is None else None
        return DocumentRef(number=self.number, date=day, issuer=self.issuer, date_wording=vague)


class Entry(BaseModel):
    """One fact of the chronicle. Unknown keys are kept and travel as notes."""

    model_config = ConfigDict(frozen=True, extra="allow")

    date: Moment
    kind: str
    title: str = Field(min_length=1, max_length=5_000)
    source: str = Field(min_length=1, max_length=5_000)
    stated: bool = True
    documents: tuple[CitedDocument, ...] = ()
    positions: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    figures: dict[str, Any] = Field(default_factory=dict)
    details: dict[str, Any] = Field(default_factory=dict)

    @field_validator("date", "title", mode="before")
    @classmethod
    def _words(cls, value: Any) -> Any:
        return value if isinstance(value, list | dict | bool | None) else wording.words(value)

    @field_validator("source", mode="before")
    @classmethod
    def _sources(cls, value: Any) -> Any:
        return value if isinstance(value, dict | bool | None) else wording.words(value)

    @field_validator("kind")
    @classmethod
    def _kind(cls, value: str) -> str:
        if value not in KINDS:
            raise ValueError(f"{value!r} is none of: {', '.join(KINDS)}")
        return value

    @field_validator("positions", "agencies", mode="before")
    @classmethod
    def _lines(cls, value: Any) -> Any:
        return wording.listed(value)

    @field_validator("documents", "figures", "details", mode="before")
    @classmethod
    def _absent(cls, value: Any, info: Any) -> Any:
        """An empty YAML value means that nothing is stated."""
        if info.field_name == "documents":
            items = value if isinstance(value, list | tuple) else [value]
            return [item for item in items if item not in (None, "", {})]
        return {} if value is None else value

    @property
    def refs(self) -> tuple[DocumentRef, ...]:
        """The documents that can be cited, each once."""
        return tuple(dict.fromkeys(ref for document in self.documents if (ref := document.ref())))

    @property
    def numbers(self) -> dict[str, int | float | str]:
        """The figures, flat by name."""
        return wording.figures(self.figures)

    def texts(self, key: str) -> tuple[str, ...]:
        """A detail that is a text or a list of texts, as texts."""
        return wording.texts(self.details.get(key))

    def text(self, key: str) -> str | None:
        return "; ".join(self.texts(key)) or None


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
    """Read a chronicle, entries in order of their dates. Raises ChronicleError with place and remedy."""
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
    return Chronicle(tuple(sorted(entries, key=lambda located: located.entry.date)), tuple(misfits))


def _same_fact(one: Entry, other: Entry) -> bool:
    """Of one day, kind and title: the same fact told twice, unless on other documents or led by others."""
    numbers, others = ({ref.number for ref in entry.refs} for entry in (one, other))
    leads = {entry.text("lead") for entry in (one, other) if entry.text("lead")}
    return (not numbers or not others or not numbers.isdisjoint(others)) and len(leads) < 2


def _title(raw: Any) -> str:
    if isinstance(raw, dict) and (title := wording.words(raw.get("title"))):
        return f"{wording.words(raw.get('date')) or '?'} {title[:300]}"
    return "(mục không có tiêu đề / entry without a title)"


def _exact_day(text: str | None) -> date | None:
    """Only a whole day is a date; `20220928` and weeks are not how documents are dated."""
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None
