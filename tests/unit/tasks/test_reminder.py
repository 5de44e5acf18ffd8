"""Reminders: once per thing, deadline and day; by the schedule, or by who may urge."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from services.tasks.projections import READ_MODELS
from services.tasks.reminder.commands import IssueReminder
from services.tasks.reminder.decider import decider
from services.tasks.reminder.events import About, ReminderIssued
from services.tasks.reminder.records import reminders
from services.tasks.rules import Rule
from shared.dates import Deadline, Moment
from shared.envelope import Act
from shared.messages import Event
from tests.unit.given import Story
from tests.unit.rows import envelopes, project, rows
from tests.unit.tasks.examples import (
    BUILDING,
    CHAIR,
    DECEMBER,
    DEPUTY,
    LEAD,
    OUTSIDE,
    POLICY,
    SCIENCE,
    SEPTEMBER,
    TASK,
    TEAM,
)

REMIND = IssueReminder(
    about=About.TASK,
    about_id=TASK,
    title="Gắn mã QR",
    agencies=(BUILDING,),
    due=SEPTEMBER,
    days=-7,
    today=date(2022, 9, 23),
)
REMINDED = ReminderIssued.model_validate(
    {**REMIND.model_dump(exclude={"today"}), "issued_on": date(2022, 9, 23)}
)
AFTER = REMIND.model_copy(update={"days": 7, "today": date(2022, 10, 7)})


def story(*events: Event) -> Story:
    return Story(decider).given(*events)


@pytest.mark.parametrize("who", [POLICY, TEAM, CHAIR, DEPUTY])
def test_once_for_each_deadline_and_day(who: Act) -> None:
    who = replace(who, effective_at=Moment("2022-12-31"))
    told = story().when(REMIND, who).then(REMINDED)
    told.when(REMIND, who).then_nothing()
    told.when(AFTER, who).then_happened(ReminderIssued)
    moved = REMIND.model_copy(update={"due": DECEMBER, "today": date(2022, 12, 24)})
    told.when(moved, who).then_happened(ReminderIssued)


def test_who_was_not_reminded_yet_still_is() -> None:
    told = story(REMINDED)
    both = REMIND.model_copy(update={"agencies": (BUILDING, SCIENCE)})
    told.when(both, CHAIR).then(REMINDED.model_copy(update={"agencies": (SCIENCE,)}))
    told.when(both, CHAIR).then_nothing()


def test_nobody_was_reminded_on_a_day_to_come() -> None:
    story().when(AFTER, TEAM).then_refused(Rule.REMINDED_WHEN_IT_IS)
    story().when(AFTER, POLICY).then_happened(ReminderIssued)


def test_who_may_not_remind() -> None:
    for who in (LEAD, OUTSIDE):
        story().when(REMIND, who).then_refused(Rule.REMINDED_BY)


def test_a_reminder_is_of_a_day() -> None:
    open_ended = REMIND.model_copy(update={"due": Deadline.parse("theo quy định")})
    story().when(open_ended, TEAM).then_refused(Rule.REMINDED_OF_A_DAY)
    story().when(REMIND.model_copy(update={"days": -6}), POLICY).then_refused(Rule.REMINDED_OF_A_DAY)


@pytest.mark.parametrize(
    "wrong",
    [{"agencies": ()}, {"about": About.FINDING}, {"finding_id": "ph-1"}, {"days": -4000}],
)
def test_what_is_no_reminder(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        IssueReminder.model_validate({**REMIND.model_dump(), **wrong})


def test_a_stream_for_each_thing() -> None:
    of_finding = REMIND.model_copy(update={"about": About.FINDING, "about_id": "kt", "finding_id": "ph-1"})
    assert [decider.stream_id(one) for one in (REMIND, of_finding)] == [f"task-{TASK}", "finding-kt-ph-1"]


@pytest.mark.parametrize("twice", [False, True])
def test_one_row_a_reminder(twice: bool) -> None:
    asked = ReminderIssued(
        about=About.OPINION_ROUND,
        about_id="dot-1",
        title="Dự thảo kế hoạch",
        due=SEPTEMBER,
        days=1,
        issued_on=date(2022, 10, 1),
        seats=("pho-ban",),
    )
    db = project(READ_MODELS, envelopes(decider, "x", [REMINDED, asked], POLICY), twice=twice)
    found = {row["kind"]: row for row in rows(db, reminders)}
    assert len(found) == 2
    first, other = found["task"], found["opinion_round"]
    assert (first["task"], first["round"], first["agencies"], first["days"]) == (TASK, None, [BUILDING], -7)
    assert (first["due"], first["due_latest"], first["issued"]) == (
        "tháng 9/2022",
        "2022-09-30",
        "2022-09-23",
    )
    assert (other["task"], other["round"], other["reminded_seats"], other["days"]) == (
        None,
        "dot-1",
        ["pho-ban"],
        1,
    )
