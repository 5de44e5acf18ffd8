"""`bcd records`: tables for people, one JSON document for programs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from services.cli import looks, records, summary
from services.cli.asking import Records, asker
from services.cli.errors import NOT_FOUND, REFUSED, UNAVAILABLE
from shared.bus.rpc import ServiceUnavailable
from shared.errors import InvalidRequest, Refused
from shared.settings import Settings, load_settings
from tests.unit.cli.conftest import Bcd

ROW = {
    "committee": "langson",
    "seat": "chu-tich",
    "post": "Chủ tịch [bold]UBND[/bold] tỉnh",
    "role": "chair",
    "agency": "ubnd-tinh",
    "since": "2021-10-13",
    "until": None,
    "event": "member-langson.roster@0",
    "source": "https://example.org/nguon",
    "doubts": {"conflict": "19 hay 23"},
}
EVENT = {"effective": "2021-10-13", "type": "MemberAppointed", "reference": "x@0", "clauses": ["D6.1"]}


class Fake:
    """The services, answering for `records`."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.failure: Exception | None = None

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        assert service == "records"
        if self.failure:
            raise self.failure
        self.asked.append(payload)
        rows: list[dict[str, Any]] = [ROW]
        if payload["name"] == "agencies":
            rows = [{"agency": "ubnd-tinh", "name": "UBND tỉnh"}]
        if payload["name"] == "committees":
            rows = [{"committee": "langson", "name": "Ban Chỉ đạo"}]
        answer = {**payload, "columns": list(rows[0]), "rows": rows, "total": 3}
        if payload["committee"] == "nowhere":
            answer |= {"rows": [], "total": 0}
        return answer if method == "register" else {**answer, "related": {"seats": [ROW]}, "events": [EVENT]}


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch, data: object) -> Fake:
    fake = Fake()

    @contextmanager
    def asking(settings: Settings) -> Iterator[Records]:
        yield Records(fake, settings)

    monkeypatch.setenv("AMQP_URI", "amqp://localhost//")
    monkeypatch.setattr(records, "asking", asking)
    return fake


def test_a_committee_that_was_never_recorded_is_no_empty_register(bcd: Bcd, services: Fake) -> None:
    said = bcd("records", "list", "members", "--committee", "nowhere")
    assert said.status == 0
    assert "Chưa ghi nhận Ban Chỉ đạo nào mang mã nowhere" in said.err
    assert bcd("records", "list", "members").err == ""


def test_a_table_for_people(bcd: Bcd, services: Fake) -> None:
    said = bcd("records", "list", "members", "--as-of", "2022-09-28")
    assert said.status == 0
    assert said.err == ""
    for part in ("Danh sách thành viên, tại ngày 28/09/2022", "Chức danh", "Trưởng Ban", "UBND tỉnh"):
        assert part in said.out
    assert "[bold]" in said.out  # shown as it is, never read as markup
    assert "mâu thuẫn" in said.out
    assert "1 trong 3 mục" in said.out
    assert "--offset 1" in said.out
    assert max(map(len, said.out.splitlines())) <= 100


def test_one_json_document_for_programs(bcd: Bcd, services: Fake) -> None:
    said = bcd("records", "list", "members", "--where", "role=chair", "--limit", "5", "--json")
    assert json.loads(said.out)["rows"][0]["post"] == ROW["post"]
    assert said.err == ""
    assert services.asked == [
        {
            "name": "members",
            "committee": "langson",
            "limit": 5,
            "offset": 0,
            "filters": {"role": "chair"},
            "asked_by": asker(),
        }
    ]


def test_all_that_may_be_asked_of_a_register_is_asked(bcd: Bcd, services: Fake) -> None:
    said = bcd(
        *("records", "list", "members", "--search", "chu tich", "--sort", "-since", "--sort", "post"),
        *("--from", "since=2021-01-01", "--to", "since=2021-12-31", "--to", "place=9", "--column", "post"),
        *("--at-position", "4014", "--recorded-by", "2026-11-23T12:00:00+07:00"),
    )
    assert (said.status, said.err) == (0, "")
    [question] = [one for one in services.asked if "search" in one]
    assert question == {
        "name": "members",
        "committee": "langson",
        "at_position": 4014,
        "recorded_by": "2026-11-23T12:00:00+07:00",
        "limit": 100,
        "offset": 0,
        "search": "chu tich",
        "ranges": {"since": {"from": "2021-01-01", "to": "2021-12-31"}, "place": {"to": "9"}},
        "sort": ["-since", "post"],
        "columns": ["post"],
        "asked_by": asker(),
    }
    assert "tại vị trí 4014" in said.out
    wrong = bcd("records", "list", "members", "--from", "since")
    assert (wrong.status, "--from since" in wrong.err) == (2, True)


def test_who_looked_and_how_often(bcd: Bcd, monkeypatch: pytest.MonkeyPatch, services: Fake) -> None:
    line: dict[str, Any] = {
        "at": "2026-11-23T05:00:00.000000+00:00",
        "asked_by": "van-thu",
        "question": "show",
    }
    line |= {"register": "meetings", "record": "hop-1", "moment": None}
    asked: list[dict[str, Any]] = []

    def call(service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        asked.append({"method": method, **payload})
        return {"columns": list(line), "rows": [line], "total": 1}

    monkeypatch.setattr(services, "call", call)

    @contextmanager
    def asking(settings: Settings) -> Iterator[Records]:
        yield Records(services, settings)

    monkeypatch.setattr(looks, "asking", asking)
    said = bcd("records", "looks", "--since", "2026-11-01", "--by-record")
    assert said.status == 0
    for part in ("van-thu", "xem hồ sơ", "hop-1", "Người xem"):
        assert part in said.out
    assert "Trạng thái được xem" not in said.out  # nobody asked for the past
    assert asked[0]["method"] == "looks"
    assert (asked[0]["since"], asked[0]["by_record"]) == ("2026-11-01", True)
    assert json.loads(bcd("records", "looks", "--json").out)["rows"] == [line]


def test_one_record_with_its_events(bcd: Bcd, services: Fake) -> None:
    said = bcd("records", "show", "members", "chu-tich")
    for part in ("Các nguồn mâu thuẫn: 19 hay 23", "MemberAppointed", "D6.1", "https://example.org/nguon"):
        assert part in said.out
    assert json.loads(bcd("records", "show", "members", "chu-tich", "--json").out)["events"] == [EVENT]


def test_a_service_that_is_away(bcd: Bcd, services: Fake) -> None:
    services.failure = ServiceUnavailable("records", "Dịch vụ records hiện không chạy. / Not running.")
    said = bcd("records", "list", "members", "--json")
    assert (said.status, said.out) == (UNAVAILABLE, "")
    assert said.err.strip() == "Dịch vụ records hiện không chạy. / Not running."


def test_a_record_that_is_not_there(bcd: Bcd, services: Fake) -> None:
    services.failure = InvalidRequest("id", "không có / no record")
    said = bcd("records", "show", "members", "nobody")
    assert said.status == NOT_FOUND
    assert "bcd records list members" in said.err


def test_a_refusal_names_its_clause(bcd: Bcd, services: Fake) -> None:
    services.failure = Refused("D6.1.d", "thiếu ý kiến bằng văn bản")
    said = bcd("records", "list", "members")
    assert said.status == REFUSED
    assert "D6.1.d: thiếu ý kiến bằng văn bản" in said.err


def test_the_id_to_ask_for_stands_in_the_table(bcd: Bcd, services: Fake) -> None:
    assert "chu-tich\n" in "\n".join(
        line.strip() for line in bcd("records", "list", "members").out.splitlines()
    )


def test_opinions_come_with_their_rounds(bcd: Bcd, services: Fake) -> None:
    said = bcd("records", "list", "opinions", "--as-of", "2022-09-28")
    assert said.out.index("Đợt lấy ý kiến") < said.out.index("Sổ lấy ý kiến")
    asked = [question for question in services.asked if question["name"].startswith("opinion")]
    assert [question["as_of"] for question in asked] == ["2022-09-28"] * 2


def test_the_summary_names_every_register_with_its_first_entries(
    services: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def asking(settings: Settings) -> Iterator[Records]:
        yield Records(services, settings)

    monkeypatch.setattr(summary, "asking", asking)
    console = Console(file=StringIO(), width=100)
    summary.print_summary(load_settings(), console)
    told = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO from above
    for part in ("Danh sách thành viên", "Sổ theo dõi nhiệm vụ", "Đợt lấy ý kiến", "Trưởng Ban"):
        assert part in told
    assert len(told.splitlines()) < 40
