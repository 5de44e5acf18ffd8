"""The journal: one row an event, from which the very event can be had again."""

from services.published import CODEC
from services.records.journal import READ_MODELS, journal, recorded
from shared.envelope import Source
from shared.history import Codec
from shared.messages import Event
from tests.unit.records.facts import DECISION, appointed, envelope
from tests.unit.rows import project, rows


def test_a_row_answers_who_why_when_and_on_which_document() -> None:
    source = Source(reference="https://example.org/nguon")
    db = project(READ_MODELS, [envelope(appointed("a"), at="2022-09", document=DECISION, source=source)])
    (row,) = rows(db, journal)
    assert (row["effective"], row["earliest"], row["latest"]) == ("2022-09", "2022-09-01", "2022-09-30")
    assert (row["person"], row["capacity"], row["ground"]) == ("nguoi-a", "chair", "D4.1")
    assert (row["document"], row["source"]) == ("2041/QĐ-UBND", "https://example.org/nguon")
    assert row["clauses"] == ["D6.1"]
    assert row["data"]["seat_id"] == "a"
    assert row["metadata"]["actor"]["mandate"]["evidence"] == ["roster-langson.x@0"]


def test_an_event_delivered_twice_is_one_row() -> None:
    events = [envelope(appointed("a"), 1), envelope(appointed("b"), 2)]
    db = project(READ_MODELS, events, twice=True)
    assert [row["revision"] for row in rows(db, journal)] == [0, 1]


def test_a_row_gives_the_event_back() -> None:
    original = envelope(appointed("a"), at="2022-09-28", document=DECISION)
    row = project(READ_MODELS, [original]).execute(journal.select()).mappings().one()
    assert CODEC.decode(recorded(row)) == original


def test_an_event_that_was_lifted_is_not_lifted_again() -> None:
    class Counted(Event):
        schema_number = 2
        total: int

    codec = Codec({"Counted": Counted}, {("Counted", 1): lambda data: {"total": data["count"]}})
    row = project(READ_MODELS, [envelope(Counted(total=7))]).execute(journal.select()).mappings().one()
    assert row["metadata"]["schema"] == 1  # as it was recorded
    assert codec.decode(recorded(row)).event == Counted(total=7)
