"""The command of reports from below, at the moment at which the policy asks it."""

from services.feedback.child.decider import decider
from tests.unit.feedback.test_child import RECEIVE
from tests.unit.specimens import Specimen

SPECIMENS = (Specimen(RECEIVE, decider),)
