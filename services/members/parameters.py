"""The parameters of a committee's regulation: time limits, and whether a deadline moves off a day of rest.

Published language, like `events.py`: deciders read them from the act, policies from what they remember, the
compliance view from the authority. Days are calendar days where nothing else is said.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from shared.dates import Deadline
from shared.envelope import Act, Envelope
from shared.messages import CommitteeId, Event, Message
from shared.policies import Holdings
from shared.workdays import WorkCalendar, calendar

Offset = Annotated[int, Field(ge=0, le=366)]
"""Days before or after a deadline."""


class Parameters(Message):
    """What a regulation may set for its own committee (D12.2); a figure that it leaves out has this value.

    The limits of D6.1.c, D7.6 and D11 are not in the regulation of Quyết định 64; meetings and conclusions
    take theirs from Quyết định 45/2018/QĐ-TTg, forwarding from Nghị định 20/2008/NĐ-CP.
    """

    meeting_interval_months: int = Field(default=3, ge=1, le=12)
    """How often the committee meets (D8.1: once a quarter)."""
    roll_deadlines: bool = False
    """Whether a deadline on a day of rest moves to the next working day."""
    calendar: str | None = None
    """The version of the working calendar; the newest where none is named."""
    invitation_working_days: int = Field(default=3, ge=1, le=60)
    conclusion_working_days: int = Field(default=5, ge=1, le=60)
    acknowledge_working_days: int = Field(default=5, ge=1, le=60)
    """Within which a directive is acknowledged (D11.1)."""
    action_plan_days: int = Field(default=30, ge=0, le=366)
    """Within which a key task has its action plan (D6.1.e)."""
    result_check_working_days: int = Field(default=10, ge=1, le=60)
    """Within which a reported result is verified or returned (D7.4)."""
    feedback_forward_working_days: int = Field(default=5, ge=1, le=60)
    """Within which feedback is classified, or forwarded to who is competent (D7.6)."""
    feedback_answer_working_days: int = Field(default=15, ge=1, le=250)
    """Within which the sender has an answer (D7.6)."""
    remind_before_days: tuple[Offset, ...] = Field(default=(7, 1), max_length=10)
    remind_after_days: tuple[Offset, ...] = Field(default=(1, 7, 30), max_length=10)

    @property
    def work(self) -> WorkCalendar:
        return calendar(self.calendar)

    def settle(self, deadline: Deadline | None) -> Deadline | None:
        """The deadline as this regulation counts it: off a day of rest where it says so; words are kept."""
        if deadline is None or deadline.latest is None or not self.roll_deadlines:
            return deadline
        work = self.work
        settled = work.roll(deadline.latest)
        return deadline.model_copy(update={"latest": settled, "calendar": work.version})

    def due(self, event_day: date, working_days: int) -> date:
        """The last of so many working days after the day of an event, which is not counted."""
        return self.work.add_working_days(event_day, working_days)


STANDARD: Final = Parameters()


def terms(act: Act) -> Parameters:
    """The parameters of the regulation in force at the moment of an act."""
    return Parameters.model_validate(act.terms) if act.terms else STANDARD


ITEM: Final = "parameters"
"""The item, and the kind, under which `Holdings` keeps a committee's parameters."""
ADOPTED: Final = "RegulationAdopted"
"""By its stored name: `events.py` stands on this file."""


def remember_parameters(envelope: Envelope[Event], holdings: Holdings) -> None:
    """Keep what the regulation says from now on: the usual where it replaces another and sets nothing."""
    parameters: Parameters | None = getattr(envelope.event, ITEM, None)
    if isinstance(parameters, Parameters):
        holdings.let_go(envelope.committee, ITEM, ITEM)
        holdings.hold(envelope.committee, ITEM, ITEM, (parameters.model_dump_json(),))
    elif envelope.type == ADOPTED:
        holdings.let_go(envelope.committee, ITEM, ITEM)


def remembered(holdings: Holdings, committee: CommitteeId) -> Parameters:
    """The committee's parameters, for a policy."""
    known = holdings.holders(committee, ITEM, ITEM)
    return Parameters.model_validate_json(known[0]) if known else STANDARD


def as_terms(parameters: Parameters | None) -> Mapping[str, Any]:
    return parameters.model_dump(mode="json") if parameters else {}
