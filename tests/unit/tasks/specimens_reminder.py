"""For the command about reminders a moment at which somebody competent may ask it."""

from services.tasks.reminder.decider import decider
from tests.unit.specimens import Specimen
from tests.unit.tasks.test_reminder import REMIND

SPECIMENS: tuple[Specimen, ...] = (Specimen(REMIND, decider),)
