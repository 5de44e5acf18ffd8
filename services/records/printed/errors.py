"""What may go wrong when a document is to be printed."""

from shared.catalogue import both
from shared.errors import BcdError


class NoPdf(BcdError):
    """There is no PDF; the sentence says why, and what to do. The .docx can be had all the same.

    `lacking` where this machine has no program for it: trying again does not help.
    """

    def __init__(self, why: str, **values: str) -> None:
        super().__init__(both(f"exports.{why}", **values))
        self.lacking = why in ("no_soffice", "no_such_soffice")
