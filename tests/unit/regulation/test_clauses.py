"""The clauses are the regulation's: every word, in its order, and each found by what cites it."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.regulation.clauses import (
    ID,
    Breach,
    Clause,
    Clauses,
    Heading,
    Part,
    ProvenBy,
    UnknownClause,
    Who,
    clauses,
)
from shared.catalogue import catalogue
from tests.unit.regulation.text import body

ALL = """
D1 D1.1 D1.2
D2 D2.1 D2.2 D2.3
D3
D4 D4.1 D4.2 D4.3
D5 D5.1 D5.2 D5.2.a D5.2.b D5.2.c
D6 D6.1 D6.1.a D6.1.b D6.1.c D6.1.d D6.1.dd D6.1.e
   D6.2 D6.2.a D6.2.b D6.2.c D6.2.d D6.2.dd D6.2.e D6.2.g D6.2.h D6.2.i
D7 D7.1 D7.2 D7.3 D7.4 D7.4.kt D7.5 D7.6 D7.7 D7.8 D7.9
D8 D8.1 D8.2
D9 D9.1 D9.2 D9.3 D9.4
D10
D11 D11.1 D11.2 D11.3
D12 D12.1 D12.2 D12.3
"""
HEADINGS = "D1 D2 D4 D5 D5.2 D6 D6.1 D6.2 D7 D8 D9 D11 D12"


def as_printed(part: Part) -> Iterator[str]:
    """How a heading or a clause stands in the text, with its number."""
    if part.chapter:
        yield part.chapter
    number = part.parts[-1].replace("dd", "đ")
    if len(part.parts) == 1:
        yield f"Điều {part.id[1:]}. {part.title}"
    elif part.id != "D7.4.kt":
        yield f"{number}." if len(part.parts) == 2 else f"{number})"
    if isinstance(part, Clause):
        yield part.text
    elif len(part.parts) > 1:
        yield part.title


def a_clause(**changed: object) -> Clause:
    words = {"vi": "làm", "en": "do"}
    told = {"id": "D1.1", "text": "Làm.", "who": ["chair"], "duty": words, "breach": "doing"}
    return Clause.model_validate(told | changed)


@pytest.mark.parametrize("leaf", clauses().leaves, ids=lambda leaf: leaf.id)
def test_the_words_are_those_of_the_regulation(leaf: Clause) -> None:
    assert leaf.text in body()
    assert leaf.text.endswith(".")


def test_together_they_are_the_whole_regulation() -> None:
    assert " ".join(piece for part in clauses() for piece in as_printed(part)) == body()


def test_all_clauses_are_there_in_order() -> None:
    assert [part.id for part in clauses()] == list(ALL.split())
    assert [part.id for part in clauses() if isinstance(part, Heading)] == list(HEADINGS.split())
    assert len(clauses().leaves) == 51


@pytest.mark.parametrize("leaf", clauses().leaves, ids=lambda leaf: leaf.id)
def test_each_says_in_a_line_whose_duty_it_is(leaf: Clause) -> None:
    assert leaf.who
    assert len(set(leaf.who)) == len(leaf.who)
    assert len(set(leaf.records)) == len(leaf.records)
    for words in (leaf.duty.vi, leaf.duty.en):
        assert words == " ".join(words.split())
        assert len(words) < 200
    assert leaf.duty.vi != leaf.duty.en


@pytest.mark.parametrize(
    ("rule", "clause"),
    [
        ("D6.1.d", "D6.1.d"),
        ("D6.1.d.2", "D6.1.d"),
        ("D6.1.dd.2", "D6.1.dd"),
        ("D8.1.3", "D8.1"),
        ("D7.4.2", "D7.4"),
        ("D7.4.kt.2", "D7.4.kt"),
        ("D3.2", "D3"),
        ("D10.2", "D10"),
        ("D4", "D4"),
        ("D1.4", "D1"),
        ("D6.1.2", "D6.1"),
    ],
)
def test_a_rule_is_of_the_longest_clause_that_begins_it(rule: str, clause: str) -> None:
    assert clauses().clause_of(rule).id == clause


@pytest.mark.parametrize("unknown", ["", "D", "D13", "D0.1", "d6.1", "6.1.d", "D1x"])
def test_what_is_of_no_article_is_unknown(unknown: str) -> None:
    with pytest.raises(UnknownClause):
        clauses().clause_of(unknown)
    with pytest.raises(UnknownClause):
        clauses().text_of(unknown)
    with pytest.raises(UnknownClause):
        clauses().under(unknown)


@given(st.sampled_from([part.id for part in clauses()]), st.integers(100, 999))
def test_a_last_number_never_leads_elsewhere(clause: str, number: int) -> None:
    assert clauses().clause_of(clause).id == clause
    assert clauses().clause_of(f"{clause}.{number}").id == clause
    assert re.fullmatch(ID, clause)


def test_texts_and_titles_are_found_by_id() -> None:
    assert clauses().text_of("D4.3").startswith("Triệu tập và chủ trì")
    assert clauses().text_of("D8") == "Các cuộc họp của Ban Chỉ đạo"
    with pytest.raises(UnknownClause, match=r"D6\.1\.z"):
        clauses().text_of("D6.1.z")


def test_a_heading_gathers_its_clauses() -> None:
    assert [leaf.id for leaf in clauses().under("D5")] == ["D5.1", "D5.2.a", "D5.2.b", "D5.2.c"]
    assert [leaf.id for leaf in clauses().under("D1")] == ["D1.1", "D1.2"]
    assert [leaf.id for leaf in clauses().under("D7.4")] == ["D7.4"]
    assert [leaf.id for leaf in clauses().under("D10")] == ["D10"]


@pytest.mark.parametrize(
    ("clause", "vi", "en"),
    [
        ("D6.1.d", "điểm d khoản 1 Điều 6", "Article 6, clause 1, point d"),
        ("D6.2.dd", "điểm đ khoản 2 Điều 6", "Article 6, clause 2, point đ"),
        ("D7.4.kt", "đoạn 2 khoản 4 Điều 7", "Article 7, clause 4, paragraph 2"),
        ("D12.3", "khoản 3 Điều 12", "Article 12, clause 3"),
        ("D10", "Điều 10", "Article 10"),
    ],
)
def test_it_is_cited_as_documents_cite_it(clause: str, vi: str, en: str) -> None:
    part = clauses().clause_of(clause)
    assert (part.cite, part.cite_en) == (vi, en)


def test_no_two_are_cited_alike() -> None:
    assert len({part.cite for part in clauses()}) == len(clauses().parts)


def test_what_only_defines_cannot_be_breached() -> None:
    assert [leaf.id for leaf in clauses().leaves if leaf.breach is Breach.NONE] == ["D1.1", "D1.2"]


def test_the_eight_portfolios_are_proven_by_their_heading() -> None:
    by_heading = [leaf for leaf in clauses().leaves if leaf.proven_by is ProvenBy.HEADING]
    assert {leaf.above for leaf in by_heading} == {"D6.2"}
    assert len(by_heading) == 8


def test_every_code_has_its_word() -> None:
    wanted = {f"who.{one}" for one in Who} | {f"breach.{one}" for one in Breach}
    assert wanted - catalogue().keys() == set()


def test_it_is_read_once() -> None:
    assert clauses() is clauses()


def test_no_clause_stands_twice() -> None:
    with pytest.raises(ValueError, match=r"D1\.1"):
        Clauses((a_clause(), a_clause()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "6.1"},
        {"id": "D6.1.d.2"},
        {"text": ""},
        {"who": []},
        {"who": ["nobody"]},
        {"breach": "perhaps"},
        {"duty": {"vi": "làm"}},
        {"colour": "red"},
    ],
)
def test_a_malformed_clause_is_not_read(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        a_clause(**wrong)
