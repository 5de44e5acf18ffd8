"""Moments at which the commands of working groups may be asked."""

from datetime import date

from services.members.workgroup import decider as workgroup
from services.members.workgroup.commands import (
    ConveneWorkingGroup,
    DeliverWorkingGroup,
    DisbandWorkingGroup,
    EndWorkingGroup,
    ExtendWorkingGroup,
)
from services.members.workgroup.events import WorkingGroupConvened
from tests.unit.specimens import Specimen

CONVENED = WorkingGroupConvened(
    group_id="nhom-1",
    subject="Dự thảo kế hoạch",
    since=date(2026, 6, 1),
    until=date(2026, 6, 30),
    members=("to-vien-a",),
    drafts=("Dự thảo kế hoạch",),
)

SPECIMENS: tuple[Specimen, ...] = (
    Specimen(ConveneWorkingGroup.model_validate(CONVENED.model_dump()), workgroup.decider),
    Specimen(
        ExtendWorkingGroup(group_id="nhom-1", until=date(2026, 7, 15), reason="Cần thêm thời gian"),
        workgroup.decider,
        (CONVENED,),
    ),
    Specimen(DeliverWorkingGroup(group_id="nhom-1", product="Dự thảo"), workgroup.decider, (CONVENED,)),
    Specimen(DisbandWorkingGroup(group_id="nhom-1", reason="Xong việc"), workgroup.decider, (CONVENED,)),
    Specimen(
        EndWorkingGroup(group_id="nhom-1", today=date(2026, 7, 1)),
        workgroup.decider,
        (CONVENED,),
        at="2026-07-01",
    ),
)
