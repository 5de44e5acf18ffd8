"""Reminders of one thing: each deadline is recalled once on a day to each (D5.2.b, D7.3)."""

from dataclasses import dataclass, field
from datetime import date

from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, noticed
from services.tasks.reminder.commands import IssueReminder, ReminderCommand
from services.tasks.reminder.events import ReminderEvent, ReminderIssued
from services.tasks.rules import Rule
from shared.decider import Decider, require
from shared.envelope import Act

Told = tuple[str, str | None, date | None, int, str]
"""The thing, its finding, its deadline, the days from it, and one who was reminded."""


@dataclass(frozen=True)
class Reminders:
    """Who was reminded of what, of which of its deadlines, and how many days from it."""

    issued: frozenset[Told] = field(default_factory=frozenset)


def issue(command: IssueReminder, act: Act, known: Reminders) -> list[ReminderEvent]:
    """D5.2.b, D7.3: agencies are urged by a schedule, or when somebody who may do so thinks it right."""
    require(
        act.in_capacity(Capacity.POLICY, *LEADERS, *SUPPORT_TEAM),
        Rule.REMINDED_BY,
        "it follows from the schedule, or a leader or the support team reminds",
    )
    last = command.due.latest
    require(
        noticed(act, command.today) == command.today,
        Rule.REMINDED_WHEN_IT_IS,
        f"{command.today} lies ahead of {act.effective_at}",
    )
    require(
        last is not None and (command.today - last).days == command.days,
        Rule.REMINDED_OF_A_DAY,
        f"{command.today} is not {command.days} days from {last or command.due.wording}",
    )
    fresh = {
        name: tuple(one for one in whom if _told(command, one) not in known.issued)
        for name, whom in (("agencies", command.agencies), ("seats", command.seats))
    }
    if not any(fresh.values()):
        return []
    told = command.model_dump(exclude={"today"})
    return [ReminderIssued.model_validate({**told, **fresh, "issued_on": command.today})]


def _told(of: IssueReminder | ReminderIssued, whom: str) -> Told:
    return of.about_id, of.finding_id, of.due.latest, of.days, whom


def decide(command: ReminderCommand, act: Act, known: Reminders) -> list[ReminderEvent]:
    return issue(command, act, known)


def evolve(known: Reminders, event: ReminderEvent) -> Reminders:
    return Reminders(known.issued | {_told(event, one) for one in (*event.agencies, *event.seats)})


def stream_of(command: ReminderCommand) -> str:
    """One stream for each thing that somebody is reminded of."""
    return "-".join(filter(None, (command.about.value, command.about_id, command.finding_id)))


decider: Decider[ReminderCommand, ReminderEvent, Reminders] = Decider(
    category="reminder",
    stream_id=stream_of,
    initial=Reminders(),
    decide=decide,
    evolve=evolve,
)
