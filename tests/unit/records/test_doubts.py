"""What a source leaves open stands in the register of doubts, each doubt in a row of its own."""

from services.records.doubts import READ_MODELS, doubts
from shared.envelope import Source
from tests.unit.records.facts import appointed, envelope
from tests.unit.rows import project, rows


def test_every_kind_of_doubt_has_its_row() -> None:
    source = Source(
        reference="https://example.org/nguon",
        entry="2020-09-11 membership",
        stated=False,
        inferred=("agency_id", "holder"),
        missing=("số quyết định",),
        conflict="nguồn ghi 19, danh sách có 23",
    )
    db = project(READ_MODELS, [envelope(appointed("a"), source=source)], twice=True)
    assert sorted((row["kind"], row["text"]) for row in rows(db, doubts)) == [
        ("conflict", "nguồn ghi 19, danh sách có 23"),
        ("inferred", "agency_id"),
        ("inferred", "holder"),
        ("missing", "số quyết định"),
        ("not_stated", "2020-09-11 membership"),
    ]


def test_a_source_without_doubts_leaves_none() -> None:
    plain = Source(reference="https://example.org/nguon")
    db = project(READ_MODELS, [envelope(appointed("a"), source=plain), envelope(appointed("b"), 2)])
    assert rows(db, doubts) == []
