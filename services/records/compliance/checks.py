"""Every check of the compliance view on one page; to add one: a function in its module, a line here, and
one in `BY_STREAM` where it judges each stream by itself."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from services.records.compliance import constitution, exchange, feedback, inspections, meetings, people, tasks
from services.records.compliance.course import Course
from services.records.compliance.standing import Occasion

Check = Callable[[Course], Iterator[Occasion]]

CHECKS: Final[tuple[Check, ...]] = (  # in the order in which occasions are told
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

BY_STREAM: Final[Mapping[str, tuple[Check, ...]]] = {
    "meeting": (meetings.members_attend,),
    "opinion": (meetings.opinions_come_in_time,),
    "task": (
        tasks.tasks_are_done_by_their_day,
        tasks.overdue_tasks_are_noticed,
        tasks.key_tasks_have_plans,
        tasks.results_are_checked,
    ),
    "feedback": (feedback.feedback_is_taken_up_and_answered, feedback.feedback_is_reported),
    "report": (exchange.reports_come_in_time,),
    "directive": (exchange.directives_are_acknowledged,),
    "information": (exchange.information_is_provided,),
    "inspection": (inspections.findings_are_remedied,),
    "commitment": (people.commitments_are_kept,),
    "budget": (people.funds_are_estimated_and_kept,),
}
"""The checks that look at one stream of a category after the other: together, so that each is read once."""
