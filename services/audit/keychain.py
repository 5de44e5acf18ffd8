"""Which key has to have signed the log at which size: the first, and those that the log itself adopted."""

from shared.audit.notes import Note, NoteError, Verifier
from shared.audit.rotation import STREAM, TYPE, Adoption, adoption
from shared.eventstore.port import RecordedEvent


class KeyChain:
    """The keys from the first on. A change of keys counts only where the older key vouches for it: the first
    checkpoint that holds the change is signed by both.

    What was adopted before the first checkpoint belongs to an earlier epoch, and led to the first key.
    """

    def __init__(self, first: Verifier) -> None:
        self.keys = [first]
        self._begun = False
        self._waiting: list[Adoption] = []

    def adopt(self, leaf: int, event: RecordedEvent) -> None:
        """Take note of a change, where it follows from the key before; any other leaf says nothing."""
        newest = self._waiting[-1].verifier if self._waiting else self.keys[-1]
        if self._begun and (one := adoption(leaf, event.data, newest)):
            self._waiting.append(one)

    def verify(self, size: int, note: Note) -> None:
        """Raises NoteError where a checkpoint of this size is not signed by whom it has to be."""
        self._begun = True
        due = [one for one in self._waiting if one.leaf < size]
        wanted = [self.keys[-1], *(one.verifier for one in due)]
        signed = note.signed_by(wanted)
        if missing := [key for key in wanted if key not in signed]:
            raise NoteError(f"it is not signed by {', '.join(map(str, missing))}")
        self.keys += [one.verifier for one in due]
        self._waiting = self._waiting[len(due) :]


def is_adoption(event: RecordedEvent) -> bool:
    return event.stream == STREAM and event.type == TYPE
