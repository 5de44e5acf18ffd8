"""The shape of a chronicle file, and how it is read: every fault is told by file, line and entry."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from shared.dates import Moment
from shared.errors import BcdError
from shared.handling import describe
from shared.messages import DocumentRef
from shared.text import nfc

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


class ChronicleError(BcdError):
    """The file as a whole cannot be read; nothing of it was imported."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)


class CitedDocument(BaseModel):
    """A document as the chronicle cites it; its date may be partial or unknown words."""

    model_config = ConfigDict(frozen=True, extra="allow")

    number: str = Field(min_length=1)
    date: str | None = None
    issuer: str | None = None

    @field_validator("number", "date", "issuer", mode="before")
    @classmethod
    def _text(cls, value: Any) -> Any:
        return _as_text(value)

    def ref(self) -> DocumentRef:
        day = _exact_day(self.date)
        wording = self.date if day is None else None
        return DocumentRef(number=self.number, date=day, issuer=self.issuer, date_wording=wording)


class Entry(BaseModel):
    """One fact of the chronicle. Unknown keys are kept and travel as notes."""

    model_config = ConfigDict(frozen=True, extra="allow")

    date: Moment
    kind: str
    title: str = Field(min_length=1)
    source: str = Field(min_length=1)
    stated: bool = True
    documents: tuple[CitedDocument, ...] = ()
    positions: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    figures: dict[str, int | float | str] = Field(default_factory=dict)
    details: dict[str, Any] = Field(default_factory=dict)

    @field_validator("date", mode="before")
    @classmethod
    def _date(cls, value: Any) -> Any:
        return _as_text(value)

    @field_validator("kind")
    @classmethod
    def _kind(cls, value: str) -> str:
        if value not in KINDS:
            raise ValueError(f"{value!r} is none of: {', '.join(KINDS)}")
        return value

    @field_validator("documents", "positions", "agencies", "figures", "details", mode="before")
    @classmethod
    def _absent(cls, value: Any, info: Any) -> Any:
        """An empty YAML value means that nothing is stated."""
        empty: Any = {} if info.field_name in ("figures", "details") else ()
        return empty if value is None else value

    @property
    def refs(self) -> tuple[DocumentRef, ...]:
        return tuple(document.ref() for document in self.documents)

    @property
    def tasks(self) -> list[dict[str, str]]:
        """The tasks that the details list, each with `what` is to be done."""
        listed = self.details.get("tasks") or []
        items = [item if isinstance(item, dict) else {"what": str(item)} for item in listed]
        return [item for item in items if item.get("what")]

    def texts(self, key: str) -> tuple[str, ...]:
        """A detail that is a text or a list of texts, as texts."""
        value = self.details.get(key)
        if value is None:
            return ()
        return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)

    def text(self, key: str) -> str | None:
        texts = self.texts(key)
        return "; ".join(texts) if texts else None


@dataclass(frozen=True)
class Located:
    """An entry with its place in the file; `key` names it for ever, so that it is imported once."""

    entry: Entry
    line: int
    key: str


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
    try:
        text = nfc(path.read_text(encoding="utf-8"))
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except FileNotFoundError:
        raise ChronicleError(f"{path}: không có tệp này / there is no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ChronicleError(f"{path}: không đọc được / cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise ChronicleError(_malformed(path, error)) from error
    if not isinstance(node, yaml.SequenceNode):
        raise ChronicleError(
            f"{path}: tệp phải là một danh sách sự kiện (mỗi mục bắt đầu bằng '- date:') / "
            "the file must be a list of entries, each beginning with '- date:'"
        )
    return _checked(node)


def _checked(node: yaml.SequenceNode) -> Chronicle:
    entries: list[Located] = []
    misfits: list[Misfit] = []
    seen: dict[str, int] = {}
    for item in node.value:
        line = item.start_mark.line + 1
        raw = _value(item)
        try:
            entry = Entry.model_validate(raw)
        except ValidationError as error:
            misfits.append(Misfit(_title(raw), line, describe(error)))
            continue
        key = f"{entry.date}|{entry.kind}|{entry.title}"
        seen[key] = seen.get(key, 0) + 1
        entries.append(Located(entry, line, key if seen[key] == 1 else f"{key}#{seen[key]}"))
    return Chronicle(tuple(sorted(entries, key=lambda located: located.entry.date)), tuple(misfits))


def _value(node: yaml.Node) -> Any:
    constructor = yaml.constructor.SafeConstructor()
    try:
        return constructor.construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        return {"title": f"(không đọc được: {error})"}


def _title(raw: Any) -> str:
    if isinstance(raw, dict) and raw.get("title"):
        return f"{raw.get('date', '?')} {raw['title']}"
    return "(mục không có tiêu đề / entry without a title)"


def _malformed(path: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f", dòng / line {mark.line + 1}, cột / column {mark.column + 1}" if mark else ""
    problem = getattr(error, "problem", None) or str(error)
    return f"{path}{where}: YAML sai cú pháp, chưa nhập gì / malformed YAML, nothing was imported: {problem}"


def _as_text(value: Any) -> Any:
    """YAML reads `2021-06-11` as a day and `2021` as a number; both are written back as they stood."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _exact_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
