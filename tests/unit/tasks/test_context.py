"""Facts that are no acts of the committee."""

from services.tasks.commands import NoteContext
from services.tasks.context_fact import decider
from services.tasks.events import ContextNoted
from services.tasks.rules import Rule
from tests.unit.given import Story
from tests.unit.tasks.examples import CHAIR, KEEPER, TEAM

NOTE = NoteContext(
    context_id="giai-thuong-2022",
    kind="reward",
    title="Giải thưởng Chuyển đổi số Việt Nam",
    figures={"hang": 6, "nhom": "nhóm 10"},
    agencies=("Hội Truyền thông số",),
    because="do hội bên ngoài trao",
)
NOTED = ContextNoted.model_validate(NOTE.model_dump())


def test_noted_by_the_team_once() -> None:
    Story(decider).when(NOTE, KEEPER).then(NOTED)
    Story(decider).when(NOTE, TEAM).then(NOTED)
    Story(decider).given(NOTED).when(NOTE, KEEPER).then_refused(Rule.CONTEXT_NOTED_ONCE)
    Story(decider).when(NOTE, CHAIR).then_refused(Rule.CONTEXT_BY_TEAM)
