"""Hashes, head counts, filters: what the records compute."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Connection

from services.members.events import CompositionDecided, HeadCountReported
from services.members.projections import READ_MODELS as MEMBERS
from services.records.hashes import canonical, hashes_of
from services.records.journal import READ_MODELS as JOURNAL
from services.records.journal import journal
from services.records.queries import listed
from services.records.registers import register_named
from services.records.selecting import Selection
from shared.errors import InvalidRequest
from shared.messages import DocumentRef, Event
from tests.unit.records.facts import COMMITTEE, DECISION, appointed, envelope
from tests.unit.rows import project

OTHER = DocumentRef(number="9/QĐ-UBND")


def after(*events: tuple[Event, DocumentRef | None]) -> Connection:
    envelopes = [envelope(event, n, document=document) for n, (event, document) in enumerate(events, start=1)]
    return project([*JOURNAL, *MEMBERS], envelopes)


def ask(db: Connection, name: str, **filters: Any) -> Sequence[dict[str, Any]]:
    return listed(db, register_named(name), COMMITTEE, Selection(filters), 100, 0)[0]


def test_the_same_rows_give_the_same_hash_and_others_do_not() -> None:
    first = hashes_of(after((appointed("a"), None), (appointed("b"), None)), JOURNAL)
    again = hashes_of(after((appointed("a"), None), (appointed("b"), None)), JOURNAL)
    other = hashes_of(after((appointed("a"), None), (appointed("c"), None)), JOURNAL)
    assert first == again != other


def test_a_changed_row_changes_the_hash() -> None:
    db = after((appointed("a"), None))
    before = hashes_of(db, JOURNAL)
    db.execute(journal.update().values(person="nguoi-b"))
    assert hashes_of(db, JOURNAL) != before


def test_canonical_json_has_one_form() -> None:
    assert canonical({"b": 1, "a": "Đ"}) == '{"a":"Đ","b":1}'.encode()


def test_a_reported_count_that_differs_from_the_list_of_its_document_is_flagged() -> None:
    db = after(
        (CompositionDecided(seats=23), DECISION),
        (HeadCountReported(counts={"members": 19}), DECISION),
        (HeadCountReported(counts={"members": 23}), DECISION),
        (HeadCountReported(counts={"members": 19}), OTHER),
    )
    found = [(row["kind"], row["count"], row["listed"], row["differs"]) for row in ask(db, "head_counts")]
    assert sorted(found, key=str) == sorted(
        [
            ("listed", 23, None, None),
            ("members", 19, 23, True),
            ("members", 23, 23, False),
            ("members", 19, None, None),
        ],
        key=str,
    )


def test_a_filter_selects_by_the_type_of_its_column() -> None:
    db = after((appointed("a"), None), (appointed("b"), None))
    assert [row["seat"] for row in ask(db, "members", place="1")] == ["b"]
    assert [row["seat"] for row in ask(db, "seats", acting="false", seat="a")] == ["a"]
    assert len(ask(db, "seats", until=None)) == 2


@pytest.mark.parametrize(
    ("filters", "where"), [({"nosuch": 1}, "filters.nosuch"), ({"rank": "x"}, "filters.rank")]
)
def test_a_filter_that_cannot_be_is_told_how_to_mend(filters: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidRequest) as invalid:
        ask(after(), "seats", **filters)
    assert invalid.value.where == where


def test_an_unknown_register_names_those_that_exist() -> None:
    with pytest.raises(InvalidRequest, match="members"):
        register_named("membres")
