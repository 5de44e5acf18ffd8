"""For each command about initiatives, obstacles and information a moment at which it may be asked."""

from datetime import date

from services.feedback.information import decider as information
from services.feedback.information.commands import MarkInformationOverdue
from services.feedback.initiative import decider as initiative
from services.feedback.obstacle import decider as obstacle
from tests.unit.feedback import test_information as info
from tests.unit.feedback import test_initiative as idea
from tests.unit.feedback import test_obstacle as met
from tests.unit.feedback.examples import SCIENCE, TELECOM
from tests.unit.specimens import Specimen

OF_AN_AGENCY = idea.PROPOSE.model_copy(update={"seat_id": None})
OVERDUE = MarkInformationOverdue(request_id=info.R, today=date(2026, 6, 15))

SPECIMENS: tuple[Specimen, ...] = (
    Specimen(OF_AN_AGENCY, initiative.decider, agency=SCIENCE, seat=idea.SEAT),
    Specimen(idea.ADOPT, initiative.decider, (idea.PROPOSED,), agency=SCIENCE, seat=idea.SEAT),
    Specimen(
        idea.IMPLEMENT, initiative.decider, (idea.PROPOSED, idea.ADOPTED), agency=SCIENCE, seat=idea.SEAT
    ),
    Specimen(met.REPORT, obstacle.decider, agency=SCIENCE),
    Specimen(met.ESCALATE, obstacle.decider, (met.REPORTED,), agency=SCIENCE),
    Specimen(met.RESOLVE, obstacle.decider, (met.REPORTED,), agency=SCIENCE),
    Specimen(met.TRANSFER, obstacle.decider, (met.REPORTED,), agency=SCIENCE),
    Specimen(info.ASK, information.decider, agency=TELECOM),
    Specimen(info.PROVIDE, information.decider, (info.ASKED,), agency=TELECOM),
    Specimen(OVERDUE, information.decider, (info.ASKED,), agency=TELECOM),
    Specimen(info.TRANSFER, information.decider, (info.ASKED,), agency=TELECOM),
    Specimen(info.CLOSE, information.decider, (info.ASKED,), agency=TELECOM),
)
