"""Tampering with what lies beside the events: documents, registers, checkpoints, tiles."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from services.audit import checking_documents, checking_log, checking_records
from services.audit.checking_documents import named
from services.audit.copies import Copy, publish
from services.audit.logfile import write_log
from services.records.database import Database
from shared.audit.notes import Signer
from shared.audit.tiles import tile_path
from shared.eventstore.epoch import begin_epoch
from shared.eventstore.memory import MemoryStore


@dataclass(frozen=True)
class Expected:
    """What the first finding has to name; `seen` are checkpoints that the auditor holds."""

    named: str
    seen: tuple[Path, ...] = ()


def _document(copy: Copy) -> tuple[Path, str]:
    """The file of a kept content, and the first event that names it."""
    for event in copy.events():
        for digest in named(event):
            if copy.contents.holds(digest):
                return copy.folder / "contents" / digest[:2] / digest, f"{event.stream}@{event.revision}"
    raise LookupError("no event names a content that is kept")


def _swap_document(copy: Copy) -> Expected:
    path, where = _document(copy)
    path.write_bytes(path.read_bytes() + b" ")
    return Expected(where)


def _remove_document(copy: Copy) -> Expected:
    path, where = _document(copy)
    path.unlink()
    return Expected(where)


def _register(statement: str) -> Callable[[Copy], Expected]:
    def do(copy: Copy) -> Expected:
        with closing(Database(copy.database_url)) as database:
            generation = database.current()
            assert generation is not None
            path = generation.place.url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as db, db:
            db.execute(statement)
        return Expected("journal")

    return do


def _roll_back(copy: Copy) -> Expected:
    """The published checkpoint is one from before."""
    kept = min((copy.published / "checkpoints").iterdir(), key=lambda path: int(path.name))
    checkpoint = copy.published / "checkpoint"
    checkpoint.write_bytes(kept.read_bytes())
    return Expected(str(checkpoint))


def _another_key(copy: Copy) -> Expected:
    """Everything is signed anew with a key that only says to be the notary's."""
    publish(copy, copy.events(), Signer.new(copy.signer.name))
    return Expected(str(copy.published))


def _tile(level: str, change: Callable[[Path], None]) -> Callable[[Copy], Expected]:
    def do(copy: Copy) -> Expected:
        first = copy.published / tile_path(level, 0)
        if not first.exists():
            first = next(iter(sorted(first.with_name(f"{first.name}.p").iterdir())))
        change(first)
        return Expected(f"tile/{level}")

    return do


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x01
    path.write_bytes(content)


def _old_epoch(copy: Copy) -> Expected:
    """The store begins a new epoch, and the log of the old one is shown as that of the new."""
    store, events = MemoryStore(), copy.events()
    epoch = begin_epoch(store, "diễn tập / drill")
    write_log(copy.log_file, [*events, *store.read_all()])
    shutil.copytree(copy.published, copy.notary / str(epoch))
    return Expected(str(copy.notary / str(epoch)))


LOG, DOCUMENTS, RECORDS = checking_log.PART, checking_documents.PART, checking_records.PART

FILES: Final[dict[str, tuple[str, Callable[[Copy], Expected]]]] = {
    "swap_document": (DOCUMENTS, _swap_document),
    "remove_document": (DOCUMENTS, _remove_document),
    "change_row": (RECORDS, _register("UPDATE journal SET person = 'nguoi-khac' WHERE rowid = 5")),
    "delete_row": (RECORDS, _register("DELETE FROM journal WHERE rowid = 5")),
    "roll_back": (LOG, _roll_back),
    "another_key": (LOG, _another_key),
    "cut_entries": (LOG, _tile("entries", _cut)),
    "cut_hashes": (LOG, _tile("0", _cut)),
    "flip_entry": (LOG, _tile("entries", _flip)),
    "flip_hash": (LOG, _tile("0", _flip)),
    "remove_tile": (LOG, _tile("0", Path.unlink)),
    "old_epoch": (LOG, _old_epoch),
    "old_epoch_rows": (RECORDS, lambda copy: Expected(_old_epoch(copy).named and "generation")),
}
