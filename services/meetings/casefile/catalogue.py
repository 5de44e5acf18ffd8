"""The file plan and the numbers of the files of one year: none is given twice (D7.8)."""

from dataclasses import dataclass, field, replace
from typing import assert_never

from services.meetings.casefile.commands import (
    CatalogueCommand,
    DraftFilePlan,
    EnterCaseFile,
    IssueFilePlan,
    PlanItem,
)
from services.meetings.casefile.events import (
    CaseFileEntered,
    CatalogueEvent,
    FilePlanDrafted,
    FilePlanIssued,
    PlannedFile,
)
from services.meetings.casefile.opening import by_the_team
from services.meetings.document.number import padded
from services.meetings.document.secrecy import require_no_secret
from services.meetings.rules import Rule
from services.members.capacity import Capacity, for_the_chair
from services.members.events import Matter
from services.regulation.retention import table_on
from shared.decider import Decider, require
from shared.envelope import Act


@dataclass(frozen=True)
class Catalogue:
    """The catalogue of a year: `planned` are its issued lines, `entered` the number of each file."""

    notation: str = "BCĐ"
    organ_id: str | None = None
    draft: FilePlanDrafted | None = None
    planned: dict[int, PlannedFile] = field(default_factory=dict)
    entered: dict[str, int] = field(default_factory=dict)
    last: int = 0


def draft(command: DraftFilePlan, act: Act, catalogue: Catalogue) -> list[CatalogueEvent]:
    """D7.8: the support team drafts the plan of the year, or what is to be added to it."""
    by_the_team(act)
    for item in command.items:
        require_no_secret(None, (item.title, item.note))
        _retention_is_known(item, act)
    first = {"first": len(catalogue.planned) + 1}
    drafted = FilePlanDrafted.model_validate(command.model_dump() | first)
    issued = [_as_drafted(item) for item in catalogue.planned.values()]
    known = drafted == catalogue.draft or all(item in issued for item in drafted.items)
    return [] if known else [drafted]


def _as_drafted(item: PlannedFile) -> PlannedFile:
    return item.model_copy(update={"number": None, "symbol": None})


def _retention_is_known(item: PlanItem, act: Act) -> None:
    table = table_on(act.effective_at.latest)
    require(
        item.retention_class in table.classes,
        Rule.RETENTION_IS_KNOWN,
        f"{item.title}: name a retention class, one of: {', '.join(table.classes)} ({table.version})",
    )


def issue(command: IssueFilePlan, act: Act, catalogue: Catalogue) -> list[CatalogueEvent]:
    """D2.1: the chair issues what the support team drafted; each line takes the next number."""
    require(
        for_the_chair(act, Matter.DOCUMENTS),
        Rule.FILE_PLAN_ISSUED_BY_CHAIR,
        "the chair issues the file plan, or who acts for the chair",
    )
    drafted = catalogue.draft
    if drafted is None and catalogue.planned:
        return []
    require(drafted is not None, Rule.FILE_PLAN_IS_DRAFTED, f"no file plan of {command.year} was drafted")
    assert drafted is not None
    items = tuple(
        item.model_copy(update={"number": number, "symbol": f"{padded(number)}.{drafted.notation}"})
        for number, item in enumerate(drafted.items, start=catalogue.last + 1)
    )
    return [FilePlanIssued.model_validate(drafted.model_dump() | {"items": items})]


def enter(command: EnterCaseFile, act: Act, catalogue: Catalogue) -> list[CatalogueEvent]:
    """D7.8: a file takes the number of its line in the plan; any other file the next one."""
    require(
        act.in_capacity(Capacity.POLICY),
        Rule.NUMBERED_WHEN_OPENED,
        "a file has its number by being opened, and by no other way",
    )
    if command.file_id in catalogue.entered:
        return []
    number = _line_for(command, catalogue)
    planned = catalogue.planned[number] if number is not None else None
    given = number if number is not None else catalogue.last + 1
    symbol = planned.symbol if planned else None
    return [
        CaseFileEntered(
            year=command.year,
            file_id=command.file_id,
            number=given,
            symbol=symbol or f"{padded(given)}.{catalogue.notation}",
            organ_id=catalogue.organ_id,
            planned=planned is not None,
        )
    ]


def _line_for(command: EnterCaseFile, catalogue: Catalogue) -> int | None:
    """The line of the plan that is named, or that names this matter, if no file has it."""
    taken = set(catalogue.entered.values())
    for number, item in catalogue.planned.items():
        names_it = item.kind is command.kind and item.subject_id == command.subject_id
        if number not in taken and (number == command.item if command.item else names_it):
            return number
    return None


def decide(command: CatalogueCommand, act: Act, catalogue: Catalogue) -> list[CatalogueEvent]:
    match command:
        case DraftFilePlan():
            return draft(command, act, catalogue)
        case IssueFilePlan():
            return issue(command, act, catalogue)
        case EnterCaseFile():
            return enter(command, act, catalogue)
        case _:
            assert_never(command)


def evolve(catalogue: Catalogue, event: CatalogueEvent) -> Catalogue:
    match event:
        case FilePlanDrafted():
            return replace(catalogue, draft=event)
        case FilePlanIssued():
            issued = {item.number: item for item in event.items if item.number is not None}
            return replace(
                catalogue,
                notation=event.notation,
                organ_id=event.organ_id or catalogue.organ_id,
                draft=None,
                planned={**catalogue.planned, **issued},
                last=max([catalogue.last, *issued]),
            )
        case CaseFileEntered():
            return replace(
                catalogue,
                entered={**catalogue.entered, event.file_id: event.number},
                last=max(catalogue.last, event.number),
            )
        case _:
            assert_never(event)


decider: Decider[CatalogueCommand, CatalogueEvent, Catalogue] = Decider(
    category="fileplan",
    stream_id=lambda command: str(command.year),
    initial=Catalogue(),
    decide=decide,
    evolve=evolve,
)
