"""Reports of committees below: what crosses to the committee above, and that nothing else does."""

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import strategies as st

from services.feedback.activity import decider as activity
from services.feedback.child.commands import ReceiveChildReport
from services.feedback.child.decider import decider
from services.feedback.child.events import ChildFigure, ChildReportReceived
from services.feedback.child.records import READ_MODELS, child_reports
from services.feedback.rules import Rule
from services.members import committee
from services.members.events import CommitteeEstablished
from services.published import CODEC, POLICIES
from shared.envelope import Envelope
from shared.messages import CommitteeId, Event
from shared.policies import Asked
from tests.unit.feedback.report_examples import CHAIR, POLICY, TEAM
from tests.unit.feedback.test_activity import CORRECTED, ISSUED
from tests.unit.given import Story
from tests.unit.histories import acts, machine
from tests.unit.holdings import MemoryHoldings, asked_after
from tests.unit.rows import COMMITTEE, envelopes, project, rows
from tests.unit.stored_events import LINES, lines_of

PARENT = CommitteeId("tinhmau")
FIGURES = tuple(ChildFigure.model_validate(one.model_dump(exclude={"evidence"})) for one in ISSUED.figures)
RECEIVE = ReceiveChildReport(
    child=COMMITTEE,
    report_id=ISSUED.report_id,
    period=ISSUED.period,
    title=ISSUED.title,
    figures=FIGURES,
)
RECEIVED = ChildReportReceived(**RECEIVE.model_dump(exclude={"figures"}), figures=FIGURES, version=1)
ESTABLISHED = CommitteeEstablished(name="Ban Chỉ đạo huyện mẫu", parent=PARENT)


def recorded(*events: Event) -> list[Envelope[Event]]:
    found: list[Envelope[Event]] = []
    for n, event in enumerate(events):
        if isinstance(event, CommitteeEstablished):
            found += envelopes(committee.decider, "charter", [event], CHAIR, first=n)
        else:
            found += envelopes(activity.decider, ISSUED.report_id, [event], TEAM, first=n)
    return found


def to_others(*events: Event) -> list[Asked]:
    """What is asked of other committees after the last of these events, by any policy at all."""
    return [one for one in asked_after(POLICIES, recorded(*events)) if one.committee is not None]


def test_it_comes_by_itself() -> None:
    Story(decider).when(RECEIVE, POLICY).then(RECEIVED).when(RECEIVE, POLICY).then_nothing()
    for who in (CHAIR, TEAM):
        Story(decider).when(RECEIVE, who).then_refused(Rule.CHILD_REPORT_BY_ITSELF)


def test_a_correction_is_the_next_version() -> None:
    other = RECEIVE.model_copy(update={"figures": FIGURES[:1]})
    course = Story(decider).given(RECEIVED).when(other, POLICY)
    course.then(RECEIVED.model_copy(update={"version": 2, "figures": FIGURES[:1]}))
    course.when(other, POLICY).then_nothing()


def test_a_report_goes_up_without_the_events_behind_it() -> None:
    [one] = to_others(ESTABLISHED, ISSUED)
    assert (one.service, one.committee, one.command) == ("feedback", PARENT, RECEIVE)
    assert "evidence" not in one.command.model_dump_json()
    assert "langson." not in one.command.model_dump_json()


def test_a_correction_goes_up_too() -> None:
    [one] = to_others(ESTABLISHED, ISSUED, CORRECTED)
    assert isinstance(one.command, ReceiveChildReport)
    assert [figure.value for figure in one.command.figures] == [2, 12_000_000, 0, 1]


def test_a_committee_without_one_above_tells_nobody() -> None:
    alone = ESTABLISHED.model_copy(update={"parent": None})
    assert to_others(alone, ISSUED) == []
    assert to_others(ISSUED) == []


def test_one_committee_never_speaks_for_another() -> None:
    """The committee above stands over the one that was established under it, over no other."""
    [elsewhere] = recorded(ISSUED)
    other = replace(elsewhere, meta=elsewhere.meta.model_copy(update={"committee": CommitteeId("khac")}))
    asked = asked_after(POLICIES, [*recorded(ESTABLISHED), other])
    assert [one for one in asked if one.committee is not None] == []


CROSSING = {"ActivityReportIssued", "ActivityReportCorrected", "CommitteeEstablished", "CommitteeRenamed"}
"""The reports; and that there is a committee, with its name, which `members` tells."""
STORED = [json.loads(line) for line in lines_of(LINES)]


@pytest.mark.parametrize("name", sorted({one["type"] for one in STORED} & set(CODEC.types) - CROSSING))
def test_nothing_else_crosses(name: str) -> None:
    """Whatever else happens in a committee below, no policy asks anything of the one above."""
    holdings = MemoryHoldings()
    for envelope in recorded(ESTABLISHED):
        for policy in POLICIES:
            if policy.remember:
                policy.remember(envelope, holdings)
    [like] = recorded(ISSUED)
    event = CODEC.types[name].model_validate(next(one["data"] for one in STORED if one["type"] == name))
    asked = [one for policy in POLICIES for one in policy.react(replace(like, event=event), holdings)]
    assert [one for one in asked if one.committee is not None] == []


@pytest.mark.parametrize("twice", [False, True])
def test_the_register_of_the_committee_above(twice: bool) -> None:
    second = RECEIVED.model_copy(update={"version": 2, "figures": FIGURES[:1]})
    stream = f"{COMMITTEE}-{ISSUED.report_id}"
    db = project(READ_MODELS, envelopes(decider, stream, (RECEIVED, second), POLICY), twice=twice)
    [row] = rows(db, child_reports)
    assert (row["child"], row["child_report"], row["version"]) == (COMMITTEE, ISSUED.report_id, 2)
    assert [one["key"] for one in row["figures"]] == ["meetings_periodic"]
    assert decider.stream_id(RECEIVE) == stream


def versions_differ(events: list[Event], received: Any) -> None:
    assert [getattr(one, "version", 0) for one in events] == list(range(1, len(events) + 1))
    bare = [one.model_copy(update={"version": 0}) for one in events]
    assert all(one != other for one, other in pairwise(bare))
    assert received == (events[-1] if events else None)


TestChild = machine(
    decider,
    st.sampled_from([RECEIVE, RECEIVE.model_copy(update={"figures": FIGURES[:1]})]),
    acts(),
    versions_differ,
    examples=10,
)
