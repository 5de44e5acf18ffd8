"""Reminders of one thing: each deadline is recalled once on a day (D5.2.b, D7.3)."""

from dataclasses import dataclass, field
from datetime import date

from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity
from services.tasks.reminder.commands import IssueReminder, ReminderCommand
from services.tasks.reminder.events import ReminderEvent, ReminderIssued
from services.tasks.rules import Rule
from shared.decider import Decider, require
from shared.envelope import Act


@dataclass(frozen=True)
class Reminders:
    """Of which deadlines, and how many days from them, reminders went out."""

    issued: frozenset[tuple[date | None, int]] = field(default_factory=frozenset)


def issue(command: IssueReminder, act: Act, known: Reminders) -> list[ReminderEvent]:
    """D5.2.b, D7.3: agencies are urged by a schedule, or when somebody who may do so thinks it right."""
    require(
        act.in_capacity(Capacity.POLICY, *LEADERS, *SUPPORT_TEAM),
        Rule.REMINDED_BY,
        "it follows from the schedule, or a leader or the support team reminds",
    )
    last = command.due.latest
    require(
        last is not None and (command.today - last).days == command.days,
        Rule.REMINDED_OF_A_DAY,
        f"{command.today} is not {command.days} days from {last or command.due.wording}",
    )
    if (last, command.days) in known.issued:
        return []
    told = command.model_dump(exclude={"today"})
    return [ReminderIssued.model_validate({**told, "issued_on": command.today})]


def decide(command: ReminderCommand, act: Act, known: Reminders) -> list[ReminderEvent]:
    return issue(command, act, known)


def evolve(known: Reminders, event: ReminderEvent) -> Reminders:
    return Reminders(known.issued | {(event.due.latest, event.days)})


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
