"""Every content that an event names by its SHA-256: whether the store has it, and these very bytes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from services.audit.findings import Done, Findings
from shared.contents.port import ContentDamaged, Contents, NoSuchContent
from shared.eventstore.port import RecordedEvent

PART: Final = "documents"
_NAMED: Final = re.compile(rb'"(?:[a-z_]*_)?digest"\s*:\s*"([0-9a-f]{64})"')


def named(event: RecordedEvent) -> Iterator[str]:
    """The digests of the contents that an event names: its fields `digest` and `…_digest`, at any depth."""
    for digest in _NAMED.findall(event.data):
        yield digest.decode()


class DocumentsCheck:
    """Reads each content once, by the first event that names it; remembers the digests, not the bytes.

    `lacking` are digests of which it is known that nothing was ever kept.
    """

    def __init__(self, contents: Contents, findings: Findings, lacking: Iterable[str] = ()) -> None:
        self._contents, self._findings = contents, findings
        self._known = {bytes.fromhex(digest) for digest in lacking}
        self._bytes = 0

    def take(self, batch: Sequence[RecordedEvent]) -> None:
        """Raises ContentsError where the store of contents does not answer."""
        for event in batch:
            for digest in named(event):
                if (key := bytes.fromhex(digest)) not in self._known:
                    self._known.add(key)
                    self._look(digest, f"{event.stream}@{event.revision}")

    def finish(self) -> Done:
        return Done(PART, {"documents": len(self._known), "bytes": self._bytes})

    def _look(self, digest: str, where: str) -> None:
        try:
            for chunk in self._contents.read(digest):
                self._bytes += len(chunk)
        except NoSuchContent:
            self._findings.add(PART, "document_missing", where, digest=digest)
        except ContentDamaged as damaged:
            self._findings.add(PART, "document_damaged", where, digest=digest, found=damaged.found)
