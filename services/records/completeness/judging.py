"""How the records of a matter stand: by its events, by its file, by the content store."""

from collections.abc import Iterable, Iterator
from typing import Any

from services.meetings.casefile.events import DocumentFiled
from services.meetings.casefile.state import CaseFile
from services.records.completeness.line import Holds, Kept, Line
from services.records.completeness.matters import Matter, Wanted, wanted_of
from services.records.compliance.course import every, first
from services.records.compliance.standing import Recorded, references


def of_matter(matter: Matter, file: CaseFile | None, opened: Recorded | None, holds: Holds) -> Iterator[Line]:
    """The records of a matter, each paper that its file must hold on a line, and the file itself."""
    for wanted in wanted_of(matter):
        if wanted.after and not first(matter.history, *wanted.after):
            continue
        yield from _wanted(matter, wanted, file, holds)
    yield _line(matter, "case_file", Kept.KEPT if opened else _absent(matter), evidence=references(opened))


def _wanted(matter: Matter, wanted: Wanted, file: CaseFile | None, holds: Holds) -> Iterator[Line]:
    told = every(matter.history, *wanted.told_by)
    if wanted.paper is None:
        yield _line(matter, wanted.what, Kept.KEPT if told else _absent(matter), evidence=references(*told))
        return
    papers = [paper for paper in file.expected.values() if paper.what is wanted.paper] if file else []
    for paper in papers:
        assert file is not None
        filed = [file.entries[ordinal] for ordinal in sorted(file.met.get(paper.key, ()))]
        state = Kept.WAIVED if paper.key in file.waived else _absent(matter, told)
        digest = paper.digest
        for entry in filed:
            state, digest = _of_entry(entry, holds)
            if state is Kept.KEPT:
                break
        named = str(paper.document) if paper.document else paper.title
        yield _line(matter, wanted.what, state, named, digest, references(*told))
    if not papers and not wanted.if_any:
        yield _line(matter, wanted.what, _absent(matter, told), _cited(told), None, references(*told))


def _of_entry(entry: DocumentFiled, holds: Holds) -> tuple[Kept, str | None]:
    """How a filed document stands: by its bytes, or on paper where somebody says so."""
    digest = entry.content.digest if entry.content else None
    there = entry.paper_at is not None or (digest is not None and holds(digest))
    return (Kept.KEPT if there else Kept.NO_CONTENT), digest


def _absent(matter: Matter, told: Iterable[Recorded] = ()) -> Kept:
    if matter.by_source:
        return Kept.SOURCE_ONLY
    return Kept.CITED if any(told) else Kept.MISSING


def _line(
    matter: Matter,
    what: str,
    state: Kept,
    document: str | None = None,
    digest: str | None = None,
    evidence: tuple[str, ...] = (),
) -> Line:
    about = (matter.register, matter.record, matter.title, matter.day)
    return Line(*about, what, state, document, digest, evidence)


def _cited(told: Iterable[Recorded]) -> str | None:
    """The documents that these acts name or rest on."""
    events: list[Any] = [one.event for one in told]
    named = [getattr(event, name, None) for event in events for name in ("minutes", "notice", "document")]
    found = [str(one) for one in [*named, *(one.meta.document for one in told)] if one]
    return "; ".join(dict.fromkeys(found)) or None
