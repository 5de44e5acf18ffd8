"""Inspections follow the inspected agency, as tasks do."""

from services.members.events import AgencyDissolved, AgencyMerged
from services.tasks.inspection.commands import TransferInspection
from services.tasks.inspection.events import InspectionCancelled
from shared.messages import AgencyId
from tests.unit.tasks.courses import asked
from tests.unit.tasks.examples import BUILDING, TRANSPORT
from tests.unit.tasks.inspected import CLOSED, RUNNING, SCHEDULED, VISIT, F

MERGED = AgencyMerged(agency_id=BUILDING, name="Sở", successor=TRANSPORT, successor_name="Sở mới")


def moved(*heirs: AgencyId) -> TransferInspection:
    reason = f"{BUILDING} → {', '.join(heirs)}"
    return TransferInspection(inspection_id=VISIT, from_agency=BUILDING, to=heirs, reason=reason)


def test_an_inspection_goes_to_the_successor() -> None:
    [one] = asked(*RUNNING, MERGED)
    assert (one.service, one.command, one.key) == ("tasks", moved(TRANSPORT), f"{VISIT}:{BUILDING}")
    [late] = asked(MERGED, SCHEDULED)
    assert late.command == moved(TRANSPORT)


def test_to_many_and_to_nobody() -> None:
    heirs = (AgencyId("xa-1"), AgencyId("xa-2"))
    divided = AgencyDissolved(agency_id=BUILDING, name="Sở", successors=heirs)
    assert [one.command for one in asked(*RUNNING, divided)] == [moved(*heirs)]
    assert asked(*RUNNING, AgencyDissolved(agency_id=BUILDING, name="Sở")) == []


def test_what_is_over_stays() -> None:
    assert asked(SCHEDULED, InspectionCancelled(inspection_id=VISIT, reason="x"), MERGED) == []
    assert asked(*RUNNING, CLOSED, MERGED) == []
    left = CLOSED.model_copy(update={"left_open": (F,)})
    assert [one.command for one in asked(*RUNNING, left, MERGED)] == [moved(TRANSPORT)]
