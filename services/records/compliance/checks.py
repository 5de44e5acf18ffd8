"""Every check of the compliance view on one page; to add one: a function in its module, a line here."""

from collections.abc import Callable, Iterator
from typing import Final

from services.records.compliance import constitution, exchange, feedback, inspections, meetings, people, tasks
from services.records.compliance.course import Course
from services.records.compliance.standing import Occasion

Check = Callable[[Course], Iterator[Occasion]]

CHECKS: Final[tuple[Check, ...]] = (
    constitution.somebody_may_call_the_committee,
    constitution.portfolios_are_held,
    constitution.each_year_has_its_programme,
    meetings.a_meeting_each_quarter,
    meetings.members_attend,
    meetings.conclusions_become_tasks,
    meetings.opinions_come_in_time,
    tasks.tasks_are_done_by_their_day,
    tasks.overdue_tasks_are_noticed,
    tasks.key_tasks_have_plans,
    tasks.results_are_checked,
    feedback.feedback_is_taken_up_and_answered,
    feedback.feedback_is_reported,
    exchange.reports_come_in_time,
    exchange.directives_are_acknowledged,
    exchange.information_is_provided,
    exchange.each_quarter_is_reported,
    exchange.committees_below_report,
    inspections.findings_are_remedied,
    people.commitments_are_kept,
    people.staff_is_replaced_when_asked,
    people.funds_are_estimated_and_kept,
)
