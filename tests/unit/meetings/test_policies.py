"""What meetings ask for after an event or on a day: these commands, no others, the same twice."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.meetings import meeting
from services.meetings.casefile.policies import POLICIES as CASE_FILES
from services.meetings.commands import MarkOpinionsOverdue
from services.meetings.directive import decider as directive
from services.meetings.directive.commands import MarkAcknowledgementsOverdue, ReaddressDirective
from services.meetings.directive.events import (
    SUPPORT_TEAM_ID,
    DirectiveAcknowledged,
    DirectiveEvent,
    DirectiveReaddressed,
)
from services.meetings.events import (
    MeetingConvened,
    MeetingKind,
    MeetingOpened,
    MeetingPostponed,
    OpinionEvent,
    OpinionRoundClosed,
    OpinionRoundExtended,
    Tally,
)
from services.meetings.opinion import decider as opinion_round
from services.meetings.policies import POLICIES as ALL
from services.meetings.quarter import decider as quarter
from services.meetings.quarter.commands import EndQuarter
from services.meetings.quarter.events import QuarterEnded
from services.members import agency, committee
from services.members.events import (
    AgencyDissolved,
    AgencyMerged,
    RegulationAdopted,
    RegulationAmended,
)
from services.members.parameters import Parameters
from shared.dates import Deadline, Moment
from shared.decider import Decider
from shared.envelope import Act, Envelope
from shared.messages import AgencyId, Command, DocumentRef, Event
from shared.policies import Asked
from tests.unit.given import DECISION, SOURCE, act
from tests.unit.holdings import asked_after, rung_after
from tests.unit.meetings.examples import ASKED, CANCELLED, CONVENED, M, R
from tests.unit.meetings.examples_directive import BUILDING, DUE, HEIR, ISSUED, POLICE, TOLD, WITHDRAWN, D
from tests.unit.rows import envelopes

POLICIES = tuple(policy for policy in ALL if policy not in CASE_FILES)
"""What files ask for has tests of its own."""

NATIVE = act("chair", at="2026-02-10")
THEN = act("chair", at="2022-09-28")
"""Before the deadlines of the examples."""
FROM_SOURCE = act("record_keeper", at="2026-02-10", source=SOURCE)
ADOPTED = RegulationAdopted(regulation=DECISION, title="Quy chế làm việc")
BI_MONTHLY = RegulationAmended(
    regulation=DECISION,
    amendment=DocumentRef(number="12/QĐ-BCĐ"),
    summary="họp hai tháng một lần",
    parameters=Parameters(meeting_interval_months=2),
)
LATER = Deadline(wording="ngày 15/10/2022", latest=date(2022, 10, 15))
EXTENDED = OpinionRoundExtended(round_id=R, due_before=ASKED.due, due=LATER, reason="chờ ý kiến")


def recorded(*events: Event, by: Act = NATIVE) -> list[Envelope[Event]]:
    """These events in the order of the store, each in a stream of its own kind."""
    found: list[Envelope[Event]] = []
    for n, event in enumerate(events):
        found += envelopes(_decider(event), "x", [event], by, first=n)
    return found


def _decider(event: Event) -> Decider[Any, Any, Any]:
    match event:
        case RegulationAdopted() | RegulationAmended():
            return committee.decider
        case AgencyMerged() | AgencyDissolved():
            return agency.decider
        case QuarterEnded():
            return quarter.decider
        case _ if isinstance(event, OpinionEvent):
            return opinion_round.decider
        case _ if isinstance(event, DirectiveEvent):
            return directive.decider
        case _:
            return meeting.decider


def rung(envelopes_: Sequence[Envelope[Event]], today: date) -> list[tuple[date, Command]]:
    return [(day, asked.command) for day, asked in rung_after(POLICIES, envelopes_, today)]


def asked(*events: Event) -> list[Asked]:
    return asked_after(POLICIES, recorded(*events))


def test_silence_in_a_round_is_noted_the_day_after_its_deadline() -> None:
    mark = MarkOpinionsOverdue(round_id=R, today=date(2022, 10, 1))
    assert rung(recorded(ASKED, by=THEN), date(2022, 9, 30)) == []
    assert rung(recorded(ASKED, by=THEN), date(2023, 1, 1)) == [(date(2022, 10, 1), mark)]
    assert asked(ASKED) == []


def test_an_extension_sets_another_day_and_a_closed_round_sleeps() -> None:
    mark = MarkOpinionsOverdue(round_id=R, today=date(2022, 10, 16))
    assert rung(recorded(ASKED, EXTENDED, by=THEN), date(2023, 1, 1)) == [(date(2022, 10, 16), mark)]
    closed = OpinionRoundClosed(round_id=R, tally=Tally(no_answer=3))
    assert rung(recorded(ASKED, EXTENDED, closed, by=THEN), date(2023, 1, 1)) == []


def test_no_day_rings_where_none_is_fixed_or_the_round_is_known_from_a_source() -> None:
    for due in (None, Deadline(wording="sớm"), Deadline(wording="không thời hạn", latest=date.max)):
        assert rung(recorded(ASKED.model_copy(update={"due": due})), date(2030, 1, 1)) == []
    assert rung(recorded(ASKED, by=FROM_SOURCE), date(2030, 1, 1)) == []


def test_silence_about_a_directive_is_noted_the_day_after() -> None:
    mark = MarkAcknowledgementsOverdue(directive_id=D, today=date(2022, 10, 6))
    assert rung(recorded(ISSUED, TOLD, by=THEN), date(2023, 1, 1)) == [(date(2022, 10, 6), mark)]
    assert rung(recorded(ISSUED, WITHDRAWN, by=THEN), date(2023, 1, 1)) == []
    all_told = [
        DirectiveAcknowledged(directive_id=D, agency_id=one, measures="đã họp")
        for one in (BUILDING, POLICE, SUPPORT_TEAM_ID)
    ]
    assert rung(recorded(ISSUED, *all_told, by=THEN), date(2023, 1, 1)) == []


def merged(old: AgencyId, new: AgencyId) -> AgencyMerged:
    return AgencyMerged(agency_id=old, name=old, successor=new, successor_name=new)


def moved(old: AgencyId, *heirs: AgencyId) -> ReaddressDirective:
    reason = f"{old} → {', '.join(heirs)}"
    return ReaddressDirective(directive_id=D, from_agency=old, to=heirs, reason=reason)


def test_a_directive_follows_the_agencies_that_have_not_acknowledged() -> None:
    assert [one.command for one in asked(ISSUED, merged(BUILDING, HEIR))] == [moved(BUILDING, HEIR)]
    assert asked(ISSUED, TOLD, merged(BUILDING, HEIR)) == []
    assert asked(ISSUED, WITHDRAWN, merged(BUILDING, HEIR)) == []
    parted = AgencyDissolved(agency_id=POLICE, name="x", successors=(HEIR, BUILDING))
    assert [one.command for one in asked(ISSUED, parted)] == [moved(POLICE, HEIR, BUILDING)]


def test_a_directive_to_an_agency_that_had_ended_follows_at_once() -> None:
    assert [one.command for one in asked(merged(BUILDING, HEIR), ISSUED)] == [moved(BUILDING, HEIR)]


def test_the_heirs_of_a_directive_are_waited_for() -> None:
    told = [
        DirectiveAcknowledged(directive_id=D, agency_id=one, measures="đã họp")
        for one in (POLICE, SUPPORT_TEAM_ID)
    ]
    gone = DirectiveReaddressed(
        directive_id=D, from_agency=BUILDING, to=(HEIR,), reason="hợp nhất", acknowledge_by=DUE
    )
    mark = MarkAcknowledgementsOverdue(directive_id=D, today=date(2022, 10, 6))
    assert rung(recorded(ISSUED, *told, gone, by=THEN), date(2023, 1, 1)) == [(date(2022, 10, 6), mark)]
    by_source = [*recorded(ISSUED, *told, by=THEN), *recorded(gone, by=FROM_SOURCE)]
    assert rung(by_source, date(2023, 1, 1)) == [(date(2022, 10, 6), mark)]
    assert [one.command for one in asked(ISSUED, gone, merged(HEIR, POLICE))] == [moved(HEIR, POLICE)]


def test_nothing_is_waited_for_from_an_heir_that_acknowledged_itself() -> None:
    told = [
        DirectiveAcknowledged(directive_id=D, agency_id=one, measures="đã họp")
        for one in (POLICE, SUPPORT_TEAM_ID)
    ]
    gone = DirectiveReaddressed(
        directive_id=D, from_agency=BUILDING, to=(POLICE,), reason="hợp nhất", acknowledge_by=DUE
    )
    assert rung(recorded(ISSUED, *told, gone, by=THEN), date(2023, 1, 1)) == []
    assert asked(ISSUED, *told, gone, merged(POLICE, HEIR)) == []


def test_no_silence_is_noted_before_there_was_something_to_answer() -> None:
    late = [(date(2026, 2, 10), MarkOpinionsOverdue(round_id=R, today=date(2026, 2, 10)))]
    assert rung(recorded(ASKED), date(2027, 1, 1)) == late
    gone = DirectiveReaddressed(
        directive_id=D, from_agency=BUILDING, to=(HEIR,), reason="hợp nhất", acknowledge_by=DUE
    )
    mark = MarkAcknowledgementsOverdue(directive_id=D, today=date(2026, 2, 10))
    handed_on = [*recorded(ISSUED, by=THEN), *recorded(gone)]
    assert rung(handed_on, date(2027, 1, 1)) == [(date(2026, 2, 10), mark)]


def periodic(meeting_id: str, held: str, covers: str | None) -> MeetingConvened:
    changes = {"meeting_id": meeting_id, "held": Moment(held), "quarter": covers}
    return CONVENED.model_copy(update=changes)


def end(name: str, day: date, **meetings: tuple[str, ...]) -> tuple[date, EndQuarter]:
    return day, EndQuarter(quarter=name, today=day, **meetings)


def test_the_quarter_ends_the_day_after_its_last() -> None:
    assert rung(recorded(ADOPTED), date(2026, 3, 31)) == []
    assert rung(recorded(ADOPTED), date(2026, 5, 1)) == [end("2026-Q1", date(2026, 4, 1))]


def test_one_quarter_after_the_other() -> None:
    ended = QuarterEnded(quarter="2026-Q1", next_quarter="2026-Q2", seen=date(2026, 4, 1))
    found = rung(recorded(ADOPTED, ended), date(2026, 12, 1))
    assert found == [end("2026-Q2", date(2026, 7, 1))]


def test_a_regulation_known_from_a_source_begins_nothing_and_ends_nothing() -> None:
    assert rung(recorded(ADOPTED, by=FROM_SOURCE), date(2027, 1, 1)) == []
    amended_by_source = [*recorded(ADOPTED), *recorded(BI_MONTHLY, by=FROM_SOURCE)]
    assert rung(amended_by_source, date(2026, 5, 1)) == [end("2026-Q1", date(2026, 4, 1))]


def test_another_rhythm_has_other_periods() -> None:
    found = rung(recorded(ADOPTED, BI_MONTHLY), date(2026, 5, 1))
    assert found == [end("2026-01--2026-02", date(2026, 3, 1))]


def test_an_amendment_does_not_go_back_to_a_quarter_that_ended() -> None:
    ended = QuarterEnded(quarter="2026-Q1", next_quarter="2026-Q2", seen=date(2026, 4, 1))
    again = BI_MONTHLY.model_copy(update={"parameters": None})
    found = rung(recorded(ADOPTED, ended, again), date(2026, 12, 1))
    assert found == [end("2026-Q2", date(2026, 7, 1))]


def test_an_amendment_of_later_leaves_the_quarter_that_runs() -> None:
    next_year = recorded(BI_MONTHLY, by=act("chair", at="2027-01-01"))
    found = rung([*recorded(ADOPTED), *next_year], date(2027, 12, 1))
    assert found == [end("2026-Q1", date(2026, 4, 1))]


def test_what_was_held_and_what_was_only_convened_are_told_apart() -> None:
    opened = [MeetingOpened(meeting_id=one) for one in ("q1", "q4-late", "no-quarter")]
    found = rung(
        recorded(
            ADOPTED,
            periodic("q1", "2026-03-20", "2026-Q1"),
            periodic("q4-late", "2026-01-04", "2025-Q4"),
            periodic("no-quarter", "2026-02-01", None),
            periodic("not-opened", "2026-03-30", "2026-Q1"),
            periodic("called-off", "2026-03-31", "2026-Q1").model_copy(update={"meeting_id": M}),
            CANCELLED,
            periodic("q2", "2026-05-05", "2026-Q2"),
            CONVENED.model_copy(update={"meeting_id": "other", "kind": MeetingKind.WORKSHOP}),
            MeetingOpened(meeting_id="other"),
            *opened,
        ),
        date(2026, 4, 1),
    )
    assert found == [
        end(
            "2026-Q1",
            date(2026, 4, 1),
            held=("no-quarter", "q1", "q4-late"),
            covering=("q1",),
            convened=("not-opened",),
        )
    ]


def test_a_meeting_that_moved_counts_where_it_is_held() -> None:
    later = MeetingPostponed(
        meeting_id="q1", held_before=Moment("2026-03-20"), held=Moment("2026-04-20"), reason="chờ số liệu"
    )
    convened = periodic("q1", "2026-03-20", None)
    found = rung(recorded(ADOPTED, convened, later), date(2026, 4, 1))
    assert found == [end("2026-Q1", date(2026, 4, 1))]


def test_a_source_that_tells_of_a_meeting_is_evidence_that_it_was() -> None:
    told = [*recorded(ADOPTED), *recorded(periodic("q1", "2026-03-20", "2026-Q1"), by=FROM_SOURCE)]
    found = rung(told, date(2026, 4, 1))
    assert found == [end("2026-Q1", date(2026, 4, 1), held=("q1",), covering=("q1",))]
