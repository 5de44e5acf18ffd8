"""One fact of a chronicle, as its file gives it: what is there is kept, what is not stays away."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from services.cli.importer import wording
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


def _exact_day(text: str | None) -> date | None:
    """Only a whole day is a date; `20220928` and weeks are not how documents are dated."""
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None
