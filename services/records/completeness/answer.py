"""The completeness report of a year as plain JSON values: what Điều 7.8 asks for against what there is."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import reduce
from typing import Any

from pydantic import Field

from services.meetings.casefile.commands import file_id
from services.meetings.casefile.events import CaseFileEvent
from services.meetings.casefile.state import CaseFile, evolve
from services.records.completeness.judging import of_matter
from services.records.completeness.line import Holds, Kept, Line
from services.records.completeness.matters import matters
from services.records.completeness.others import of_documents, of_periods, of_reports
from services.records.compliance.course import Course
from services.records.compliance.telling import Telling
from services.records.questions import COMMITTEE, Question


class CompletenessQuestion(Question):
    """What should be kept of a year; of the present one where none is named."""

    committee: str = Field(pattern=COMMITTEE)
    year: int | None = Field(None, ge=1945, le=2999)


def complete(past: Telling, year: int, on: date, holds: Holds) -> dict[str, Any]:
    """Every record that should exist of the year by the day `on`, with its state and the events it rests on.

    `past` is that of one committee; `holds` asks the content store.
    """
    lines = [line for line in _lines(Course(past, on), year, holds) if line.day.year == year]
    lines.sort(key=lambda line: (line.day, line.register, line.record))
    counted = Counter(line.state for line in lines)
    return {
        "year": year,
        "as_of": on.isoformat(),
        "totals": {state.value: counted[state] for state in Kept},
        "whole": not any(counted[state] for state in (Kept.CITED, Kept.NO_CONTENT, Kept.MISSING)),
        "lines": [_told(line) for line in lines],
    }


def _lines(course: Course, year: int, holds: Holds) -> Iterable[Line]:
    for matter in matters(course):
        history = course.history("casefile", file_id(matter.kind, matter.record))
        told = [one.event for one in history if isinstance(one.event, CaseFileEvent)]
        file = reduce(evolve, told, CaseFile()) if told else None
        yield from of_matter(matter, file, history[0] if history else None, holds)
    yield from of_documents(course, holds)
    yield from of_reports(course)
    yield from of_periods(course, year)


def _told(line: Line) -> dict[str, Any]:
    return {
        "register": line.register,
        "record": line.record,
        "title": line.title,
        "day": line.day.isoformat(),
        "what": line.what,
        "state": line.state.value,
        "document": line.document,
        "digest": line.digest,
        "evidence": list(line.evidence),
    }
