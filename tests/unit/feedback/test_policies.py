"""What feedback asks for after an event: these commands, no others, the same twice."""

from services.feedback import feedback
from services.feedback.commands import TransferFeedback
from services.feedback.events import FeedbackReceived, FeedbackReopened, FeedbackTransferred
from services.feedback.policies import POLICIES
from services.members import agency
from services.members.events import AgencyDissolved, AgencyMerged, AgencyRegistered
from shared.envelope import Envelope
from shared.messages import AgencyId, Event
from shared.policies import Asked
from tests.unit.feedback.examples import ANSWERED, CLOSED, DIRECTED, FOCAL, RECEIVED, SCIENCE, TELECOM, F
from tests.unit.given import act
from tests.unit.holdings import asked_after
from tests.unit.rows import envelopes

AGENCY_EVENTS = (AgencyMerged, AgencyDissolved, AgencyRegistered)


def asked(*events: Event) -> list[Asked]:
    recorded: list[Envelope[Event]] = []
    for n, event in enumerate(events):
        register = isinstance(event, AGENCY_EVENTS)
        decider, stream = (agency.decider, "register") if register else (feedback.decider, F)
        recorded += envelopes(decider, stream, [event], act("issuer"), first=n)
    return asked_after(POLICIES, recorded)


def merged(old: AgencyId, new: AgencyId) -> AgencyMerged:
    return AgencyMerged(agency_id=old, name=old, successor=new, successor_name=new)


def moved(old: AgencyId, *heirs: AgencyId) -> TransferFeedback:
    return TransferFeedback(feedback_id=F, from_agency=old, to=heirs, reason=f"{old} → {', '.join(heirs)}")


def test_open_feedback_follows_who_received_it() -> None:
    [one] = asked(RECEIVED, merged(FOCAL, SCIENCE))
    assert one.command == moved(FOCAL, SCIENCE)
    assert (one.service, one.key) == ("feedback", f"{F}:{FOCAL}")


def test_once_directed_it_follows_the_directed() -> None:
    assert asked(RECEIVED, DIRECTED, merged(FOCAL, SCIENCE)) == []
    heirs = (AgencyId("vnpt"), AgencyId("viettel"))
    divided = AgencyDissolved(agency_id=TELECOM, name="Viễn thông", successors=heirs)
    assert [one.command for one in asked(RECEIVED, DIRECTED, divided)] == [moved(TELECOM, *heirs)]


def test_closed_feedback_stays_until_it_is_reopened() -> None:
    closed = (RECEIVED, ANSWERED, CLOSED)
    assert asked(*closed, merged(FOCAL, SCIENCE)) == []
    reopened = FeedbackReopened(feedback_id=F, reason="x", lies_with=(FOCAL,))
    assert [one.command for one in asked(*closed, merged(FOCAL, SCIENCE), reopened)] == [
        moved(FOCAL, SCIENCE)
    ]
    assert [one.command for one in asked(*closed, reopened, merged(FOCAL, SCIENCE))] == [
        moved(FOCAL, SCIENCE)
    ]


def test_recorded_late_it_follows_the_whole_chain() -> None:
    chain = (merged(FOCAL, TELECOM), merged(TELECOM, SCIENCE))
    assert [one.command for one in asked(*chain, RECEIVED)] == [moved(FOCAL, SCIENCE)]
    assert [one.command for one in asked(merged(TELECOM, SCIENCE), RECEIVED, DIRECTED)] == [
        moved(TELECOM, SCIENCE)
    ]


def test_a_transfer_that_arrives_after_the_next_merger_goes_on() -> None:
    arrived = FeedbackTransferred(
        feedback_id=F, from_agency=FOCAL, to=(TELECOM,), reason="x", lies_with=(TELECOM,)
    )
    events = (RECEIVED, merged(FOCAL, TELECOM), merged(TELECOM, SCIENCE), arrived)
    assert [one.command for one in asked(*events)] == [moved(TELECOM, SCIENCE)]


def test_no_successor_no_command() -> None:
    gone = AgencyDissolved(agency_id=FOCAL, name="Sở")
    assert asked(RECEIVED, gone) == []
    assert asked(gone, RECEIVED) == []
    assert asked(merged(FOCAL, TELECOM), merged(TELECOM, FOCAL), RECEIVED) == []


def test_other_events_ask_for_nothing() -> None:
    assert asked(RECEIVED) == []
    assert asked(AgencyRegistered(agency_id=FOCAL, name="Sở TT&TT")) == []
    with_nobody = FeedbackReceived(feedback_id=F, subject="Kiến nghị")
    assert asked(with_nobody, merged(FOCAL, SCIENCE)) == []
