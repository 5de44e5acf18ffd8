"""The view itself: every clause of the regulation in every quarter, from the events of one committee."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.records.compliance.checks import CHECKS
from services.records.compliance.course import Course
from services.records.compliance.periods import Quarter, quarters
from services.records.compliance.serving import served
from services.records.compliance.standing import Occasion, Recorded, Standing, worst
from services.regulation.clauses import Breach, Clause, ProvenBy, clauses

BROKEN: Final = (Standing.BREACHED, Standing.AT_RISK)
RESPONSIBLE: Final = "D12.1"
"""The clause by which the chair answers for all the others."""


@dataclass(frozen=True)
class Cell:
    """One clause in one quarter: how it stands, on which occasions, and by which events."""

    clause: str
    quarter: Quarter
    standing: Standing
    occasions: tuple[Occasion, ...]
    evidence: tuple[str, ...]


def compliance(events: Sequence[Recorded], first: date, on: date) -> list[Cell]:
    """Every clause in every quarter from that of the day `first` to that of the day `on`, clause by clause.

    `events` are those of one committee that had taken effect by `on`, in the order of the store. Before the
    regulation was in force there was no occasion to keep it, and nothing proves that it was kept.
    """
    course = Course(events, on)
    began = course.in_force_from or date.max
    occasions: dict[tuple[str, Quarter], list[Occasion]] = defaultdict(list)
    for check in CHECKS:
        for occasion in (one for one in check(course) if one.day >= began):
            for clause in occasion.clauses:
                occasions[clause, Quarter.of(occasion.day)].append(occasion)
    serving = _serving(course, began)
    wanted = list(quarters(first, on))
    cells = [
        _cell(clause, quarter, occasions[clause.id, quarter], serving.get((clause.id, quarter), []))
        for clause in clauses().leaves
        for quarter in wanted
    ]
    return [_answered_for(cell, cells) if cell.clause == RESPONSIBLE else cell for cell in cells]


def _serving(course: Course, began: date) -> dict[tuple[str, Quarter], list[str]]:
    """By clause and quarter, the events from that day on that serve the clause."""
    by_citation: dict[str, list[str]] = defaultdict(list)
    by_any = [leaf.id for leaf in clauses().leaves if leaf.proven_by is ProvenBy.EVERY_EVENT]
    for leaf in clauses().leaves:
        by_citation[leaf.id].append(leaf.id)
        if leaf.proven_by is ProvenBy.HEADING:
            by_citation[leaf.above].append(leaf.id)
    found: dict[tuple[str, Quarter], list[str]] = defaultdict(list)
    for envelope in course.events:
        if envelope.meta.effective_at.earliest < began:
            continue
        quarter = Quarter.of(envelope.meta.effective_at.earliest)
        cited = [leaf for clause in served(envelope) for leaf in by_citation.get(clause, ())]
        for leaf_id in dict.fromkeys([*cited, *by_any]):
            found[leaf_id, quarter].append(envelope.reference)
    return found


def _cell(clause: Clause, quarter: Quarter, occasions: Sequence[Occasion], evidence: Sequence[str]) -> Cell:
    """What forbids is kept by every act that was let through; what asks is kept where an occasion says so.

    Acts that serve a clause without an occasion of its own show that it is carried out.
    """
    standing = worst(one.standing for one in occasions)
    if standing is Standing.NO_OCCASION and evidence and clause.breach is not Breach.NONE:
        standing = Standing.KEPT
    proof = dict.fromkeys([*(ref for one in occasions for ref in one.evidence), *evidence])
    return Cell(clause.id, quarter, standing, tuple(occasions), tuple(proof))


def _answered_for(own: Cell, cells: Sequence[Cell]) -> Cell:
    """D12.1: a breach anywhere puts the chair's own duty at risk; it is the chair's to see that it ends."""
    others = [cell for cell in cells if cell.quarter == own.quarter and cell.clause != own.clause]
    broken = [cell for cell in others if cell.standing in BROKEN]
    if not broken:
        return own
    because = [one for cell in broken for one in cell.occasions if one.standing in BROKEN]
    proof = tuple(dict.fromkeys(reference for one in because for reference in one.evidence))
    occasions = (
        Occasion(
            clauses=(own.clause,),
            said="others_broken",
            standing=Standing.AT_RISK,
            day=own.quarter.last,
            values={"clauses": ", ".join(cell.clause for cell in broken)},
            evidence=proof,
        ),
    )
    evidence = tuple(dict.fromkeys((*own.evidence, *proof)))
    return Cell(own.clause, own.quarter, Standing.AT_RISK, occasions, evidence)


def totals(cells: Sequence[Cell]) -> Iterator[tuple[Standing, int]]:
    """How many clauses stand how, in the quarters of these cells."""
    for standing in Standing:
        yield standing, sum(cell.standing is standing for cell in cells)
