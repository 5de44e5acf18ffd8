"""A small system, the package of it, and what an attacker does who may write every file of a package."""

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

from services.audit import sample
from services.audit.copies import Copy, make_copy
from services.audit.exporting import Exported, export
from services.audit.logfile import LogFile
from services.audit.published import PublishedLog
from services.audit.verifying import epoch_of
from services.records.everything import MODELS
from services.records.projecting import Models
from shared.contents.folder import FolderContents
from shared.eventstore.memory import MemoryStore
from tests.unit.records.facts import Recorder, appointed, established

FEW: Models = MODELS.only({"journal", "documents", "outgoing", "members"})
"""Read models that are enough to show what holds for all, and quick."""
OTHER = "khac"
ORIGIN = UUID("00000000-0000-5000-8000-000000000001")


def system(folder: Path, *, streams: int = 4, length: int = 70) -> Copy:
    """Two committees: the invented history of the drill, and a few events of another."""
    store, contents = MemoryStore(), FolderContents(folder / "made")
    contents.put(io.BytesIO(b"unnamed"))
    sample.tell(store, contents, streams, length)
    recorder = Recorder(store)
    recorder.record(f"committee-{OTHER}.charter", established(), committee=OTHER)
    recorder.record(f"member-{OTHER}.roster", appointed("a"), appointed("b"), committee=OTHER)
    return make_copy(list(store.read_all()), str(epoch_of(store)), contents, folder / "system", FEW)


def exported(copy: Copy, folder: Path, **what: Any) -> Exported:
    with closing(LogFile(copy.log_file)) as log:
        return export(log, PublishedLog.open(copy.published), copy.contents, FEW, folder, **what)


def mend(package: Path) -> None:
    """Make the manifests fit again, as whoever changed a file would."""
    for manifest, where in (("manifest-sha256.txt", "data"), ("tagmanifest-sha256.txt", "")):
        names = [line.split("  ", 1)[1] for line in (package / manifest).read_text().splitlines()]
        there = [name for name in names if (package / name).is_file()]
        if where:
            files = (path for path in (package / where).rglob("*") if path.is_file())
            there = sorted(path.relative_to(package).as_posix() for path in files)
        lines = (f"{hashlib.sha256((package / name).read_bytes()).hexdigest()}  {name}\n" for name in there)
        (package / manifest).write_text("".join(lines))


def change_lines(path: Path, change: Callable[[list[str]], None]) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    change(lines)
    path.write_text("".join(lines), encoding="utf-8")


def rehash(package: Path, register: str) -> None:
    """Let the list of hashes fit a register that was changed."""
    path = package / "data" / "registers" / "hashes.json"
    told = json.loads(path.read_text())
    content = (package / "data" / "registers" / f"{register}.ndjson").read_bytes()
    told["models"][register]["sha256"] = hashlib.sha256(content).hexdigest()
    path.write_text(json.dumps(told))


def fresh(package: Path, to: Path) -> Path:
    """A copy that a test may spoil."""
    shutil.copytree(package, to)
    return to
