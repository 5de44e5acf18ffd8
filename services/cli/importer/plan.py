"""What an entry becomes: commands to be asked, or the reason why it cannot be expressed."""

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from services.cli.importer.chronicle import Located
from shared.dates import Moment
from shared.envelope import Claim, Request, Source
from shared.messages import Command, CommitteeId, DocumentRef, PersonId
from shared.text import slug

IMPORTER = PersonId("bcd-import")
NAMESPACE = UUID("5b1f6c1e-6f0b-5f0e-9d0e-64bcd0200422")
"""Root of every command id that an import derives: the same entry is the same command for ever."""


def record_id(located: Located, what: str) -> str:
    """The id of what an entry is about: the same entry names the same meeting, plan or task for ever."""
    return str(uuid5(NAMESPACE, f"{located.key}|{what}"))


def id_of(name: str, otherwise: str) -> str:
    """An id of a name; `otherwise` where no letter of it can stand in one."""
    try:
        return slug(name)
    except ValueError:
        return otherwise


@dataclass(frozen=True)
class Ask:
    """One command of an entry: to whom, by whom, when, on which document.

    `key` tells it from the entry's other commands. `inferred` is what this command in particular
    takes from context rather than from the words of the source.
    """

    service: str
    command: Command
    person: str
    capacity: str
    at: Moment
    key: str
    document: DocumentRef | None = None
    inferred: tuple[str, ...] = ()
    with_new_only: bool = False
    """Whether it is asked only while the rest of its entry is new: later it might undo what came after."""

    def request(self, committee: CommitteeId, located: Located, *, first: bool) -> Request:
        """The request as it is sent. The first command of an entry carries all its notes."""
        name = f"{committee}|{located.key}|{type(self.command).__name__}|{self.key}"
        return Request(
            command_id=uuid5(NAMESPACE, name),
            committee=committee,
            actor=Claim(person=PersonId(self.person), capacity=self.capacity),
            data=self.command.model_dump(mode="json"),
            effective_at=self.at,
            document=self.document,
            source=source_of(located, self.inferred, notes=first),
            entered_by=IMPORTER,
            correlation_id=uuid5(NAMESPACE, f"{committee}|{located.key}"),
        )


@dataclass
class Plan:
    """An entry and its commands. `because` says why it is kept as context and not as an act of its own
    kind; `remarks` are parts that no command carries and that stay in the notes."""

    located: Located
    asks: list[Ask] = field(default_factory=list)
    because: str | None = None
    remarks: list[str] = field(default_factory=list)


def source_of(located: Located, inferred: tuple[str, ...] = (), *, notes: bool = True) -> Source:
    """Where a fact of this entry comes from, with everything that its source leaves open."""
    entry = located.entry
    return Source(
        reference=entry.source,
        entry=located.key,
        stated=entry.stated,
        inferred=(*entry.texts("inferred"), *inferred),
        conflict=entry.text("conflict"),
        missing=entry.texts("missing"),
        also=entry.texts("also"),
        documents=entry.refs,
        notes=_notes(located) if notes else {},
    )


def _notes(located: Located) -> dict[str, object]:
    """All that the entry says beyond its sources, so that nothing of it is lost."""
    entry = located.entry
    told = {"inferred", "conflict", "missing", "also"}
    details = {key: value for key, value in entry.details.items() if key not in told}
    kept: dict[str, object] = {"title": entry.title, **details, **(entry.model_extra or {})}
    for name in ("positions", "agencies"):
        if values := getattr(entry, name):
            kept[name] = list(values)
    if entry.figures:
        kept["figures"] = dict(entry.figures)
    if odd := [document for document in entry.documents if document.model_extra or document.number is None]:
        kept["documents"] = [document.model_dump(exclude_none=True) for document in odd]
    return kept
