"""Every document that an event cites is found, wherever it stands, and left as it was cited."""

from services.members.events import CompositionDecided, RegulationAdopted, ResponsibilityAssigned
from services.records.documents import READ_MODELS, citations, document_id, documents
from shared.envelope import Source
from shared.messages import DocumentRef
from tests.unit.records.facts import DECISION, envelope
from tests.unit.rows import project, rows

OLDER = DocumentRef(number="1782/QĐ-UBND", date_wording="tháng 9/2020")


def test_documents_are_found_in_every_place() -> None:
    source = Source(reference="https://example.org", documents=(OLDER,))
    event = envelope(CompositionDecided(seats=23, replaces=OLDER), document=DECISION, source=source)
    db = project(READ_MODELS, [event])
    found = [(row["document_id"], row["place"], row["role"]) for row in rows(db, citations)]
    assert sorted(found) == sorted(
        [
            ("2041/QĐ-UBND | Chủ tịch UBND tỉnh", "document", "ground"),
            ("1782/QĐ-UBND | tháng 9/2020", "source.documents.0", "cited"),
            ("1782/QĐ-UBND | tháng 9/2020", "data.replaces", "cited"),
        ]
    )


def test_lists_of_documents_are_walked() -> None:
    assigned = ResponsibilityAssigned(seat_id="a", field="an ninh mạng", documents=(DECISION, OLDER))
    db = project(READ_MODELS, [envelope(assigned)])
    assert [row["place"] for row in rows(db, citations)] == ["data.documents.1", "data.documents.0"]


def test_a_document_keeps_the_event_that_cited_it_first() -> None:
    first = envelope(CompositionDecided(seats=22, replaces=OLDER), 1)
    second = envelope(RegulationAdopted(regulation=OLDER, title="Quy chế"), 2)
    db = project(READ_MODELS, [first, second], twice=True)
    (row,) = rows(db, documents)
    assert row["event"] == first.reference
    assert len(rows(db, citations)) == 2


def test_one_document_cited_in_two_ways_stands_twice() -> None:
    exact = DocumentRef(number="1782/QĐ-UBND", issuer="UBND tỉnh Lạng Sơn")
    assert document_id(exact) != document_id(OLDER)


def test_parts_that_are_not_known_stay_unknown() -> None:
    db = project(READ_MODELS, [envelope(CompositionDecided(seats=22, replaces=OLDER))])
    (row,) = rows(db, documents)
    assert (row["number"], row["date"], row["date_wording"], row["issuer"]) == (
        "1782/QĐ-UBND",
        None,
        "tháng 9/2020",
        None,
    )
