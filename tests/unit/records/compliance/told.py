"""A committee's past, event by event, and what the compliance view makes of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from services.members.events import RegulationAdopted
from services.members.parameters import Parameters
from services.records.compliance.answer import detail, overview
from services.records.compliance.checks import CHECKS
from services.records.compliance.course import Course
from services.records.compliance.standing import Occasion, Standing
from services.records.compliance.telling import Listed
from services.records.compliance.view import Cell, compliance
from services.regulation.clauses import clauses
from shared.dates import Moment
from shared.envelope import Envelope
from shared.messages import DocumentRef, Event
from tests.unit.given import SOURCE, act
from tests.unit.rows import COMMITTEE, metadata_of

BEGAN = datetime(2026, 1, 5, tzinfo=UTC)
REGULATION = DocumentRef(number="64/QĐ-BCĐ")


@dataclass
class Past:
    """Events of one committee; each `tell` is an act on a day, live unless it is `from_source`."""

    events: list[Envelope[Event]] = field(default_factory=list)
    _revisions: Counter[str] = field(default_factory=Counter)

    def tell(self, stream: str, *events: Event, at: str, from_source: bool = False) -> Envelope[Event]:
        """Record these events; the last of them."""
        name = f"{stream.partition('.')[0]}-{COMMITTEE}.{stream.partition('.')[2]}"
        for event in events:
            position = len(self.events) + 1
            source = SOURCE if from_source else None
            self.events.append(
                Envelope(
                    event=event,
                    event_id=uuid5(UUID(int=64), str(position)),
                    stream=name,
                    revision=self._revisions[name],
                    position=position,
                    recorded_at=BEGAN + timedelta(minutes=position),
                    meta=metadata_of(event, act("chair", at=at, source=source), Moment(at)),
                )
            )
            self._revisions[name] += 1
        return self.events[-1]

    def regulated(self, at: str = "2026-01-01", from_source: bool = False, **parameters: object) -> "Past":
        """The regulation in force from a day."""
        terms = Parameters.model_validate(parameters) if parameters else None
        adopted = RegulationAdopted(regulation=REGULATION, title="Quy chế", parameters=terms)
        self.tell("committee.charter", adopted, at=at, from_source=from_source)
        return self

    def occasions(self, clause: str, on: str) -> list[Occasion]:
        """The occasions of a clause as they stand on a day, in the order of their days."""
        course = Course(Listed(self.events), date.fromisoformat(on))
        found = [one for check in CHECKS for one in check(course) if clause in one.clauses]
        return sorted(found, key=lambda one: (one.day, one.said))

    def said(self, clause: str, on: str) -> list[tuple[str, Standing]]:
        return [(one.said, one.standing) for one in self.occasions(clause, on)]

    def cells(self, on: str, since: str | None = None) -> list[Cell]:
        day = date.fromisoformat(on)
        return compliance(
            Listed(self.events), date.fromisoformat(since) if since else day.replace(month=1, day=1), day
        )

    def standing(self, clause: str, quarter: str, on: str) -> Standing:
        (cell,) = (one for one in self.cells(on) if (one.clause, str(one.quarter)) == (clause, quarter))
        return cell.standing


def compliance_answer(clause: str | None = None) -> dict[str, Any]:
    """What `records` answers on 1 April 2026 of a committee that held no meeting in the first quarter."""
    cells = Past().regulated().cells("2026-04-01")
    answer = {"committee": COMMITTEE, "as_of": "2026-04-01", "since": "2026-01-01", "position": 7}
    answer |= overview(cells)
    if clause:
        leaf = next(one for one in clauses().leaves if one.id == clause)
        answer["detail"] = detail(leaf, [cell for cell in cells if cell.clause == clause])
    return answer
