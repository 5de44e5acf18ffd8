"""Working groups: convened by the team leader, for a stated time, over with a product or without (D9.4)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st

from services.members.policies import POLICIES
from services.members.rules import Rule
from services.members.workgroup import decider as workgroup
from services.members.workgroup.commands import (
    ConveneWorkingGroup,
    DeliverWorkingGroup,
    DisbandWorkingGroup,
    EndWorkingGroup,
    ExtendWorkingGroup,
    WorkingGroupCommand,
)
from services.members.workgroup.events import (
    WorkingGroupConvened,
    WorkingGroupDelivered,
    WorkingGroupDisbanded,
    WorkingGroupExtended,
)
from services.members.workgroup.records import READ_MODELS, working_groups
from shared.envelope import Act
from shared.messages import Event
from shared.policies import Asked
from tests.unit.given import DECISION, SOURCE, Story, act
from tests.unit.histories import acts, machine
from tests.unit.holdings import asked_after, rung_after
from tests.unit.rows import envelopes, project, rows

FIRST, LAST, LATER = date(2026, 3, 2), date(2026, 3, 31), date(2026, 4, 15)
LEADER = act("team_leader", at="2026-03-01")
MEMBER = act("team_member", at="2026-03-01")
CLOCK = act("policy", at="2026-04-01")
CONVENE = ConveneWorkingGroup(
    group_id="nhom-1",
    subject="Dự thảo kế hoạch năm 2027",
    since=FIRST,
    until=LAST,
    members=("to-vien-a", "to-vien-b"),
    experts=("Khoa Công nghệ, Trường Đại học A",),
    drafts=("Dự thảo kế hoạch",),
)
CONVENED = WorkingGroupConvened.model_validate(CONVENE.model_dump())
EXTEND = ExtendWorkingGroup(group_id="nhom-1", until=LATER, reason="Cần lấy thêm ý kiến")
EXTENDED = WorkingGroupExtended(group_id="nhom-1", old_until=LAST, until=LATER, reason=EXTEND.reason)
DELIVER = DeliverWorkingGroup(group_id="nhom-1", product="Dự thảo lần 1", document=DECISION)
DELIVERED = WorkingGroupDelivered(group_id="nhom-1", product="Dự thảo lần 1", document=DECISION)
DISBAND = DisbandWorkingGroup(group_id="nhom-1", reason="Xong việc")
OVER = WorkingGroupDisbanded(group_id="nhom-1", reason="Xong việc")
EXPIRED = WorkingGroupDisbanded(group_id="nhom-1", expired=True)


def end(day: date) -> EndWorkingGroup:
    return EndWorkingGroup(group_id="nhom-1", today=day)


@pytest.fixture
def story() -> Story:
    return Story(workgroup.decider)


def test_the_team_leader_convenes_it_once(story: Story) -> None:
    story.when(CONVENE, LEADER).then(CONVENED)
    story.when(CONVENE, LEADER).then_refused(Rule.WORKING_GROUP_IS_NEW)


def test_nobody_is_on_it_twice(story: Story) -> None:
    twice = CONVENE.model_copy(update={"members": ("to-vien-a", "to-vien-b", "to-vien-a")})
    story.when(twice, LEADER).then(CONVENED)


@pytest.mark.parametrize(
    "capacity", ["chair", "standing_deputy", "deputy", "member", "team_member", "agency", "issuer", "policy"]
)
@pytest.mark.parametrize("command", [CONVENE, EXTEND, DELIVER, DISBAND])
def test_only_the_team_leader_leads_it(story: Story, command: WorkingGroupCommand, capacity: str) -> None:
    story.given(CONVENED).when(command, act(capacity, at="2026-03-01"))
    story.then_refused(Rule.WORKING_GROUP_BY_LEADER)


@pytest.mark.parametrize(
    ("since", "until"),
    [(LAST, FIRST), (date(2026, 1, 5), date(2026, 2, 28))],
    ids=["ends before it begins", "over already"],
)
def test_its_time_is_a_stated_one(story: Story, since: date, until: date) -> None:
    story.when(CONVENE.model_copy(update={"since": since, "until": until}), LEADER)
    story.then_refused(Rule.WORKING_GROUP_HAS_PERIOD)


def test_somebody_works_in_it(story: Story) -> None:
    nobody = CONVENE.model_copy(update={"members": (), "experts": ()})
    story.when(nobody, LEADER).then_refused(Rule.WORKING_GROUP_HAS_PEOPLE)
    story.when(CONVENE.model_copy(update={"members": ()}), LEADER).then_happened(WorkingGroupConvened)


def test_it_goes_on_to_a_later_day_while_it_runs(story: Story) -> None:
    story.given(CONVENED).when(EXTEND, LEADER).then(EXTENDED)
    story.when(EXTEND, LEADER).then_nothing()
    story.when(EXTEND.model_copy(update={"until": LAST}), LEADER).then_refused(Rule.WORKING_GROUP_RUNS_ON)
    story.when(EXTEND.model_copy(update={"until": date(2026, 5, 1)}), act("team_leader", at="2026-04-16"))
    story.then_refused(Rule.WORKING_GROUP_RUNS_ON)


def test_it_delivers_each_product_once(story: Story) -> None:
    story.given(CONVENED).when(DELIVER, LEADER).then(DELIVERED)
    story.when(DELIVER, LEADER).then_nothing()
    story.when(DELIVER.model_copy(update={"product": "Dự thảo lần 2"}), LEADER)
    story.then_happened(WorkingGroupDelivered)


def test_it_is_disbanded_and_says_whether_it_delivered(story: Story) -> None:
    story.given(CONVENED).when(DISBAND, LEADER).then(OVER)
    story.when(DISBAND, LEADER).then_nothing()
    Story(workgroup.decider).given(CONVENED, DELIVERED).when(DISBAND, LEADER).then(
        OVER.model_copy(update={"delivered": True})
    )


@pytest.mark.parametrize("command", [EXTEND, DELIVER, DISBAND])
def test_what_was_never_convened_does_nothing(story: Story, command: WorkingGroupCommand) -> None:
    story.when(command, LEADER).then_refused(Rule.WORKING_GROUP_STANDS)


@pytest.mark.parametrize("command", [EXTEND, DELIVER])
def test_what_is_over_does_nothing_more(story: Story, command: WorkingGroupCommand) -> None:
    story.given(CONVENED, EXPIRED).when(command, LEADER).then_refused(Rule.WORKING_GROUP_STANDS)


def test_it_ends_by_itself_the_day_after_its_last(story: Story) -> None:
    story.given(CONVENED).when(end(LAST), CLOCK).then_nothing()
    story.when(end(date(2026, 4, 1)), CLOCK).then(EXPIRED)
    story.when(end(date(2026, 4, 1)), CLOCK).then_nothing()


def test_a_late_clock_says_nothing_of_what_goes_on(story: Story) -> None:
    story.when(end(LATER), CLOCK).then_nothing()
    story.given(CONVENED, EXTENDED).when(end(date(2026, 4, 1)), CLOCK).then_nothing()


def test_nobody_but_the_clock_lets_the_time_run_out(story: Story) -> None:
    story.given(CONVENED).when(end(LATER), LEADER).then_refused(Rule.WORKING_GROUP_ENDS_BY_CLOCK)


def test_before_the_regulation_it_is_not_asked_who_acted(story: Story) -> None:
    story.when(CONVENE, act("member", at="2021-03-01", bound=False, source=SOURCE)).then(CONVENED)


# The clock


def recorded(*events: Event, by: Act = LEADER) -> list[Any]:
    return envelopes(workgroup.decider, "nhom-1", events, by)


def test_the_clock_asks_the_day_after() -> None:
    asked = rung_after(POLICIES, recorded(CONVENED), date(2026, 4, 1))
    day = date(2026, 4, 1)
    assert asked == [(day, Asked(service="members", command=end(day), key="nhom-1"))]
    assert rung_after(POLICIES, recorded(CONVENED), LAST) == []


def test_the_clock_waits_longer_where_the_time_was_extended() -> None:
    asked = rung_after(POLICIES, recorded(CONVENED, EXTENDED), date(2026, 12, 31))
    assert [day for day, _ in asked] == [date(2026, 4, 16)]


def test_the_clock_sleeps_when_the_group_is_over() -> None:
    assert rung_after(POLICIES, recorded(CONVENED, OVER), date(2026, 12, 31)) == []


def test_what_a_source_tells_never_rings_and_nothing_else_is_asked() -> None:
    from_source = act("team_leader", source=SOURCE)
    assert rung_after(POLICIES, recorded(CONVENED, by=from_source), date(2026, 12, 31)) == []
    assert asked_after(POLICIES, recorded(CONVENED, EXTENDED, DELIVERED, OVER)) == []


# The register


@pytest.mark.parametrize("twice", [False, True])
def test_the_register_shows_the_group_from_beginning_to_end(twice: bool) -> None:
    events = (CONVENED, EXTENDED, DELIVERED, EXPIRED.model_copy(update={"delivered": True}))
    [row] = rows(project(READ_MODELS, recorded(*events), twice=twice), working_groups)
    told = {name: row[name] for name in ("team_seats", "since", "until", "until_at_first", "state")}
    assert told == {
        "team_seats": ["to-vien-a", "to-vien-b"],
        "since": "2026-03-02",
        "until": "2026-04-15",
        "until_at_first": "2026-03-31",
        "state": "ended",
    }
    assert [product["what"] for product in row["products"]] == ["Dự thảo lần 1"]
    assert (row["by_period_end"], row["ended_because"], row["ended"]) == (True, None, "2026-03-01")


@pytest.mark.parametrize(
    ("events", "state"),
    [((), "convened"), ((DELIVERED,), "delivered"), ((OVER,), "ended_without")],
)
def test_the_register_tells_the_states_apart(events: tuple[Event, ...], state: str) -> None:
    [row] = rows(project(READ_MODELS, recorded(CONVENED, *events)), working_groups)
    assert row["state"] == state


# Any course of commands

DAYS = st.sampled_from([date(2025, 12, 31), FIRST, LAST, date(2026, 4, 1), LATER, date(2027, 1, 1)])
COMMANDS = st.one_of(
    st.builds(
        ConveneWorkingGroup,
        group_id=st.just("nhom-1"),
        subject=st.just("Dự thảo"),
        since=DAYS,
        until=DAYS,
        members=st.sampled_from([(), ("to-vien-a",), ("to-vien-a", "to-vien-a")]),
        experts=st.sampled_from([(), ("Viện A",)]),
        drafts=st.just(("Dự thảo",)),
    ),
    st.builds(ExtendWorkingGroup, group_id=st.just("nhom-1"), until=DAYS, reason=st.just("Cần thêm")),
    st.builds(
        DeliverWorkingGroup, group_id=st.just("nhom-1"), product=st.sampled_from(["Dự thảo 1", "Dự thảo 2"])
    ),
    st.builds(DisbandWorkingGroup, group_id=st.just("nhom-1"), reason=st.just("Xong việc")),
    st.builds(EndWorkingGroup, group_id=st.just("nhom-1"), today=DAYS),
)


def holds(events: list[Event], group: workgroup.WorkingGroup) -> None:
    """It is convened first and once, ends once and last, its last day only moves on, and nothing is told
    twice."""
    kinds = [type(event) for event in events]
    assert kinds.count(WorkingGroupConvened) <= 1
    assert kinds[:1] in ([], [WorkingGroupConvened])
    assert WorkingGroupDisbanded not in kinds[:-1]
    last_days = [e.until for e in events if isinstance(e, WorkingGroupConvened | WorkingGroupExtended)]
    assert last_days == sorted(set(last_days))
    products = [(e.product, e.document) for e in events if isinstance(e, WorkingGroupDelivered)]
    assert len(products) == len(set(products))
    for over in events[-1:]:
        if isinstance(over, WorkingGroupDisbanded):
            assert over.delivered == bool(products)
            assert group.over


TestAnyCourse = machine(workgroup.decider, COMMANDS, acts(), holds)
