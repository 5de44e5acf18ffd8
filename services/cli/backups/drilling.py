"""The restore drill: a backup restored into a scratch place, replayed, and compared with its manifest."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from services.cli.backups.log import head_of
from services.cli.backups.making import Begin
from services.cli.backups.manifest import LOG, Manifest, Records
from services.cli.backups.restoring import Restored, restore
from services.cli.backups.server import served
from services.records.building import Building
from services.records.database import Database
from services.records.generation import BOOKS
from services.records.hashes import hash_of
from services.records.projecting import Models
from shared.eventstore.port import EventStore


@dataclass(frozen=True)
class Line:
    """One thing that was compared: what the manifest says, what the restored system shows."""

    what: str
    expected: str
    found: str

    @property
    def same(self) -> bool:
        return self.expected == self.found


def drill(backup: Path, near: Path | None, models: Models, by: str, begin: Begin, limit: float) -> list[Line]:
    """Restore below `near`, or where this machine keeps such things, compare, and remove it all again.

    `limit` is the longest wait for the store's server, in seconds. Raises CliError where it is no good.
    """
    with TemporaryDirectory(prefix="bcd-drill-", dir=near) as scratch:
        restored = restore(backup, Path(scratch) / "data", by, begin, limit)
        lines = list(_trees(restored, begin))
        if restored.manifest.records is None:  # what was not compared is not the same
            lines.append(Line("records", "?", "—"))
        else:
            with served((restored.data / LOG).parent, limit) as store:
                lines += _records(store, restored, restored.manifest.records, models, begin)
        return lines


def _trees(restored: Restored, begin: Begin) -> Iterator[Line]:
    """The heads over the first leaves of the restored log, to which the restore itself has added one."""
    manifest: Manifest = restored.manifest
    heads = [("tree", manifest.tree), *([("notary", manifest.notary)] if manifest.notary else [])]
    told = begin("backup.reading")
    found = head_of(restored.data / LOG, tuple(head.size for _, head in heads), told)
    yield Line("events", str(manifest.store.events + 1), str(found.events))
    for what, head in heads:
        yield Line(f"{what} ({head.size})", head.root, found.roots.get(head.size, "—"))
    yield Line("epoch", str(restored.epoch), str(found.epoch))


def _records(
    store: EventStore, restored: Restored, records: Records, models: Models, begin: Begin
) -> Iterator[Line]:
    """Every read model, made of the restored events up to the position at which the backup hashed it."""
    database = Database(f"sqlite:///{restored.data / 'records.sqlite'}")
    try:
        building = Building(store, database.build(restored.epoch), models, begin("rebuild.working"))
        building.to(records.position)
        with building.generation.reader.begin() as db:
            held = tuple(BOOKS.held(db))
            yield Line("quarantine", ", ".join(records.quarantine) or "—", ", ".join(held) or "—")
            known = {model.name: model for model in models.models}
            for name, expected in records.models.items():
                found = hash_of(db, known[name])[0] if name in known else "—"
                yield Line(name, expected.hash, found)
    finally:
        database.close()
