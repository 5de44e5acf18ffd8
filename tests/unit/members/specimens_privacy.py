"""Moments at which the commands about erasing personal data may be asked."""

from datetime import date

from services.members.privacy import decider as privacy
from services.members.privacy.commands import OrderErasure, RecordErasure, RefuseErasure, RequestErasure
from services.members.privacy.events import ErasureOrdered, ErasureRequested
from tests.unit.given import DECISION
from tests.unit.specimens import Specimen

SUBJECT = "feedback:pa-1"
REQUESTED = ErasureRequested(subject=SUBJECT)
ORDERED = ErasureOrdered(subject=SUBJECT, ground="Hết mục đích xử lý", document=DECISION)

SPECIMENS: tuple[Specimen, ...] = (
    Specimen(RequestErasure(subject=SUBJECT), privacy.decider),
    Specimen(RefuseErasure(subject=SUBJECT, basis="Điều 19 Luật 91/2025"), privacy.decider, (REQUESTED,)),
    Specimen(
        OrderErasure(subject=SUBJECT, ground="Hết mục đích xử lý", document=DECISION),
        privacy.decider,
        (REQUESTED,),
        document=True,
    ),
    Specimen(
        RecordErasure(subject=SUBJECT, key_id="0" * 32, destroyed_on=date(2026, 6, 15)),
        privacy.decider,
        (REQUESTED, ORDERED),
    ),
)
