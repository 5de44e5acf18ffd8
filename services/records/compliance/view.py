"""The view itself: every clause of the regulation in every quarter, from the events of one committee."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.records.compliance.checks import BY_STREAM, CHECKS, Check
from services.records.compliance.course import Course
from services.records.compliance.periods import Quarter, quarters
from services.records.compliance.standing import Occasion, Standing, worst
from services.records.compliance.telling import Telling
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


def compliance(past: Telling, first: date, on: date) -> list[Cell]:
    """Every clause in every quarter from that of the day `first` to that of the day `on`, clause by clause.

    `past` is that of one committee by the day `on`. Before the regulation was in force there was no occasion
    to keep it, and nothing proves that it was kept.
    """
    course = Course(past, on)
    began = course.in_force_from or date.max
    wanted = list(quarters(first, on))
    occasions: dict[tuple[str, Quarter], list[Occasion]] = defaultdict(list)
    for occasion in _occasions(course):
        quarter = Quarter.of(occasion.day)
        if occasion.day >= began and wanted[0] <= quarter <= wanted[-1]:
            for clause in occasion.clauses:
                occasions[clause, quarter].append(occasion)
    serving = _serving(course, began, wanted[0])
    cells = [
        _cell(clause, quarter, occasions[clause.id, quarter], serving.get((clause.id, quarter), []))
        for clause in clauses().leaves
        for quarter in wanted
    ]
    return [_answered_for(cell, cells) if cell.clause == RESPONSIBLE else cell for cell in cells]


def _occasions(course: Course) -> Iterator[Occasion]:
    """Check by check; but those that judge stream by stream share one reading of each stream."""
    found: dict[Check, list[Occasion]] = {check: [] for checks in BY_STREAM.values() for check in checks}
    for category, checks in BY_STREAM.items():
        for history in course.histories(category):
            alone = course.only(history)
            for check in checks:
                found[check] += check(alone)
    for check in CHECKS:
        yield from found.pop(check) if check in found else check(course)


def _serving(course: Course, began: date, since: Quarter) -> dict[tuple[str, Quarter], list[str]]:
    """By clause and quarter since that one, the events from that day on that serve the clause."""
    by_citation: dict[str, list[str]] = defaultdict(list)
    by_any = [leaf.id for leaf in clauses().leaves if leaf.proven_by is ProvenBy.EVERY_EVENT]
    for leaf in clauses().leaves:
        by_citation[leaf.id].append(leaf.id)
        if leaf.proven_by is ProvenBy.HEADING:
            by_citation[leaf.above].append(leaf.id)
    found: dict[tuple[str, Quarter], list[str]] = defaultdict(list)
    for reference, day, clauses_cited in course.telling.cited():
        quarter = Quarter.of(day)
        if day < began or quarter < since:
            continue
        cited = [leaf for clause in clauses_cited for leaf in by_citation.get(clause, ())]
        for leaf_id in dict.fromkeys([*cited, *by_any]):
            found[leaf_id, quarter].append(reference)
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
