"""A backup restored into a new data folder: every file compared, the log examined, a new epoch begun."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from services.cli import datafolder
from services.cli.backups.files import chunks_of, files_below, whole_or_nothing, write_file
from services.cli.backups.log import head_of
from services.cli.backups.making import Begin
from services.cli.backups.manifest import LOG, NAME, SUM, Manifest
from services.cli.backups.server import served
from services.cli.errors import cli_error
from shared.catalogue import both
from shared.eventstore.embedded.log.examination import examine
from shared.eventstore.embedded.log.schema import FormatError
from shared.eventstore.epoch import begin_epoch, current_epoch
from shared.eventstore.port import StoreDamaged


@dataclass(frozen=True)
class Restored:
    """What a restore made: the folder, and the epoch that began after the last event of the backup."""

    data: Path
    manifest: Manifest
    epoch: UUID
    why: str


def restore(backup: Path, data: Path, by: str, begin: Begin, limit: float) -> Restored:
    """Restore into `data`, which must not be there yet, or be empty.

    `limit` is the longest wait for the store's server, in seconds. Raises CliError, and leaves nothing then.
    """
    manifest = Manifest.read(backup)
    with whole_or_nothing(data) as part:
        _copy(backup, manifest, part, begin)
        _examine(backup, manifest, part / LOG, begin)
        why = (
            f"restored from backup {manifest.id} of {manifest.made_at} up to position {manifest.store.head} "
            f"of epoch {manifest.store.epoch}, by {by}"
        )
        with served((part / LOG).parent, limit) as store:
            before = str(current_epoch(store))
            if (before, store.head()) != (manifest.store.epoch, manifest.store.head):
                raise cli_error("backup_damaged", file=backup / LOG, why=f"{before} @ {store.head()}")
            epoch = begin_epoch(store, why)
        (part / datafolder.MARKER).write_text(both("cli.marker") + "\n", encoding="utf-8")
    return Restored(data, manifest, epoch, why)


def _copy(backup: Path, manifest: Manifest, to: Path, begin: Begin) -> None:
    """Every file that the manifest names, and no other; raises CliError, naming the first that is wrong."""
    told, done = begin("restore.copying"), 0
    there = files_below(backup)
    for name in there.keys() - manifest.files.keys() - {NAME, SUM}:
        raise cli_error("backup_stranger", file=backup / name)
    total = sum(file.bytes for file in manifest.files.values())
    for name, file in manifest.files.items():
        source = there.get(name)
        if source is None or ".." in Path(name).parts:
            raise cli_error("backup_damaged", file=backup / name, why=both("restore.missing"))
        digest, size = write_file(to / name, chunks_of(source))
        if (digest, size) != (file.sha256, file.bytes):
            raise cli_error("backup_damaged", file=source, why=both("restore.other_digest", found=digest))
        done += size
        told(None, done, total)


def _examine(backup: Path, manifest: Manifest, log: Path, begin: Begin) -> None:
    """The log is whole, and the events in it are those that were saved."""
    examining = begin("store.examining")
    try:
        found = examine(log, lambda reached, last: examining(None, reached, last))
        if found.fault is not None:
            raise cli_error("backup_damaged", file=backup / LOG, why=found.fault)
        head = head_of(log, (), begin("backup.reading"))
    except (FormatError, StoreDamaged) as error:
        raise cli_error("backup_damaged", file=backup / LOG, why=error) from error
    known = (str(head.epoch), head.head, head.events, head.roots[head.events])
    store, tree = manifest.store, manifest.tree
    if known != (store.epoch, store.head, store.events, tree.root):
        raise cli_error("backup_damaged", file=backup / LOG, why=both("restore.other_root"))
