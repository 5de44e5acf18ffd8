"""Putting documents into a file and taking them out; the bytes stay in the content store."""

from services.meetings.casefile.commands import FileDocument, RemoveFromCaseFile
from services.meetings.casefile.events import CaseFileEvent, DocumentFiled, FiledDocumentRemoved
from services.meetings.casefile.names import name_in_words
from services.meetings.casefile.opening import by_the_team
from services.meetings.casefile.state import CaseFile, recognised, require_open
from services.meetings.document.secrecy import require_no_secret
from services.meetings.rules import Rule
from services.members.capacity import Capacity
from shared.decider import require
from shared.envelope import Act


def file_document(command: FileDocument, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    """D7.8: a document has one place in a file, and may have one in several files; it is never copied."""
    by_the_team(act, Capacity.POLICY)
    name = command.content.name if command.content else None
    number = command.document.number if command.document else None
    require_no_secret(None, (command.subject, number, name_in_words(name), name_in_words(command.paper_at)))
    if _there(command, file) or (file.closed and act.actor.mandate.capacity == Capacity.POLICY):
        return []  # what was issued after a file was closed without it stays out
    require_open(file)
    require(
        command.content is not None or command.paper_at is not None,
        Rule.DOCUMENT_IS_KEPT,
        "name the digest of its content (`bcd contents add`), or say where it lies on paper",
    )
    unknown = [key for key in command.satisfies if key not in file.expected]
    require(
        not unknown,
        Rule.EXPECTED_IS_KNOWN,
        f"the file expects no {', '.join(unknown)}, but: {', '.join(file.expected) or 'nothing'}",
    )
    filed = DocumentFiled.model_validate(command.model_dump() | {"ordinal": file.last + 1})
    satisfies = tuple(key for key, paper in file.expected.items() if recognised(paper, filed))
    return [filed.model_copy(update={"satisfies": satisfies})]


def _there(command: FileDocument, file: CaseFile) -> bool:
    """Whether the same bytes, or the same paper, lie in the file and say the same."""
    told = command.model_dump(exclude={"satisfies"})
    return any(
        filed.model_dump(include=set(told)) == told and set(command.satisfies) <= set(filed.satisfies)
        for filed in file.entries.values()
    )


def remove(command: RemoveFromCaseFile, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    """D7.8: what was filed by mistake goes out, and stays in the history."""
    by_the_team(act)
    require_no_secret(None, (command.reason,))
    require_open(file)
    if command.ordinal not in file.entries and command.ordinal <= file.last:
        return []
    require_entry(command.ordinal, file)
    return [FiledDocumentRemoved.model_validate(command.model_dump())]


def require_entry(ordinal: int, file: CaseFile) -> None:
    require(
        ordinal in file.entries,
        Rule.ENTRY_IS_KNOWN,
        f"there is no document {ordinal} in the file, but: {', '.join(map(str, file.entries)) or 'none'}",
    )
