"""What is judged or added up from events: compliance, completeness, powers, the activity report."""

from typing import Any, Final

from services.members import authority
from services.records import activity_draft, activity_in_time, activity_sums
from services.records.activity import COUNTS
from services.records.activity_draft import draft
from services.records.answering.desk import Desk, known
from services.records.as_of import AsOf, day, moment
from services.records.completeness.answer import CompletenessQuestion, complete
from services.records.compliance.answer import detail, overview
from services.records.compliance.periods import a_year_before
from services.records.compliance.view import compliance as judged
from services.records.everything import MODELS
from services.records.journalled import Journalled
from services.records.past import past, types_in
from services.records.powers import powers as powers_of
from services.records.questions import ActivityQuestion, ComplianceQuestion, PowersQuestion, asked
from services.regulation.clauses import clauses
from shared.catalogue import both
from shared.errors import InvalidRequest
from shared.messages import CommitteeId

COUNTED: Final = types_in(activity_draft, activity_in_time, activity_sums) | {one.type for one in COUNTS}
"""The types of events that an activity report looks at."""
LONGEST: Final = 10
"""Years that one compliance view shows at most."""


def compliance(desk: Desk, payload: dict[str, Any]) -> dict[str, Any]:
    """D12.1: each clause in each quarter, by default the four up to that of the day."""
    question = asked(ComplianceQuestion, payload)
    on = day("as_of", question.as_of) if question.as_of else desk.today()
    first = day("since", question.since) if question.since else a_year_before(on)
    if not 0 <= on.year - first.year <= LONGEST or first > on:
        raise InvalidRequest("since", both("compliance.since", since=first, day=on, years=LONGEST))
    if question.clause and question.clause not in {leaf.id for leaf in clauses().leaves}:
        raise InvalidRequest("clause", _no_clause(question.clause))
    then = moment(on.isoformat(), question.at_position, question.recorded_by)
    with desk.views.as_of(question.committee, then, ()) as view:
        cells = judged(Journalled(view, MODELS.codec, question.committee), first, on)
        told = known(view, question.committee)
    shown = overview(cells)
    if question.clause:
        leaf = next(one for one in clauses().leaves if one.id == question.clause)
        shown |= {"detail": detail(leaf, [cell for cell in cells if cell.clause == leaf.id])}
    days = {"as_of": on.isoformat(), "since": first.isoformat()}
    return {"committee": question.committee, **days, **told, **shown}


def completeness(desk: Desk, payload: dict[str, Any]) -> dict[str, Any]:
    """D7.8: what should be kept of a year against what is, by default of the present one."""
    question, on = asked(CompletenessQuestion, payload), desk.today()
    with desk.views.as_of(question.committee, AsOf(on), ()) as view:
        past_of = Journalled(view, MODELS.codec, question.committee)
        found = complete(past_of, question.year or on.year, on, desk.holds)
        return {"committee": question.committee, **known(view, question.committee), **found}


def powers(desk: Desk, payload: dict[str, Any]) -> dict[str, Any]:
    """The capacities of a person on a day, from all that is known today, and what follows from each."""
    question = asked(PowersQuestion, payload)
    at = day("at", question.at) if question.at else desk.today()
    committee = CommitteeId(question.committee)
    with desk.views.now() as view:
        streams = [stream.format(committee) for stream in authority.STREAMS]
        proving = past(view, MODELS.codec, committee, streams=streams)
        found = powers_of(proving, committee, question.person, at)
        return {"committee": committee, **known(view, committee), **found}


def activity(desk: Desk, payload: dict[str, Any]) -> dict[str, Any]:
    """D7.7: the figures of a period with their events: a draft of the activity report."""
    question = asked(ActivityQuestion, payload)
    known_then = moment(None, question.at_position, question.recorded_by)
    with desk.views.as_of(question.committee, known_then, ()) as view:
        envelopes = list(past(view, MODELS.codec, question.committee, types=COUNTED))
        made = draft(envelopes, question.period, desk.today(), question.window)
        told = known(view, question.committee)
    return {**question.model_dump(), **told, **made}


def _no_clause(name: str) -> str:
    """That there is no such clause; of a heading, which clauses stand under it."""
    below = [leaf.id for leaf in clauses().under(name)] if name in clauses().by_id else []
    if below:
        return both("compliance.heading", clause=name, below=", ".join(below))
    return both("compliance.no_clause", clause=name)
