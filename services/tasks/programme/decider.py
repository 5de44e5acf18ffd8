"""A programme or plan: drafted and submitted by the support team, issued by the chair; or from outside."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from services.members.capacity import SUPPORT_TEAM, Capacity, for_the_chair
from services.members.events import Matter
from services.members.parameters import terms
from services.tasks.commands import (
    AmendProgramme,
    DraftProgramme,
    IssueProgramme,
    ProgrammeCommand,
    ProgrammeItem,
    RegisterProgramme,
    ReportProgress,
    ReturnProgramme,
    SubmitProgramme,
)
from services.tasks.events import (
    PlannedItem,
    ProgrammeAmended,
    ProgrammeDrafted,
    ProgrammeEvent,
    ProgrammeIssued,
    ProgrammeKind,
    ProgrammeRegistered,
    ProgrammeReturned,
    ProgrammeSubmitted,
    ProgressReported,
)
from services.tasks.rules import Rule
from shared.decider import Decider, require
from shared.envelope import Act


class Status(StrEnum):
    NONE = "none"
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ISSUED = "issued"
    REGISTERED = "registered"


@dataclass(frozen=True)
class Programme:
    """What a decision needs to know about a programme."""

    status: Status = Status.NONE
    title: str = ""
    year: int | None = None
    items: tuple[PlannedItem, ...] = ()
    kind: ProgrammeKind | None = None
    reasons: tuple[str, ...] = ()


def draft(command: DraftProgramme, act: Act, programme: Programme) -> list[ProgrammeEvent]:
    """D7.1: the support team drafts, and drafts anew what was returned."""
    _by_team(act)
    require(
        programme.status in (Status.NONE, Status.DRAFTED, Status.RETURNED),
        Rule.PROGRAMME_OPEN_TO_DRAFT,
        f"it is {programme.status}: wait for its return, or have it amended",
    )
    drafted = ProgrammeDrafted(
        programme_id=command.programme_id,
        title=command.title,
        year=command.year,
        items=_planned(command.items, act),
        kind=command.kind,
    )
    same = Programme(Status.DRAFTED, drafted.title, drafted.year, drafted.items, drafted.kind)
    return [] if programme == same else [drafted]


def submit(command: SubmitProgramme, act: Act, programme: Programme) -> list[ProgrammeEvent]:
    """D7.1: what was returned is drafted anew before it is submitted again."""
    _by_team(act)
    if programme.status is Status.SUBMITTED:
        return []
    require(
        programme.status is Status.DRAFTED,
        Rule.DRAFTED_BEFORE_SUBMITTED,
        f"it is {programme.status}, and only a draft can be submitted",
    )
    return [ProgrammeSubmitted(programme_id=command.programme_id)]


def send_back(command: ReturnProgramme, act: Act, programme: Programme) -> list[ProgrammeEvent]:
    """D4.1: the chair returns with reasons what cannot be issued."""
    _by_chair(act)
    if programme.status is Status.RETURNED and programme.reasons == command.reasons:
        return []
    _submitted(act, programme)
    return [ProgrammeReturned(programme_id=command.programme_id, reasons=command.reasons)]


def issue(command: IssueProgramme, act: Act, programme: Programme) -> list[ProgrammeEvent]:
    """D4.1, D7.1: only what the support team submitted is issued, and by the chair."""
    _by_chair(act)
    if programme.status is Status.ISSUED:
        return []
    _submitted(act, programme)
    return [
        ProgrammeIssued(
            programme_id=command.programme_id,
            title=programme.title,
            year=programme.year,
            items=programme.items,
            kind=programme.kind,
        )
    ]


def amend(command: AmendProgramme, act: Act, programme: Programme) -> list[ProgrammeEvent]:
    _by_chair(act)
    require(
        programme.status is Status.ISSUED,
        Rule.ISSUED_BEFORE_AMENDED,
        f"it is {programme.status}, and only an issued programme is amended",
    )
    title, items = command.title or programme.title, _planned(command.items, act)
    if (title, items) == (programme.title, programme.items):
        return []
    return [
        ProgrammeAmended(programme_id=command.programme_id, title=title, items=items, reason=command.reason)
    ]


def register(command: RegisterProgramme, act: Act, programme: Programme) -> list[ProgrammeEvent]:
    """D7.3: a programme of an outside authority, which the committee follows."""
    require(
        act.in_capacity(Capacity.ISSUER, *SUPPORT_TEAM),
        Rule.REGISTERED_BY_TEAM,
        "only the support team or the issuing authority registers it",
    )
    require(
        programme.status is Status.NONE,
        Rule.REGISTERED_ONCE,
        f"{command.programme_id} is known already: it is {programme.status}",
    )
    return [ProgrammeRegistered.model_validate(command.model_dump())]


def report_progress(command: ReportProgress, act: Act, programme: Programme) -> list[ProgrammeEvent]:
    """D7.1, D11.3: every report is kept beside all others, though it may say the same again."""
    require(
        act.in_capacity(Capacity.ISSUER, Capacity.AGENCY, *SUPPORT_TEAM),
        Rule.PROGRESS_BY_COMPETENT,
        "the support team, an agency or an outside authority reports progress",
    )
    require(
        programme.status in (Status.ISSUED, Status.REGISTERED),
        Rule.PROGRAMME_IN_FORCE,
        f"{command.programme_id} is neither issued nor registered",
    )
    require(
        command.estimated or command.as_of.earliest <= act.effective_at.latest,
        Rule.CONFIRMED_IS_PAST,
        f"figures as of {command.as_of} can only be estimated on {act.effective_at}",
    )
    return [ProgressReported.model_validate(command.model_dump())]


def _by_team(act: Act) -> None:
    require(
        act.in_capacity(*SUPPORT_TEAM), Rule.PROGRAMME_BY_TEAM, "only the support team drafts and submits"
    )


def _by_chair(act: Act) -> None:
    require(
        for_the_chair(act, Matter.PROGRAMMES),
        Rule.ISSUED_BY_CHAIR,
        "only the chair, or who acts for the chair, does this",
    )


def _submitted(act: Act, programme: Programme) -> None:
    """Before the regulation nothing demanded a submission; a draft had to exist all the same."""
    ready = programme.status is Status.SUBMITTED
    unbound = programme.status is Status.DRAFTED and not act.actor.mandate.bound
    require(
        ready or unbound,
        Rule.SUBMITTED_BEFORE_ISSUED,
        f"it is {programme.status}, and the support team has to submit it first",
    )


def _planned(items: tuple[ProgrammeItem, ...], act: Act) -> tuple[PlannedItem, ...]:
    """The items as they are recorded, their deadlines as the regulation counts them."""
    settle = terms(act).settle
    return tuple(
        PlannedItem.model_validate({**item.model_dump(), "deadline": settle(item.deadline)}) for item in items
    )


def decide(command: ProgrammeCommand, act: Act, programme: Programme) -> list[ProgrammeEvent]:
    match command:
        case DraftProgramme():
            return draft(command, act, programme)
        case SubmitProgramme():
            return submit(command, act, programme)
        case ReturnProgramme():
            return send_back(command, act, programme)
        case IssueProgramme():
            return issue(command, act, programme)
        case AmendProgramme():
            return amend(command, act, programme)
        case RegisterProgramme():
            return register(command, act, programme)
        case ReportProgress():
            return report_progress(command, act, programme)
        case _:
            assert_never(command)


def evolve(programme: Programme, event: ProgrammeEvent) -> Programme:
    match event:
        case ProgrammeDrafted():
            return Programme(Status.DRAFTED, event.title, event.year, event.items, event.kind)
        case ProgrammeSubmitted():
            return replace(programme, status=Status.SUBMITTED)
        case ProgrammeReturned():
            return replace(programme, status=Status.RETURNED, reasons=event.reasons)
        case ProgrammeIssued():
            return Programme(Status.ISSUED, event.title, event.year, event.items, event.kind)
        case ProgrammeAmended():
            return replace(programme, title=event.title, items=event.items)
        case ProgrammeRegistered():
            return Programme(Status.REGISTERED, event.title, event.year)
        case ProgressReported():
            return programme
        case _:
            assert_never(event)


decider: Decider[ProgrammeCommand, ProgrammeEvent, Programme] = Decider(
    category="programme",
    stream_id=lambda command: command.programme_id,
    initial=Programme(),
    decide=decide,
    evolve=evolve,
)
