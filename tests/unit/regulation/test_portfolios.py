"""The eight specific responsibilities say what the regulation says, and nothing else."""

import re

import pytest
from pydantic import ValidationError

from services.regulation.clauses import clauses
from services.regulation.portfolios import Portfolio, portfolios

LETTERS = ("a", "b", "c", "d", "dd", "e", "g", "h")
ISSUERS = "UBND tỉnh|Bộ Chính trị|Chính phủ|Ban Thường vụ Tỉnh ủy"
NUMBER = re.compile(rf"số (\S+) ngày (\d{{2}})/(\d{{1,2}})/(\d{{4}}) của ({ISSUERS})")
PARTNER = re.compile(r"phối hợp với (Sở \w+(?: \w+)*?) chịu trách nhiệm")


def test_there_are_eight_in_the_order_of_the_text() -> None:
    assert [one.clause for one in portfolios()] == [f"D6.2.{letter}" for letter in LETTERS]
    assert portfolios() is portfolios()


@pytest.mark.parametrize("one", portfolios(), ids=lambda one: one.clause)
def test_position_and_field_are_word_for_word(one: Portfolio) -> None:
    text = clauses().text_of(one.clause)
    assert text.startswith(f"{one.position} ch")  # "chịu trách nhiệm", "chủ trì"
    assert text.endswith(f" {one.field}.")


@pytest.mark.parametrize("one", portfolios(), ids=lambda one: one.clause)
def test_what_lies_between_position_and_field_gives_no_duty_of_its_own(one: Portfolio) -> None:
    text = clauses().text_of(one.clause)
    between = text.removeprefix(one.position).removesuffix(f"{one.field}.").strip()
    partners = "".join(f"chủ trì, phối hợp với {name} " for name in one.coordinate_with)
    assert re.fullmatch(
        f"{partners}chịu trách nhiệm trước Trưởng Ban Chỉ đạo( về| về việc| trong việc)?", between
    )


@pytest.mark.parametrize("one", portfolios(), ids=lambda one: one.clause)
def test_documents_are_those_that_the_text_cites(one: Portfolio) -> None:
    cited = {
        (number, f"{year}-{int(month):02}-{day}", issuer)
        for number, day, month, year, issuer in NUMBER.findall(clauses().text_of(one.clause))
    }
    assert {(ref.number, str(ref.date), ref.issuer) for ref in one.documents} == cited
    assert len(one.documents) == len(cited)


@pytest.mark.parametrize("one", portfolios(), ids=lambda one: one.clause)
def test_coordination_is_where_the_text_asks_for_it(one: Portfolio) -> None:
    assert list(one.coordinate_with) == PARTNER.findall(clauses().text_of(one.clause))


def test_which_have_documents_and_which_coordinate() -> None:
    assert {one.clause: len(one.documents) for one in portfolios() if one.documents} == {
        "D6.2.c": 4,
        "D6.2.g": 1,
    }
    together = [one.clause for one in portfolios() if one.coordinate_with]
    assert together == ["D6.2.dd", "D6.2.e", "D6.2.h"]


@pytest.mark.parametrize("wrong", [{"clause": "D6.1.a"}, {"position": ""}, {"field": ""}, {"colour": "red"}])
def test_a_malformed_portfolio_is_not_read(wrong: dict[str, str]) -> None:
    told = {"clause": "D6.2.a", "position": "Giám đốc", "field": "việc"}
    assert Portfolio.model_validate(told).documents == ()
    with pytest.raises(ValidationError):
        Portfolio.model_validate(told | wrong)
