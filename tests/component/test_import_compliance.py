"""What the compliance view says of a committee that is known from a chronicle alone: nothing beyond it."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from services.cli.importer.chronicle import load
from services.cli.importer.sending import send
from services.cli.importer.translate import translate
from services.records.compliance.standing import Standing
from services.records.compliance.telling import Listed
from services.records.compliance.view import Cell, compliance
from services.regulation.clauses import clauses
from shared.catalogue import say
from shared.messages import CommitteeId
from tests.component.house import House

CHRONICLE = Path(__file__).parents[2] / "examples" / "lang-son" / "lang-son.yaml"
LANG_SON, ON = CommitteeId("langson"), date(2026, 6, 1)


@pytest.fixture(scope="module")
def house() -> House:
    chronicle, house = load(CHRONICLE), House()
    send(chronicle, translate(chronicle), LANG_SON, house, 1.0, Console(quiet=True))
    house.follow(ON)
    return house


@pytest.fixture(scope="module")
def cells(house: House) -> list[Cell]:
    events = [
        one for one in house.history() if one.committee == LANG_SON and one.meta.effective_at.earliest <= ON
    ]
    return compliance(Listed(events), date(2021, 1, 1), ON)


def standings(cells: list[Cell], clause: str) -> dict[str, Standing]:
    return {str(one.quarter): one.standing for one in cells if one.clause == clause}


def test_of_each_quarter_what_the_sources_say_and_no_more(cells: list[Cell]) -> None:
    found = defaultdict(list)
    for quarter, standing in standings(cells, "D8.1").items():
        found[standing].append(quarter)
    assert found[Standing.KEPT] == ["2022-Q3"]
    assert found[Standing.BREACHED] == ["2022-Q4", "2023-Q3"]  # both held after the quarter had ended
    assert found[Standing.NO_EVIDENCE] == [
        *("2022-Q2", "2023-Q1", "2023-Q2", "2023-Q4"),
        *(f"{year}-Q{n}" for year in (2024, 2025) for n in range(1, 5)),
        "2026-Q1",
    ]


def test_the_meeting_of_the_last_quarter_of_2022_was_held_late_and_says_when(cells: list[Cell]) -> None:
    (cell,) = (one for one in cells if one.clause == "D8.1" and str(one.quarter) == "2022-Q4")
    (occasion,) = (one for one in cell.occasions if one.standing is Standing.BREACHED)
    assert (occasion.said, occasion.values["held"]) == ("meeting_late", "2023-01-04")
    assert "2023-01-04" in say(f"occasion.{occasion.said}", **occasion.values)
    assert occasion.evidence


def test_no_breach_and_no_risk_is_claimed_where_sources_are_silent(cells: list[Cell]) -> None:
    for cell in cells:
        for occasion in cell.occasions:
            if occasion.standing in (Standing.BREACHED, Standing.AT_RISK):
                assert occasion.said in ("meeting_late", "others_broken"), (
                    cell.clause,
                    cell.quarter,
                    occasion,
                )
                assert occasion.evidence


def test_before_the_regulation_was_in_force_there_was_no_occasion(cells: list[Cell]) -> None:
    before = {one.standing for one in cells if str(one.quarter) < "2022-Q2"}
    assert before == {Standing.NO_OCCASION}


def test_a_periodic_meeting_is_no_proof_of_expanded_ones_or_of_working_sessions(cells: list[Cell]) -> None:
    for clause in ("D8.2", "D9.2", "D7.9"):
        assert set(standings(cells, clause).values()) == {Standing.NO_OCCASION}, clause


def test_everything_that_is_claimed_names_events_that_there_are(house: House, cells: list[Cell]) -> None:
    there = {one.reference for one in house.history()}
    for cell in cells:
        assert set(cell.evidence) <= there
        if cell.standing in (Standing.KEPT, Standing.BREACHED, Standing.AT_RISK):
            assert cell.evidence, (cell.clause, cell.quarter)
    assert {cell.clause for cell in cells} == {leaf.id for leaf in clauses().leaves}
