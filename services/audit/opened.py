"""The opened events of a package, and the documents that they name: the files that grow event by event."""

from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from services.audit import package as shape
from services.audit.checking_documents import named
from services.audit.scratch import Scratch
from shared.contents.port import ContentDamaged, Contents, NoSuchContent
from shared.eventstore.epoch import of_store
from shared.eventstore.port import RecordedEvent


class Opened:
    """Writes the events that are opened, with their documents, and folds them into the registers."""

    def __init__(self, part: Path, contents: Contents, database: Scratch, committee: str | None) -> None:
        self._part, self._contents, self._database, self._committee = part, contents, database, committee
        self._files = ExitStack()
        self._events: TextIO | None = None
        self._known: set[bytes] = set()
        for name in (shape.EVENTS, shape.DOCUMENTS):
            (part / name).mkdir()
        self._absent = self._files.enter_context((part / shape.ABSENT).open("w", encoding="utf-8"))
        self.leaves = self.opened = self.opened_of_committee = self.position = self.kept = self.absent = 0

    def take(self, batch: list[RecordedEvent]) -> None:
        opened = []
        for event in batch:
            if self._is_opened(event):
                self._write(self.leaves, event)
                opened.append(event)
                self.opened_of_committee += not of_store(event)
            self.leaves, self.position = self.leaves + 1, event.position
        if opened:
            self._database.project(opened)

    def close(self) -> None:
        self._files.close()

    def _is_opened(self, event: RecordedEvent) -> bool:
        return self._committee in (None, event.stream.partition("-")[2].partition(".")[0]) or of_store(event)

    def _write(self, leaf: int, event: RecordedEvent) -> None:
        if self.opened % shape.EVENTS_IN_A_FILE == 0:
            if self._events is not None:
                self._events.close()
            path = self._part / shape.EVENTS / f"{self.opened // shape.EVENTS_IN_A_FILE:06}.ndjson"
            self._events = self._files.enter_context(path.open("w", encoding="utf-8", newline="\n"))
        assert self._events is not None
        self._events.write(shape.line_of(leaf, event))
        self.opened += 1
        for digest in named(event):
            if (key := bytes.fromhex(digest)) not in self._known:
                self._known.add(key)
                self._document(digest)

    def _document(self, digest: str) -> None:
        path = self._part / shape.DOCUMENTS / digest[:2] / digest
        path.parent.mkdir(exist_ok=True)
        try:
            with path.open("wb") as file:
                for chunk in self._contents.read(digest):
                    file.write(chunk)
            self.kept += 1
        except (NoSuchContent, ContentDamaged) as error:
            path.unlink()
            why = "damaged" if isinstance(error, ContentDamaged) else "missing"
            self._absent.write(f"{digest} {why}\n")
            self.absent += 1
