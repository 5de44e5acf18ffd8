"""The records of regulations and of committees below, after events delivered once or twice."""

import pytest

from services.members import committee
from services.members.charter_records import child_committees, regulations
from services.members.events import (
    ChildCommitteeRegistered,
    CommitteeEstablished,
    RegulationAdopted,
    RegulationAmended,
)
from services.members.parameters import STANDARD, Parameters
from services.members.projections import READ_MODELS, committees
from shared.envelope import Envelope
from shared.messages import CommitteeId, DocumentRef, Event
from tests.unit.given import DECISION, act
from tests.unit.rows import envelopes, project, rows

TWICE = pytest.mark.parametrize("twice", [False, True])
FIRST, SECOND = DocumentRef(number="64/QĐ-BCĐ"), DocumentRef(number="70/QĐ-BCĐ")
WEEKLY = Parameters(feedback_answer_working_days=7)
COURSE: tuple[tuple[str, Event], ...] = (
    ("2021-10-13", CommitteeEstablished(name="Ban")),
    ("2022-04-20", RegulationAdopted(regulation=FIRST, title="Quy chế")),
    (
        "2023-01-01",
        RegulationAmended(
            regulation=FIRST, amendment=DECISION, summary="Rút ngắn thời hạn", parameters=WEEKLY
        ),
    ),
    ("2023-06-01", RegulationAmended(regulation=FIRST, amendment=DECISION, summary="Đính chính")),
    ("2024-01-01", RegulationAdopted(regulation=SECOND, title="Quy chế mới", replaces=FIRST)),
)


def recorded(*course: tuple[str, Event]) -> list[Envelope[Event]]:
    return [
        envelope
        for n, (day, event) in enumerate(course)
        for envelope in envelopes(committee.decider, "charter", [event], act("chair", at=day), first=n)
    ]


@TWICE
def test_every_adoption_and_amendment_has_its_period_and_parameters(twice: bool) -> None:
    db = project(READ_MODELS, recorded(*COURSE), twice=twice)
    told = {
        row["title"]: (row["kind"], row["regulation"], row["amendment"], row["since"], row["until"])
        for row in rows(db, regulations)
    }
    assert told == {
        "Quy chế": ("adoption", "64/QĐ-BCĐ", None, "2022-04-20", "2024-01-01"),
        "Rút ngắn thời hạn": ("amendment", "64/QĐ-BCĐ", "2041/QĐ-UBND", "2023-01-01", "2024-01-01"),
        "Đính chính": ("amendment", "64/QĐ-BCĐ", "2041/QĐ-UBND", "2023-06-01", "2024-01-01"),
        "Quy chế mới": ("adoption", "70/QĐ-BCĐ", None, "2024-01-01", None),
    }
    parameters = {row["title"]: row["parameters"] for row in rows(db, regulations)}
    assert parameters["Quy chế"] == STANDARD.model_dump(mode="json")
    assert parameters["Rút ngắn thời hạn"]["feedback_answer_working_days"] == 7
    assert parameters["Đính chính"] is None


@TWICE
@pytest.mark.parametrize(
    ("until", "regulation", "amended_by", "answer_within"),
    [
        (2, "64/QĐ-BCĐ", None, 15),
        (3, "64/QĐ-BCĐ", "2041/QĐ-UBND", 7),
        (4, "64/QĐ-BCĐ", "2041/QĐ-UBND", 7),  # an amendment of words leaves the parameters
        (5, "70/QĐ-BCĐ", None, 15),
    ],
)
def test_the_committee_sheet_has_what_is_in_force(
    until: int, regulation: str, amended_by: str | None, answer_within: int, twice: bool
) -> None:
    [row] = rows(project(READ_MODELS, recorded(*COURSE[:until]), twice=twice), committees)
    assert (row["regulation"], row["amended_by"]) == (regulation, amended_by)
    assert row["parameters"]["feedback_answer_working_days"] == answer_within


@TWICE
def test_the_committees_below_stand_by_their_names_of_the_day(twice: bool) -> None:
    below = CommitteeId("huyenmau")
    history = recorded(
        ("2022-01-01", ChildCommitteeRegistered(child=below, name="Ban huyện")),
        ("2024-01-01", ChildCommitteeRegistered(child=below, name="Ban huyện mới")),
    )
    [row] = rows(project(READ_MODELS, history, twice=twice), child_committees)
    assert (row["child"], row["name"], row["since"]) == (below, "Ban huyện mới", "2022-01-01")
