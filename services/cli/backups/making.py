"""Making a backup of a data folder while the system runs on it.

The order keeps the set consistent: what follows the store is read first, then the log, then the contents that
the log names. So the notary's head and the read models never know more than the log that is saved with them.
"""

import platform
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final
from uuid import uuid4

from services.audit.log_copy import copy_log
from services.audit.published import PublishedLog, Unreadable
from services.cli.backups.files import (
    copy_database,
    copy_kept,
    digest_of,
    files_below,
    whole_or_nothing,
    write_file,
)
from services.cli.backups.log import LogHead, Told, head_of
from services.cli.backups.manifest import (
    CONTENTS,
    KEYS,
    LOG,
    NOTARY,
    File,
    Manifest,
    Model,
    Records,
    Store,
    Tree,
)
from services.cli.errors import cli_error
from services.records.database import Database, read_database
from services.records.generation import BOOKS
from services.records.hashes import hash_of, shape_of_tables
from services.records.pausing import who
from services.records.projecting import Models
from shared.audit.index import FILE as INDEX
from shared.audit.tiles import TilesError
from shared.catalogue import both
from shared.contents.connect import open_contents
from shared.contents.port import ContentDamaged, Contents, ContentsError
from shared.eventstore.embedded.log.backup import BackupError, back_up
from shared.eventstore.embedded.log.folder import LOG as LOG_NAME
from shared.eventstore.port import StoreDamaged
from shared.followers.database import OUT_OF_REACH
from shared.settings import Settings

Begin = Callable[[str], Told]
"""Begins a step of the work, by the key of its heading."""
SIGNING_KEY: Final = "key"
"""The file, below the notary's folder, of the key that it made for itself."""


@dataclass
class _Making:
    """What one backup knows on its way."""

    settings: Settings
    folder: Path
    begin: Begin
    warnings: list[str] = field(default_factory=list)

    def notary(self, heads: dict[str, Tree]) -> None:
        """Every log that the notary published, each as of its newest head."""
        kept = self.settings.data / NOTARY
        for log in sorted(path for path in kept.glob("*") if path.is_dir()):
            try:
                published = PublishedLog.open(log)
                copy_log(published, self.folder / NOTARY / log.name)
            except (Unreadable, TilesError) as damage:
                if (log / "checkpoint").exists():  # before its first head there is nothing to keep
                    self.warnings.append(both("backup.log_damaged", folder=log, why=damage))
                continue
            if (log / INDEX).exists():
                copy_database(log / INDEX, self.folder / NOTARY / log.name / INDEX)
            head = published.newest.head
            heads[log.name] = Tree(size=head.size, root=head.root.hex(), origin=head.origin)

    def records(self, database: Database, models: Models) -> tuple[str, Records] | None:
        """The hashes of the read models at one position, and their epoch; None where there are none."""
        current = database.current()
        if current is None or current.shape != shape_of_tables():
            self.warnings.append(both("backup.no_records"))
            return None
        told, count = self.begin("backup.hashing"), len(models.models)
        try:
            with current.reader.begin() as db:
                at = BOOKS.read(db)
                found: dict[str, Model] = {}
                for model in models.models:
                    hash_, rows = hash_of(db, model)
                    found[model.name] = Model(hash=hash_, rows=rows)
                    told(None, len(found), count)
                held = tuple(BOOKS.held(db))
        except OUT_OF_REACH as error:  # they can be made again of the log, which is what must be saved
            self.warnings.append(f"{both('backup.no_records')} {error}")
            return None
        position = at.position if at else 0
        return current.epoch, Records(
            position=position, shape=current.shape, code=current.code, models=found, quarantine=held
        )

    def log(self, sizes: tuple[int, ...]) -> LogHead:
        """The log, copied at one moment, examined, and read through. Raises CliError."""
        target = self.folder / LOG
        target.parent.mkdir(mode=0o700)
        copying, examining = self.begin("store.copying"), self.begin("store.examining")
        try:
            back_up(
                self.settings.data / "store" / LOG_NAME,
                target,
                lambda reached, last: copying(None, reached, last),
                lambda reached, last: examining(None, reached, last),
            )
            return head_of(target, sizes, self.begin("backup.reading"))
        except (BackupError, StoreDamaged) as error:
            raise cli_error("no_backup_because", why=error) from error

    def contents(self, contents: Contents) -> None:
        """Every content, read whole and compared with its digest on the way."""
        told = self.begin("backup.contents")
        digests = list(contents.digests())
        for number, digest in enumerate(digests, 1):
            path = self.folder / CONTENTS / digest[:2] / digest
            try:
                write_file(path, contents.read(digest))
            except ContentDamaged as damage:
                path.unlink()
                self.warnings.append(both("backup.content_damaged", digest=digest, why=damage))
            told(None, number, len(digests))

    def clock(self) -> None:
        """The day of a demonstration: without it the restored system would take the real day for its own."""
        for kept in self.settings.data.glob("clock*"):
            copy_kept(kept, self.folder / kept.name)

    def keys(self) -> None:
        """The keys of personal values and the notary's signing key, as far as they are in the data folder."""
        settings = self.settings
        if settings.keys_url is not None or settings.keys_master_file is not None:
            self.warnings.append(both("backup.keys_elsewhere"))
        for kept in (Path(KEYS), Path(NOTARY) / SIGNING_KEY):
            if (settings.data / kept).exists():
                copy_kept(settings.data / kept, self.folder / kept)


def make_backup(
    settings: Settings, target: Path, models: Models, begin: Begin, *, with_keys: bool
) -> Manifest:
    """Write the backup into `target`, which must not be there yet, or be empty. Raises CliError."""
    if settings.esdb_uri is not None:
        raise cli_error("backup_of_cluster")
    with whole_or_nothing(target) as part:
        making = _Making(settings, part, begin)
        heads: dict[str, Tree] = {}
        try:
            making.notary(heads)
            with closing(read_database(settings)) as database:
                hashed = making.records(database, models)
            log = making.log(tuple(head.size for head in heads.values()))
            making.contents(open_contents(settings))
            making.clock()
            if with_keys:
                making.keys()
        except (sqlite3.Error, ContentsError) as error:
            raise cli_error("no_backup_because", why=error) from error
        if log.epoch is None:
            raise cli_error("backup_of_nothing", folder=settings.data)
        epoch = str(log.epoch)
        notary = heads.get(epoch)
        if notary is not None and log.roots.get(notary.size) != notary.root:
            making.warnings.append(both("backup.head_does_not_fit", size=notary.size, origin=notary.origin))
        manifest = Manifest(
            id=str(uuid4()),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            by=who(),
            versions={"bcd": version("bcd"), "python": platform.python_version()},
            store=Store(epoch=epoch, head=log.head, events=log.events),
            tree=Tree(size=log.events, root=log.roots[log.events]),
            notary=notary,
            records=hashed[1] if hashed and hashed[0] == epoch else None,
            with_keys=with_keys,
            warnings=tuple(making.warnings),
            files=dict(_files(part)),
        )
        manifest.write(part)
    return manifest


def _files(folder: Path) -> Iterator[tuple[str, File]]:
    for name, path in files_below(folder).items():
        digest, size = digest_of(path)
        yield name, File(sha256=digest, bytes=size)
