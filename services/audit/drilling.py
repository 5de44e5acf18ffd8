"""The drill: a copy is tampered with in every known way, and each way has to be found where it was done."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from services.audit.copies import Copy, make_copy
from services.audit.sample import tell
from services.audit.subject import PARTS
from services.audit.tampering import TAMPERINGS, Tampering
from services.audit.verifying import Facts, epoch_of
from services.records.projecting import Models
from shared.contents.folder import FolderContents
from shared.contents.port import Contents
from shared.eventstore.memory import MemoryStore

UNTOUCHED: Final = "untouched"
Progress = Callable[[int, int], None]
"""Called after each tampering with: how many were tried, of how many."""


@dataclass(frozen=True)
class Tried:
    """One way: whether what was done was found, and named; `first` is what the verification said first."""

    name: str
    found: bool
    expected: str
    first: str


@dataclass(frozen=True)
class Drill:
    """What came of all of them; `untouched` is what was said, wrongly, of the copy as it was; `lacking` how
    many documents there were none to copy of."""

    events: int
    lacking: int
    tried: tuple[Tried, ...]
    untouched: tuple[str, ...]

    @property
    def missed(self) -> list[str]:
        return [one.name for one in self.tried if not one.found]

    @property
    def well(self) -> bool:
        return not self.missed and not self.untouched


@contextmanager
def copied(facts: Facts, contents: Contents, models: Models, limit: int, near: Path | None) -> Iterator[Copy]:
    """The first events of a store with their contents, in a folder that goes away."""
    with TemporaryDirectory(prefix="bcd-drill-", dir=near, ignore_cleanup_errors=True) as folder:
        events = list(islice(facts.read_all(), limit))
        yield make_copy(events, str(epoch_of(facts)), contents, Path(folder) / "copy", models)


@contextmanager
def made_up(models: Models, near: Path | None = None) -> Iterator[Copy]:
    """A copy of a small invented history."""
    with TemporaryDirectory(prefix="bcd-drill-", dir=near, ignore_cleanup_errors=True) as folder:
        store, contents = MemoryStore(), FolderContents(Path(folder) / "made-up")
        tell(store, contents)
        yield make_copy(list(store.read_all()), str(epoch_of(store)), contents, Path(folder) / "copy", models)


def drill(copy: Copy, progress: Progress = lambda _tried, _all: None) -> Drill:
    """Try every way on a copy of the copy, which stays as it is."""
    events = copy.events()
    has_documents = next(copy.contents.digests(), None) is not None
    parts = [part for part in PARTS if part != "documents" or has_documents]
    untouched = tuple(map(str, copy.verified(parts).findings))
    ways = [way for way in TAMPERINGS if has_documents or "documents" not in way.parts]
    tried = []
    for way in ways:
        tried.append(attempt(copy, way))
        progress(len(tried), len(ways))
    return Drill(len(events), len(copy.lacking), tuple(tried), untouched)


def attempt(copy: Copy, way: Tampering) -> Tried:
    """Tamper in one way, and verify as an auditor would."""
    folder = copy.folder.with_name(way.name)
    shutil.copytree(copy.folder, folder)
    try:
        other = replace(copy, folder=folder)
        expected = way.do(other)
        findings = other.verified(way.parts, expected.seen).findings
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    first = findings[0] if findings else None
    found = first is not None and expected.named in str(first)
    named = expected.named.removeprefix(f"{folder}/").removeprefix(f"notary/{copy.epoch}/")
    return Tried(way.name, found, named, str(first or ""))
