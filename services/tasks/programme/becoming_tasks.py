"""Items of an issued programme become tasks; of an amended one those that are new (D4.1, D6.1.e, D7.1)."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Final
from uuid import uuid5

from services.tasks.commands import AssignTask
from services.tasks.events import PlannedItem, ProgrammeAmended, ProgrammeIssued, TaskOrigin
from shared.envelope import Envelope
from shared.messages import CommitteeId, Event
from shared.policies import Asked, Holdings, Policy

LISTED: Final = "programme_item"
"""The kind under which `Holdings` keeps the list of a programme as it stands: number, words, occurrence."""
MADE: Final = "programme_task"
"""The kind under which `Holdings` keeps the items that became tasks, ever: words, occurrence."""

Item = tuple[PlannedItem, int]
"""An item, and the how-maniest of the same words it is in its list."""


def tasks_from_programmes(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
    """D6.1.e, D7.1: every item that an agency leads becomes a task, with its deadline and its weight.

    An item is the same as before where its words are the same, or where it bears the number of an item
    whose words are no longer there: then it was reworded. What vanished from the list is not cancelled: that
    is for a leader to say. What is known from a source brings no tasks: they are in the source, or not known.
    """
    match envelope.event:
        case ProgrammeIssued() | ProgrammeAmended() as programme if envelope.meta.source is None:
            for n, (item, _) in _without_task(programme, envelope.committee, holdings):
                key = f"item-{n}"
                command = AssignTask(
                    task_id=str(uuid5(envelope.event_id, key)),
                    title=item.what,
                    lead=item.lead,
                    lead_wording=item.lead_wording,
                    with_agencies=item.with_agencies,
                    deadline=item.deadline,
                    origin=TaskOrigin.PROGRAMME,
                    origin_ref=f"{programme.programme_id}#{item.number or n}",
                    key=item.key,
                )
                yield Asked(service="tasks", command=command, key=key)


def remember_items(envelope: Envelope[Event], holdings: Holdings) -> None:
    """The list as it stands now, and which of it became tasks; from a source, all of it counts as known."""
    match envelope.event:
        case ProgrammeIssued() | ProgrammeAmended() as programme:
            committee, programme_id = envelope.committee, programme.programme_id
            listed = _numbered(programme.items)
            made = [json.dumps((one.what, n), ensure_ascii=False) for one, n in listed if one.lead]
            holdings.hold(committee, MADE, programme_id, made)
            holdings.let_go(committee, LISTED, programme_id)
            known = [json.dumps((one.number, one.what, n), ensure_ascii=False) for one, n in listed]
            holdings.hold(committee, LISTED, programme_id, known)


def _without_task(
    programme: ProgrammeIssued | ProgrammeAmended, committee: CommitteeId, holdings: Holdings
) -> Iterator[tuple[int, Item]]:
    """The items with a lead that have no task yet, with their places in the list."""
    made = {tuple(json.loads(one)) for one in holdings.holders(committee, MADE, programme.programme_id)}
    before = [json.loads(one) for one in holdings.holders(committee, LISTED, programme.programme_id)]
    listed = _numbered(programme.items)
    words = {(one.what, n) for one, n in listed}
    reworded = {
        number for number, what, n in before if number and (what, n) in made and (what, n) not in words
    }
    for place, (item, n) in enumerate(listed, start=1):
        known = (item.what, n) in made or ((item.what, n) not in _words(before) and item.number in reworded)
        if item.lead and not known:
            yield place, (item, n)


def _words(before: list[tuple[str | None, str, int]]) -> set[tuple[str, int]]:
    return {(what, n) for _, what, n in before}


def _numbered(items: tuple[PlannedItem, ...]) -> list[Item]:
    seen: Counter[str] = Counter()
    numbered = []
    for item in items:
        seen[item.what] += 1
        numbered.append((item, seen[item.what]))
    return numbered


POLICIES: Final = (Policy("tasks_from_programmes", tasks_from_programmes, remember_items),)
