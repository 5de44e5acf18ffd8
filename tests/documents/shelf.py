"""Which documents are written from the code. One more: its module with a DOCUMENT, and a place here."""

from typing import Final

from tests.documents import authority, regulation
from tests.documents.document import Document

DOCUMENTS: Final[tuple[Document, ...]] = (regulation.DOCUMENT, authority.DOCUMENT, authority.DATA)
