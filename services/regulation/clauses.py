"""The clauses of the regulation: their words, whose duty each is, how it is breached, where to look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Final

from pydantic import ConfigDict, Field, TypeAdapter

from services.regulation.reading import read
from shared.messages import Message

ID: Final = r"^D\d{1,2}(\.\d{1,2}(\.[a-z]{1,2})?)?$"
COMMENDATION: Final = "kt"  # the second paragraph of khoản 4 Điều 7 has no letter of its own


class Who(StrEnum):
    """Whose duty or power a clause is."""

    COMMITTEE = "committee"
    CHAIR = "chair"
    STANDING_DEPUTY = "standing_deputy"
    DEPUTY = "deputy"
    MEMBER = "member"
    SUPPORT_TEAM = "support_team"
    TEAM_LEADER = "team_leader"
    FOCAL_POINT = "focal_point"
    AGENCY = "agency"
    DISTRICT = "district"


class Breach(StrEnum):
    """How a clause can be breached."""

    DOING = "doing"  # by an act that it forbids, or leaves to another: the act is refused
    OMISSION = "omission"  # by not doing what it asks for
    BOTH = "both"
    NONE = "none"  # it says what is meant, or for whom the rest is


class ProvenBy(StrEnum):
    """Which rules and events count for a clause."""

    ITSELF = "itself"  # those that cite it
    HEADING = "heading"  # those of the heading above too: one mechanism carries all of its clauses
    EVERY_EVENT = "every_event"  # every event that there is: each names who acted, in which capacity, and why


class _Part(Message):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=ID)
    chapter: str | None = None  # where a chapter begins

    @property
    def parts(self) -> tuple[str, ...]:
        """The id by its dots: `("D6", "1", "d")`."""
        return tuple(self.id.split("."))

    @property
    def article(self) -> str:
        return self.parts[0]

    @property
    def above(self) -> str:
        """The id of the heading; empty for an article."""
        return ".".join(self.parts[:-1])

    @property
    def cite(self) -> str:
        """As documents cite it: `điểm d khoản 1 Điều 6`."""
        steps = self._steps("Điều", "khoản", "điểm", "đoạn")
        return " ".join(f"{word} {number}" for word, number in reversed(steps))

    @property
    def cite_en(self) -> str:
        """In English: `Article 6, clause 1, point d`."""
        steps = self._steps("Article", "clause", "point", "paragraph")
        return ", ".join(f"{word} {number}" for word, number in steps)

    def _steps(self, article: str, clause: str, point: str, paragraph: str) -> list[tuple[str, str]]:
        _, *below = self.parts
        steps = [(article, self.article[1:]), *zip((clause, point), below, strict=False)]
        if self.parts[-1] == COMMENDATION:
            steps[-1] = (paragraph, "2")
        return [(word, "đ" if number == "dd" else number) for word, number in steps]


class Heading(_Part):
    """An article or a clause that only gathers others."""

    title: str = Field(min_length=1)


class Summary(Message):
    """A clause in one line, in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Clause(_Part):
    """A provision that says something: the smallest unit that rules, events and records cite."""

    title: str | None = None  # of an article without clauses
    text: str = Field(min_length=1)
    who: tuple[Who, ...] = Field(min_length=1)
    duty: Summary
    breach: Breach
    records: tuple[str, ...] = ()  # names of registers
    proven_by: ProvenBy = ProvenBy.ITSELF


Part = Heading | Clause


class UnknownClause(LookupError):
    """The regulation has no such clause."""


@dataclass(frozen=True)
class Clauses:
    """All of the regulation; iterates over headings and clauses in the order of its text."""

    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        ids = [part.id for part in self.parts]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(f"these stand twice: {', '.join(twice)}")

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)

    @cached_property
    def by_id(self) -> Mapping[str, Part]:
        return {part.id: part for part in self.parts}

    @property
    def leaves(self) -> Sequence[Clause]:
        """The clauses alone."""
        return [part for part in self.parts if isinstance(part, Clause)]

    def clause_of(self, rule: str) -> Part:
        """The longest id that begins `rule`, dot by dot: `D6.1.d.2` is of D6.1.d, `D1.4` of Điều 1.

        Raises UnknownClause where not even the article is known.
        """
        steps = rule.split(".")
        for length in range(len(steps), 0, -1):
            if found := self.by_id.get(".".join(steps[:length])):
                return found
        raise UnknownClause(f"the regulation has no clause {rule!r}")

    def text_of(self, clause_id: str) -> str:
        """The words of a clause, or the title of a heading; raises UnknownClause for any other id."""
        found = self._known(clause_id)
        return found.text if isinstance(found, Clause) else found.title

    def under(self, clause_id: str) -> Sequence[Clause]:
        """The clauses of a heading, or the clause itself; raises UnknownClause for any other id."""
        found = self._known(clause_id)
        if isinstance(found, Clause):
            return [found]
        return [leaf for leaf in self.leaves if leaf.id.startswith(f"{clause_id}.")]

    def _known(self, clause_id: str) -> Part:
        if clause_id not in self.by_id:
            raise UnknownClause(f"the regulation has no clause {clause_id!r}")
        return self.by_id[clause_id]


@cache
def clauses() -> Clauses:
    """The regulation, read once."""
    return Clauses(TypeAdapter(tuple[Part, ...]).validate_python(read("clauses.yaml")))
