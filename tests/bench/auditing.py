"""Verifying in events/s, against a bare SHA-256 over the same bytes, and its memory at two sizes.

`python -m tests.bench.auditing FOLDER` verifies the log in a folder and prints its own peak memory in MiB.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import median
from uuid import UUID

from services.audit.checking_documents import DocumentsCheck
from services.audit.checking_log import LogCheck
from services.audit.checking_records import RecordsCheck, Running
from services.audit.findings import Findings
from services.audit.logfile import LogFile, write_log
from services.audit.published import PublishedLog
from services.audit.sample import tell
from services.audit.scratch import scratch
from services.audit.verifying import Check, Facts, verify
from services.records.everything import MODELS
from shared.audit.leaf import entry_of
from shared.audit.log import Log
from shared.audit.notes import Signer
from shared.audit.tiles import TileWriter
from shared.contents.folder import FolderContents
from shared.eventstore.connect import connect
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import RecordedEvent
from tests.bench import house, rebuilding

ROUNDS = 3
SIZES = 20_000, 100_000
CHUNK = 2560


def run() -> Iterator[str]:
    with house.scratch() as folder, house.store(folder) as uri, closing(connect(uri)) as store:
        rebuilding.fill(store)
        count = publish(folder / "log", store.read_all())
        bare, read = [], []
        rates: dict[str, list[float]] = {"log": [], "log and registers": []}
        for _ in range(ROUNDS):
            read.append(rate(count, lambda: sum(1 for _ in store.read_all())))
            bare.append(rate(count, lambda: hashed(store)))
            rates["log"].append(rate(count, partial(verified, store, folder, "log")))
        rates["log and registers"].append(rate(count, partial(verified, store, folder, "all")))
        told = f"[{count} events; bare loop {median(bare):.0f}, reading alone {median(read):.0f} events/s]"
        for parts, found in rates.items():
            ratio = median(found) / median(bare)
            yield f"audit verify, {parts} : {ratio:5.3f} × a bare SHA-256 loop   {median(found):.0f} {told}"
    few, many_ = SIZES
    peaks = [peak(size) for size in SIZES]
    yield (
        f"audit verify, memory : {peaks[1] / peaks[0]:5.3f} × at {many_} events what it takes at {few}"
        f"   [{peaks[1]:.0f} against {peaks[0]:.0f} MiB]"
    )


def rate(count: int, work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def hashed(facts: Facts) -> None:
    """What cannot be done without: reading everything, and one SHA-256 over it."""
    digest = sha256()
    for event in facts.read_all():
        digest.update(event.data)
        digest.update(event.metadata)
    digest.digest()


def publish(folder: Path, events: Iterator[RecordedEvent]) -> int:
    """The log over the events, signed; how many there are."""
    writer, entries = TileWriter(folder, 0), list[bytes]()
    for event in events:
        entries.append(entry_of(event))
        if len(entries) == CHUNK:
            writer.append(entries)
            entries = []
    if entries:
        writer.append(entries)
    Log(folder, "bench/1").publish(writer.size, [], lambda: [Signer.new("bench")])
    return writer.size


def verified(facts: Facts, folder: Path, parts: str) -> None:
    findings = Findings()
    checks: list[Check] = [
        LogCheck(PublishedLog.open(folder / "log"), findings),
        DocumentsCheck(FolderContents(folder / "contents"), findings),
    ]
    head = facts.head()
    if parts == "log":
        verify(facts, checks, findings, head=head)
    else:
        with scratch(MODELS, folder) as database:
            shown = Running(head, dict.fromkeys((one.name for one in MODELS.models), ("", 0)))
            verify(facts, [*checks, RecordsCheck(shown, database, Findings())], findings, head=head)
    assert not findings.kept, findings.kept


def peak(count: int) -> float:
    """MiB at most, in a process that does nothing else."""
    with house.scratch() as folder:
        write_log(folder / "events.sqlite", many(count, folder))
        with closing(LogFile(folder / "events.sqlite")) as facts:
            publish(folder / "log", facts.read_all())
        command = (sys.executable, "-m", "tests.bench.auditing", str(folder))
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600)
        return float(json.loads(done.stdout))


def many(count: int, folder: Path) -> Iterator[RecordedEvent]:
    """Events of the made-up history, again and again in other streams."""
    store = MemoryStore()
    tell(store, FolderContents(folder / "contents"))
    told, now = list(store.read_all()), datetime.now(UTC)
    for number in range(count):
        event = told[number % len(told)]
        stream = f"{event.stream}.{number // len(told)}"
        yield replace(event, id=UUID(int=number), stream=stream, recorded_at=now)


if __name__ == "__main__":
    with closing(LogFile(Path(sys.argv[1]) / "events.sqlite")) as log:
        verified(log, Path(sys.argv[1]), "log")
    sys.stdout.write(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
