"""Moments at which the commands of commitments may be asked."""

from datetime import date

from services.members.commitment import decider as commitment
from services.members.commitment.commands import (
    FulfilCommitment,
    MarkCommitmentOverdue,
    ReassignCommitment,
    RecordCommitment,
    WithdrawCommitment,
)
from services.members.commitment.events import CommitmentRecorded
from shared.dates import Deadline
from tests.unit.specimens import Specimen

SEAT = "giam-doc-so-a"
RECORDED = CommitmentRecorded(
    commitment_id="ck-1",
    seat_id=SEAT,
    content="Số hóa hồ sơ của ngành",
    into="Chương trình phát triển ngành A",
    deadline=Deadline(wording="quý II/2026", latest=date(2026, 6, 30)),
)

SPECIMENS: tuple[Specimen, ...] = (
    Specimen(RecordCommitment.model_validate(RECORDED.model_dump()), commitment.decider, seat=SEAT),
    Specimen(
        FulfilCommitment(commitment_id="ck-1", evidence="Mục 3 của Chương trình"),
        commitment.decider,
        (RECORDED,),
        seat=SEAT,
    ),
    Specimen(
        WithdrawCommitment(commitment_id="ck-1", reason="Chương trình không ban hành"),
        commitment.decider,
        (RECORDED,),
        seat=SEAT,
    ),
    Specimen(
        MarkCommitmentOverdue(commitment_id="ck-1", today=date(2026, 7, 1)),
        commitment.decider,
        (RECORDED,),
        seat=SEAT,
        at="2026-07-01",
    ),
    Specimen(
        ReassignCommitment(commitment_id="ck-1", from_seat=SEAT, to_seat="giam-doc-so-b"),
        commitment.decider,
        (RECORDED,),
        seat=SEAT,
    ),
)
