"""Commands of the activity report at a moment at which somebody competent may ask them."""

from services.feedback.activity.decider import decider
from tests.unit.feedback.test_activity import CORRECT, ISSUE, ISSUED
from tests.unit.specimens import Specimen

BEGUN = ISSUE.model_copy(update={"period": "2026-Q2"})
SPECIMENS = (Specimen(BEGUN, decider), Specimen(CORRECT, decider, (ISSUED,)))
