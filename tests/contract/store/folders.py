"""Data folders of the embedded server as clean ends, kills and damage leave them, made without a server."""

import shutil
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from shared.eventstore.embedded.log.acknowledged import Mark
from shared.eventstore.embedded.log.folder import DataFolder
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.opening import open_folder
from shared.eventstore.embedded.log.records import Proposed, Row

CREATED = 17_000_000_000_000_000
"""When the events of these folders were recorded, in 100 ns since 1970."""


def proposed(content: str = "{}") -> Proposed:
    return Proposed(uuid4().bytes, "Counted", "application/json", b"", content.encode())


@dataclass
class Written:
    """A folder that a server has written to: one event a commit, each marked as acknowledged."""

    path: Path
    positions: list[int] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.path / "events.sqlite"

    @property
    def write_ahead(self) -> Path:
        return self.path / "events.sqlite-wal"

    @property
    def mark(self) -> Path:
        return self.path / "acknowledged"


@contextmanager
def being_written(path: Path) -> Iterator[tuple[Log, Written]]:
    """A folder while its server runs, with 30 acknowledged events in the stream `counts`."""
    folder = DataFolder(path)
    acknowledged = open_folder(folder, lambda _: None)
    log, written = Log(folder.log_path), Written(path)
    for revision in range(30):
        log.begin()
        written.positions.append(log.add("counts", revision, [proposed("x" * 700)], CREATED))
        log.commit()
        acknowledged.write(Mark(*log.latest()))
    yield log, written
    log.close()
    acknowledged.close()
    folder.close()


def killed(at: Path) -> Written:
    """A folder as `kill -9` leaves it: what was committed last stands in the write-ahead log alone."""
    with being_written(at.with_name(at.name + ".running")) as (_, running):
        return copied(running, at)


def copied(written: Written, to: Path) -> Written:
    """What the disk holds at this moment, in a folder of its own."""
    shutil.copytree(written.path, to)
    return Written(to, written.positions)


def opened(written: Written, *, accept_loss: bool = False, examine_all: bool = False) -> list[str]:
    """Open the folder as the server does at its start, and close it cleanly; the notes that were told."""
    told: list[str] = []
    folder = DataFolder(written.path)
    try:
        open_folder(folder, told.append, accept_loss=accept_loss, examine_all=examine_all).close()
        folder.note_end()
    finally:
        folder.close()
    return told


def events(written: Written) -> list[Row]:
    """Every event of `counts`."""
    log = Log(written.log, read_only=True)
    try:
        return list(log.stream_forwards("counts", 0, log.last_revision("counts")))
    finally:
        log.close()


def frames(write_ahead: Path) -> Sequence[int]:
    """Where in the write-ahead log each frame of its present filling begins, and where the last one ends."""
    content = write_ahead.read_bytes()
    size = 24 + struct.unpack(">I", content[8:12])[0]
    begins = [at for at in range(32, len(content), size) if content[at + 8 : at + 16] == content[16:24]]
    return [*begins, begins[-1] + size]


def flip(path: Path, at: int) -> None:
    """Damage one byte."""
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)
