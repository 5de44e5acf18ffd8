"""Who asks and of what, in the random courses of this context."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from services.meetings.events import Proposal
from services.members.capacity import Capacity
from shared.dates import Deadline, Moment
from shared.envelope import Act
from shared.messages import AgencyId, DocumentRef, PersonId
from tests.unit.given import act
from tests.unit.histories import acts

M = "hop"
DOC = DocumentRef(number="12/BC-TGV")
WHO = st.sampled_from([PersonId("nguoi-a"), PersonId("nguoi-b")])
FULL = Proposal(goals="mục tiêu", progress="tiến độ", results="kết quả")
FAR = (Moment("2027-01-15"), Moment("2027-02"))
"""Days of the meeting behind those of all acts: what belongs to a meeting needs its opening."""
FEW = 15
"""Examples where few courses show enough."""
POINT = st.sampled_from([None, "tinh", "huyen"])


COMPETENT = st.builds(
    act,
    st.sampled_from([Capacity.CHAIR, Capacity.TEAM_LEADER, Capacity.POLICY]),
    at=st.sampled_from(["2026-01-05", "2026-06-30"]),
)
"""Those who may do most, so that courses get somewhere."""


def bound(who: Act) -> Act:
    """The same act as it happens, under a regulation."""
    mandate = who.actor.mandate.model_copy(update={"bound": True})
    return replace(who, actor=who.actor.model_copy(update={"mandate": mandate}), source=None)


def some_acts(**concerned: Any) -> st.SearchStrategy[Act]:
    return st.one_of(acts(**concerned), COMPETENT)


AGENCIES = tuple(AgencyId(one) for one in ("so-a", "so-b", "so-c"))
DUES = tuple(
    Deadline(wording=f"{day}", latest=day) for day in (date(2026, 3, 1), date(2026, 8, 1), date(2026, 9, 1))
)
DAYS = st.sampled_from([date(2026, 2, 1), date(2026, 3, 2), date(2026, 8, 2), date(2027, 1, 1)])
