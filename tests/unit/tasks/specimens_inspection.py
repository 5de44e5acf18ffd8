"""For each command about inspections a moment at which somebody competent may ask it."""

from datetime import date

from services.tasks.inspection.commands import CancelInspection, MarkFindingsOverdue, TransferInspection
from services.tasks.inspection.decider import decider
from shared.messages import Command, Event
from tests.unit.specimens import Specimen
from tests.unit.tasks.examples import BUILDING, TRANSPORT
from tests.unit.tasks.inspected import (
    CLOSE,
    CONDUCT,
    CONDUCTED,
    CONFIRM,
    RECORD,
    REMEDIED,
    REMEDY,
    REOPEN,
    RUNNING,
    SCHEDULE,
    SCHEDULED,
    VISIT,
    F,
)


def _one(command: Command, *given: Event, document: bool = False) -> Specimen:
    return Specimen(command, decider, given, agency=BUILDING, document=document)


MOVE = TransferInspection(inspection_id=VISIT, from_agency=BUILDING, to=(TRANSPORT,), reason="sáp nhập")

SPECIMENS: tuple[Specimen, ...] = (
    _one(SCHEDULE),
    _one(MOVE, SCHEDULED),
    _one(CONDUCT, SCHEDULED),
    _one(RECORD, SCHEDULED, CONDUCTED),
    _one(REMEDY, *RUNNING),
    _one(CONFIRM, *RUNNING, REMEDIED),
    _one(REOPEN, *RUNNING, REMEDIED),
    _one(MarkFindingsOverdue(inspection_id=VISIT, today=date(2026, 6, 15)), *RUNNING),
    _one(CLOSE.model_copy(update={"left_open": (F,)}), *RUNNING, document=True),
    _one(CancelInspection(inspection_id=VISIT, reason="trùng kế hoạch thanh tra"), SCHEDULED),
)
