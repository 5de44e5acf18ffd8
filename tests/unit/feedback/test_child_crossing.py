"""A report on its way up, through the real handling and proof of authority of both committees."""

from typing import Any
from uuid import uuid4

import pytest

from services.feedback.activity import decider as activity
from services.feedback.child import decider as child
from services.feedback.child.commands import ReceiveChildReport
from services.feedback.child.policies import POLICIES
from services.members.events import CommitteeEstablished
from services.members.mandates import Mandates
from services.members.rules import Rule as MembersRule
from services.published import CODEC
from shared.envelope import Envelope, Source
from shared.errors import Refused
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import NO_STREAM
from shared.followers.asking import Question
from shared.handling import CommandHandler
from shared.history import encode
from shared.messages import CommitteeId, Event
from shared.policies import Asked
from tests.unit.feedback.test_activity import ISSUE, ISSUED, REPORT
from tests.unit.given import act
from tests.unit.holdings import MemoryHoldings
from tests.unit.rows import metadata_of

PARENT, OTHER, BELOW = CommitteeId("tinhmau"), CommitteeId("tinhkhac"), CommitteeId("huyenmau")


class System:
    """Three committees in one store; the one below has the first above it."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.handler = CommandHandler(store=self.store, codec=CODEC, authority=Mandates(self.store))
        for committee, parent in ((PARENT, None), (OTHER, None), (BELOW, PARENT)):
            self.record(
                committee,
                f"committee-{committee}.charter",
                CommitteeEstablished(name=committee, parent=parent),
            )
        self.record(BELOW, f"activity-{BELOW}.{REPORT}", ISSUED)

    def record(self, committee: CommitteeId, stream: str, event: Event) -> None:
        by = act("team_leader", source=Source(reference="https://example.org"))
        meta = metadata_of(event, by).model_copy(update={"committee": committee})
        self.store.append(stream, [encode(event, uuid4(), meta)], expected=NO_STREAM)

    def asked(self) -> list[Question]:
        """What the policies ask for after all that was recorded."""
        holdings, found = MemoryHoldings(), []
        for recorded in list(self.store.read_all()):
            envelope: Envelope[Event] = CODEC.decode(recorded)
            for policy in POLICIES:
                found += [Question(policy.name, one, envelope) for one in policy.react(envelope, holdings)]
                if policy.remember:
                    policy.remember(envelope, holdings)
        return found

    def handle(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.handler.handle(child.decider, ReceiveChildReport, request)


def test_the_report_stands_with_the_committee_above() -> None:
    system = System()
    [question] = system.asked()
    receipt = system.handle(question.request())
    stream = f"childreport-{PARENT}.{BELOW}-{REPORT}"
    assert (receipt["stream"], receipt["events"]) == (stream, ["ChildReportReceived"])
    assert system.handle(question.request())["repeated"]
    [kept] = system.store.read_stream(stream)
    data = kept.data.decode()
    assert "evidence" not in data
    assert f"{BELOW}." not in data


def test_a_committee_that_is_not_above_is_told_nothing() -> None:
    system = System()
    [question] = system.asked()
    stray = Question(
        question.policy, Asked("feedback", question.asked.command, "x", committee=OTHER), question.cause
    )
    with pytest.raises(Refused) as no:
        system.handle(stray.request())
    assert no.value.rule == MembersRule.OWN_COMMITTEE.value


def test_the_deciders_write_where_their_committee_is() -> None:
    assert activity.decider.stream_id(ISSUE) == REPORT
    assert child.decider.category == "childreport"
