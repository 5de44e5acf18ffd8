"""For each command about targets a moment at which somebody competent may ask it."""

from services.tasks.target.decider import decider
from tests.unit.specimens import Specimen
from tests.unit.tasks.examples import BUILDING
from tests.unit.tasks.test_target import ASSESS, MADE, REVISE, SET

SPECIMENS: tuple[Specimen, ...] = (
    Specimen(SET, decider, document=True),
    Specimen(ASSESS.model_copy(update={"estimated": True}), decider, (MADE,), agency=BUILDING),
    Specimen(REVISE, decider, (MADE,), document=True),
)
