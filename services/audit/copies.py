"""A whole system in a folder of its own, made of events and contents: what the drill tampers with."""

import io
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import UUID

from services.audit.checking_documents import named
from services.audit.findings import Report
from services.audit.logfile import LogFile, write_log
from services.audit.subject import Subject, verified
from services.audit.verifying import BATCH
from services.records.database import Database
from services.records.projecting import Models
from services.records.projector import Projector
from shared.audit.keys import FOLDER
from shared.audit.leaf import entry_of
from shared.audit.log import Log
from shared.audit.notes import Signer
from shared.audit.tiles import TileWriter
from shared.contents.folder import FolderContents
from shared.contents.port import ContentDamaged, Contents, NoSuchContent
from shared.eventstore.port import RecordedEvent

NAME: Final = "drill.example"


@dataclass(frozen=True)
class Copy:
    """The files of one system; `signer` is a key that was made for this copy and signs nothing else.

    `lacking` are the contents that its events name and that were not there to be copied.
    """

    folder: Path
    epoch: str
    signer: Signer
    models: Models
    lacking: frozenset[str] = frozenset()

    @property
    def log_file(self) -> Path:
        return self.folder / "events.sqlite"

    @property
    def notary(self) -> Path:
        return self.folder / FOLDER

    @property
    def published(self) -> Path:
        return self.notary / self.epoch

    @property
    def contents(self) -> FolderContents:
        return FolderContents(self.folder / "contents")

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.folder / 'records.sqlite'}"

    def events(self) -> list[RecordedEvent]:
        with closing(LogFile(self.log_file)) as log:
            return list(log.read_all())

    def verified(self, parts: Sequence[str], seen: Sequence[Path] = ()) -> Report:
        """The verdict on the files as they are now, with the key pinned as an auditor would."""
        with closing(LogFile(self.log_file)) as log, closing(Database(self.database_url)) as database:
            subject = Subject(
                log,
                self.contents,
                database,
                self.models,
                notary=self.notary,
                pinned=self.signer.verifier,
                seen=seen,
                near=self.folder,
                lacking=self.lacking,
            )
            return verified(subject, parts)


def make_copy(
    events: Sequence[RecordedEvent], epoch: str, contents: Contents, folder: Path, models: Models
) -> Copy:
    """Write everything that a running system would have made of these events."""
    folder.mkdir(parents=True)
    copy = Copy(folder, epoch, Signer.new(NAME), models)
    lacking = set()
    write_log(copy.log_file, events)
    for digest in sorted({digest for event in events for digest in named(event)}):
        try:
            copy.contents.put(io.BytesIO(b"".join(contents.read(digest))))
        except (NoSuchContent, ContentDamaged):
            lacking.add(digest)
    publish(copy, events)
    with closing(Database(copy.database_url)) as database:
        projector = Projector(database, models)
        projector.resume(UUID(epoch))
        written = copy.events()
        for first in range(0, len(written), BATCH):
            projector.handle(written[first : first + BATCH])
    return replace(copy, lacking=frozenset(lacking))


def publish(copy: Copy, events: Sequence[RecordedEvent], signer: Signer | None = None) -> None:
    """The log of these events, as the notary publishes it: a checkpoint half-way and one at the end."""
    folder, by = copy.published, signer or copy.signer
    shutil.rmtree(folder, ignore_errors=True)
    entries, writer = [entry_of(event) for event in events], TileWriter(folder, 0)
    log = Log(folder, f"{NAME}/{copy.epoch}")
    for size in sorted({max(1, len(entries) // 2), len(entries)}):
        writer.append(entries[writer.size : size])
        log.publish(size, [], lambda: [by])
