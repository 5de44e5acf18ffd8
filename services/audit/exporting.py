"""The package for an auditor: events, log, documents, schemas and registers as one BagIt bag."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

import bagit

from services.audit import package as shape
from services.audit.log_copy import copy_log
from services.audit.opened import Opened
from services.audit.published import PublishedLog
from services.audit.scratch import Scratch, scratch
from services.audit.verifier import verify_bcd
from services.audit.verifying import BATCH, Facts, Progress
from services.records.hashes import hash_of, lines_of
from services.records.projecting import Models
from shared.audit import rotation
from shared.audit.tiles import TilesError
from shared.catalogue import both, text
from shared.contents.port import Contents
from shared.envelope import Metadata
from shared.eventstore.port import RecordedEvent


class ExportError(Exception):
    """No package was made; the text says why, in both languages."""


@dataclass(frozen=True)
class Exported:
    """What is in a package; `left_out` are events that the published log does not hold yet."""

    folder: Path
    leaves: int
    opened: int
    position: int
    documents: int
    absent: int
    registers: int
    left_out: int


def export(
    facts: Facts,
    log: PublishedLog,
    contents: Contents,
    models: Models,
    folder: Path,
    *,
    committee: str | None = None,
    until: int | None = None,
    progress: Progress = lambda _events, _position, _head: None,
) -> Exported:
    """Write the package, under the name `<folder>.part` until it is whole.

    Raises ExportError, StoreUnavailable, ContentsError, OSError.
    """
    if folder.exists():
        raise ExportError(both("error.audit_exists", folder=folder))
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        copy_log(log, part / shape.LOG)
    except TilesError as error:
        raise ExportError(both("error.audit_log_damaged", why=error)) from error
    with scratch(models, part.parent) as database:
        writing = Opened(part, contents, database, committee)
        head = facts.head()
        for batch in _published(facts, log.size, until):
            writing.take(batch)
            progress(writing.leaves, batch[-1].position, head)
        writing.close()
        if committee is not None and not writing.opened_of_committee:
            shutil.rmtree(part)
            raise ExportError(both("error.audit_no_committee", committee=committee))
        registers = _write_registers(part / shape.REGISTERS, database, writing.position)
    _write_schemas(part / shape.SCHEMAS, models)
    _write_about(part, log, writing, committee, until)
    _make_bag(part, log.origin)
    os.rename(part, folder)
    return Exported(
        folder=folder,
        leaves=log.size,
        opened=writing.opened,
        position=writing.position,
        documents=writing.kept,
        absent=writing.absent,
        registers=registers,
        left_out=_left_out(facts, writing.position) if writing.leaves == log.size else 0,
    )


def _published(facts: Facts, size: int, until: int | None) -> Iterator[list[RecordedEvent]]:
    """The events that the log holds, up to a position."""
    events = islice(facts.read_all(), size)
    while batch := list(islice(events, BATCH)):
        wanted = [event for event in batch if until is None or event.position <= until]
        if wanted:
            yield wanted
        if len(wanted) < len(batch):
            return


def _left_out(facts: Facts, position: int) -> int:
    return sum(1 for _ in facts.read_all(after=position))


def _write_registers(folder: Path, database: Scratch, position: int) -> int:
    """Each read model as the lines that are hashed, so that its hash is that of its file."""
    folder.mkdir()
    hashes: dict[str, Any] = {}
    with database.read() as db:
        for model in database.models.models:
            with (folder / f"{model.name}.ndjson").open("wb") as file:
                file.writelines(lines_of(db, model))
            digest, rows = hash_of(db, model)
            hashes[model.name] = {"sha256": digest, "rows": rows}
    held = [f"{one.stream}@{one.revision}" for one in database.held()]
    _write_json(folder / shape.HASHES, {"position": position, "quarantine": held, "models": hashes})
    return len(hashes)


def _write_schemas(folder: Path, models: Models) -> None:
    folder.mkdir()
    for name, event in (models.codec | rotation.CODEC).types.items():
        schema = {"$id": f"urn:bcd:event:{name}:{event.schema_number}", **event.model_json_schema()}
        _write_json(folder / f"{name}.json", schema)
    _write_json(folder / "metadata.json", {"$id": "urn:bcd:metadata", **Metadata.model_json_schema()})


def _write_about(
    part: Path, log: PublishedLog, writing: Opened, committee: str | None, until: int | None
) -> None:
    told = {
        "format": shape.FORMAT,
        "software": f"bcd {version('bcd')}",
        "origin": log.origin,
        "leaves": log.size,
        "read": writing.leaves,
        "opened": writing.opened,
        "position": writing.position,
        "committee": committee,
        "until": until,
    }
    _write_json(part / shape.ABOUT, told)
    said = text("audit.readme")
    (part / shape.README).write_text(f"{said.vi}\n{said.en}", encoding="utf-8")
    shutil.copyfile(str(verify_bcd.__file__), part / shape.VERIFIER)


def _make_bag(part: Path, name: str) -> None:
    """The library writes a bag of version 0.97, whose files are those of 1.0 (RFC 8493) but for the number,
    and a manifest of the tag files that `sha256sum -c` would not read."""
    bagit.make_bag(str(part), {"External-Identifier": name}, checksums=["sha256"])
    told = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    (part / "bagit.txt").write_text(told, encoding="utf-8")
    tags = (part / name for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt"))
    lines = (f"{hashlib.sha256(tag.read_bytes()).hexdigest()}  {tag.name}\n" for tag in tags)
    (part / "tagmanifest-sha256.txt").write_text("".join(lines), encoding="utf-8")


def _write_json(path: Path, document: Any) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
