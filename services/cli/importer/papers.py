"""The documents on which an entry rests, and who issued them."""

from services.cli.importer import posts
from services.cli.importer.entry import Entry
from services.cli.importer.plan import id_of
from services.members.events import Role
from shared.messages import DocumentRef


def first_document(entry: Entry) -> DocumentRef | None:
    """The document on which an entry rests: the first that it cites, or the only one of the entry's day."""
    of_the_day = [ref for ref in entry.refs if ref.date is not None and str(ref.date) == entry.date]
    if len(of_the_day) == 1:
        return of_the_day[0]
    return entry.refs[0] if entry.refs else None


def issuer_of(document: DocumentRef) -> str:
    return id_of(document.issuer or document.number, "co-quan-ban-hanh")


def is_of_the_chair(document: DocumentRef) -> bool:
    """Whether the chair of the committee issued it."""
    return posts.role_in(document.issuer or "") is Role.CHAIR
