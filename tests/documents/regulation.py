"""docs/regulation.md: every clause of the regulation, and where the software keeps it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from services.regulation.clauses import Clause, Heading, Part, ProvenBy, clauses
from shared.catalogue import both, catalogue, word, word_en
from tests.documents.document import COMMAND, Document
from tests.documents.evidence import Evidence, Provision, counted_for, evidence
from tests.documents.source import Place


def text() -> str:
    """The whole document, Vietnamese first."""
    lines = [
        f"# {both('document.regulation')}",
        "",
        both("document.generated", command=COMMAND),
        "",
        both("document.chain"),
        "",
        *_contents(),
        *_empty(),
    ]
    for part in clauses():
        lines += _chapter(part)
        lines += _clause(part) if isinstance(part, Clause) else _heading(part)
    return "\n".join(lines).rstrip() + "\n"


def _contents() -> Iterator[str]:
    columns = ("article", "clauses", "rules", "tests", "events")
    yield f"## {both('document.contents')}"
    yield ""
    yield f"| {' | '.join(both(f'document.{column}') for column in columns)} |"
    yield "|---|---|---:|---:|---:|"
    for article, of_article in groupby(clauses(), key=lambda part: part.article):
        parts = list(of_article)
        found = Evidence()
        for part in parts:
            found |= evidence()[part.id]
        leaves = " ".join(f"[{one.id[1:]}](#{one.id})" for one in parts if isinstance(one, Clause))
        counts = (len(found.provisions), len(found.tests), len(set(found.events)))
        row = (f"[{parts[0].cite}. {_title(parts[0])}](#{article})", leaves, *map(str, counts))
        yield f"| {' | '.join(row)} |"
    yield ""


def _empty() -> Iterator[str]:
    """What is still to be built, said openly."""
    yield f"## {both('document.empty')}"
    yield ""
    missing = {leaf.id: counted_for(leaf).empty for leaf in clauses().leaves}
    for clause, links in missing.items():
        if links:
            yield f"- [{clause}](#{clause}): {', '.join(both(f'document.no_{link}') for link in links)}"
    if not any(missing.values()):
        yield both("document.none_empty")
    yield ""


def _chapter(part: Part) -> Iterator[str]:
    if part.chapter:
        yield f"# {part.chapter}"
        yield ""


def _heading(part: Heading) -> Iterator[str]:
    level = "##" if part.id == part.article else "###"
    yield f'<a id="{part.id}"></a>'
    yield ""
    yield f"{level} {_cited(part)}. {part.title.rstrip('.')}"
    yield ""
    found = evidence()[part.id]
    if found.provisions or found.events:
        yield from _evidence(found)
        yield ""


def _clause(part: Clause) -> Iterator[str]:
    yield f'<a id="{part.id}"></a>'
    yield ""
    if part.title:
        yield f"## {_cited(part)}. {part.title}"
    else:
        yield f"#### {part.id} · {part.cite} / {part.cite_en}"
    yield ""
    yield f"> {part.text}"
    yield ""
    yield f"- {_label('who')}: {'; '.join(_word('who', one) for one in part.who)}"
    yield f"- {_label('duty')}: {part.duty.vi} / {part.duty.en}"
    yield f"- {_label('breach')}: {_word('breach', part.breach)}"
    yield from _evidence(evidence()[part.id])
    match part.proven_by:
        case ProvenBy.HEADING:
            yield f"- {both('document.by_heading')} [{part.above}](#{part.above})"
        case ProvenBy.EVERY_EVENT:
            yield f"- {_label('events')}: {both('document.every_event')}"
        case _:
            pass
    yield ""


def _evidence(found: Evidence) -> Iterator[str]:
    if found.provisions:
        yield f"- {_label('rules')}:"
        for provision in found.provisions:
            yield from _provision(provision)
    if found.events:
        yield f"- {_label('events')}: {'; '.join(_named('event', name) for name in found.events)}"
    if found.records:
        yield f"- {_label('records')}: {'; '.join(_named('register', name) for name in found.records)}"


def _provision(provision: Provision) -> Iterator[str]:
    sentence = catalogue().get(f"rule.{provision.context}.{provision.name}")
    told = f": {sentence.vi} / {sentence.en}" if sentence else ""
    yield f"  - `{provision.context}.{provision.name}` ({provision.value}){told}"
    if provision.decided:
        yield f"    - {both('document.decided')}: {_places(provision.decided)}"
    if provision.shown:
        yield f"    - {both('document.shown')}: {_places(provision.shown)}"


def _places(places: Sequence[Place]) -> str:
    by_file = groupby(sorted(places), key=lambda place: place.path)
    return "; ".join(f"`{path}: {', '.join(place.function for place in group)}`" for path, group in by_file)


def _cited(part: Part) -> str:
    return part.cite[0].upper() + part.cite[1:]


def _title(part: Part) -> str:
    return part.title or ""


def _label(name: str) -> str:
    return f"**{both(f'document.{name}')}**"


def _word(group: str, code: str) -> str:
    return f"{word(group, code)} / {word_en(group, code)}"


def _named(group: str, code: str) -> str:
    return f"`{code}` {word(group, code)}"


DOCUMENT: Final = Document("docs/regulation.md", text)
