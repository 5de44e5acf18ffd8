"""What may be asked of a register: search, ranges, order, columns; alike on both databases, now and then."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.feedback.initiative.events import InitiativeProposed
from services.records.answers import Answers
from services.records.database import Database
from services.records.everything import MODELS
from services.records.projector import Projector
from services.records.registers import REGISTERS
from shared.errors import InvalidRequest
from shared.eventstore.epoch import current_epoch
from tests.contract import postgres
from tests.unit.records.facts import COMMITTEE, DECISION, Recorder, appointed, established

postgres_url = postgres.postgres_url

ROSTER = f"member-{COMMITTEE}.roster"
POSTS = {
    "a": ("Giám đốc Sở Chuyển đổi số", "2022-01-10"),
    "b": ("ĐỘI TRƯỞNG Công an 100% số", "2022-03"),
    "c": ("Chuyên viên đối số", "2023-05-01"),
    "d": ("Dân quân tự vệ", "2024-02-02"),
}
MOMENTS: tuple[dict[str, Any], ...] = ({}, {"as_of": "2030-01-01"}, {"at_position": 2**40})


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def answers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('asked') / 'records.sqlite'}"
    else:
        folder = postgres.the_server()
        if folder is None:
            pytest.skip("PostgreSQL is not installed")
        url = postgres.new_database(folder)
    database = Database(url, limit=5.0)
    recorder = Recorder()
    recorder.record(f"committee-{COMMITTEE}.charter", established(), at="2021-10-13")
    for seat, (post, day) in POSTS.items():
        recorder.record(ROSTER, appointed(seat, post), at=day, document=DECISION)
    for other in range(3):
        proposed = InitiativeProposed(initiative_id=f"s{other}", title=f"Sáng kiến {other}", content="x")
        recorder.record(f"initiative-{COMMITTEE}.s{other}", proposed, at="2024-05-05")
    projector = Projector(database, MODELS)
    position = projector.resume(current_epoch(recorder.store))
    projector.handle(list(recorder.store.read_all(after=position)))
    assert projector.state()["quarantine"] == []
    answering = Answers(database)
    yield answering
    answering.close()
    database.close()


def ask(answers: Answers, **question: Any) -> str:
    """The seats that are found, in their order; the same now and as of moments in which all is known."""
    found = set()
    for moment in MOMENTS:
        asked = {"name": "seats", "committee": COMMITTEE, **question, **moment}
        found.add("".join(row["seat"] for row in answers.answer("register", asked)["rows"]))
    [seats] = found
    return seats


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("chuyen doi so", "ac"),
        ("CHUYỂN ĐỔI SỐ", "a"),
        ("đối số", "c"),
        ("doi", "abc"),
        ("số chuyen", "ac"),
        ("đoi", ""),  # a mark of its own, so nothing else is meant
        ("DOI TRUONG", "b"),
        ("100%", "b"),
        ("100_", ""),
        ("dan", "d"),
        ("dân", "d"),
        ("dạn", ""),
        ("giám\u0301", ""),
        ("Gia\u0301m đo\u0302\u0301c", "a"),  # written as letters and marks apart
        ("2041/qd-ubnd", "abcd"),
        ("  ", "abcd"),
    ],
)
def test_words_are_found_with_or_without_marks(answers: Answers, words: str, found: str) -> None:
    assert "".join(sorted(ask(answers, search=words))) == found


@pytest.mark.parametrize(
    ("between", "found"),
    [
        ({"from": "2022-03-15"}, "bcd"),  # some day of March
        ({"from": "2022-04-01"}, "cd"),
        ({"to": "2022-03-01"}, "ab"),
        ({"from": "2022", "to": "2022"}, "ab"),
        ({"from": "2023-05-01", "to": "2023-05-01"}, "c"),
        ({}, "abcd"),
    ],
)
def test_days_from_one_to_another_with_both(answers: Answers, between: dict[str, str], found: str) -> None:
    assert "".join(sorted(ask(answers, ranges={"since": between}))) == found


def test_numbers_from_one_to_another_with_both(answers: Answers) -> None:
    assert "".join(sorted(ask(answers, ranges={"place": {"from": 1, "to": "2"}}))) == "bc"
    assert ask(answers, ranges={"place": {"from": 10**30}}) == ""
    assert len(ask(answers, ranges={"place": {"from": -(10**30), "to": 10**30}})) == 4


def test_the_order_that_is_asked_for(answers: Answers) -> None:
    assert ask(answers, sort=["post"]) == "cdba"  # Chuyên, Dân, ĐỘI, Giám: đ stands beside d
    assert ask(answers, sort=["-post"]) == "abdc"
    assert ask(answers, sort=["-since"]) == "dcba"
    assert ask(answers, sort=["until", "-place"]) == "dcba"  # what is empty is alike


def test_pages_of_a_search_meet(answers: Answers) -> None:
    pages = [ask(answers, search="doi", sort=["post"], limit=1, offset=n) for n in range(4)]
    assert pages == [*ask(answers, search="doi", sort=["post"]), ""]


def test_only_the_columns_that_are_asked_for(answers: Answers) -> None:
    answer = answers.register(
        {"name": "seats", "committee": COMMITTEE, "columns": ["seat", "post"], "limit": 1}
    )
    assert answer["columns"] == ["seat", "post"]
    assert [list(row) for row in answer["rows"]] == [["seat", "post"]]
    assert answer["total"] == 4


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ({"sort": ["nosuch"]}, "sort.nosuch"),
        ({"sort": ["-doubts"]}, "sort.-doubts"),
        ({"columns": ["nosuch"]}, "columns.nosuch"),
        ({"ranges": {"post": {"from": "a"}}}, "ranges.post"),
        ({"ranges": {"since": {"to": "hôm qua"}}}, "ranges.since"),
        ({"ranges": {"place": {"to": "x"}}}, "ranges.place"),
        ({"ranges": {"since": {"until": "2022"}}}, "RegisterQuestion"),
        ({"search": "x" * 201}, "RegisterQuestion"),
    ],
)
def test_what_cannot_be_asked_is_told_with_what_can(
    answers: Answers, question: dict[str, Any], where: str
) -> None:
    with pytest.raises(InvalidRequest) as invalid:
        answers.answer("register", {"name": "seats", "committee": COMMITTEE, **question})
    assert invalid.value.where == where
    if where.split(".")[0] in ("sort", "columns", "ranges") and "nosuch" in where:
        assert "since" in invalid.value.what


def test_every_register_can_be_searched_and_sorted(answers: Answers) -> None:
    for name in REGISTERS:
        asked = {"name": name, "committee": COMMITTEE, "search": "không có gì như thế"}
        with pytest.raises(InvalidRequest) as invalid:
            answers.answer("register", {**asked, "sort": ["?"]})
        usable = invalid.value.what.split(": ")[-1].split(", ")
        assert answers.answer("register", {**asked, "sort": usable[:8]})["rows"] == []
