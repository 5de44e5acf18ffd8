"""Moments at which the commands of commendations may be asked."""

from services.members.commendation import decider as commendation
from services.members.commendation.commands import (
    DecideCommendation,
    NoteCommendation,
    ProposeCommendation,
)
from services.members.commendation.events import CommendationProposed
from tests.unit.given import DECISION
from tests.unit.specimens import Specimen

PROPOSED = CommendationProposed(
    commendation_id="kt-1",
    seats=("giam-doc-so-a",),
    form="Bằng khen",
    reasons="Hoàn thành tốt nhiệm vụ",
    tasks=("nhiem-vu-1",),
)

SPECIMENS: tuple[Specimen, ...] = (
    Specimen(ProposeCommendation.model_validate(PROPOSED.model_dump()), commendation.decider),
    Specimen(
        DecideCommendation(commendation_id="kt-1", granted=True, reason="Đủ điều kiện", document=DECISION),
        commendation.decider,
        (PROPOSED,),
        document=True,
    ),
    Specimen(
        NoteCommendation(
            commendation_id="kt-2",
            recipient="Giải pháp hư cấu",
            form="Giải thưởng",
            given_by="Hiệp hội A",
            document=DECISION,
        ),
        commendation.decider,
        document=True,
    ),
)
