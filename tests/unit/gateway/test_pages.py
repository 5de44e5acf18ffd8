"""The pages: what they show, in which form, and that nothing hostile gets through."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from services.gateway.app import create_app
from services.gateway.asking import MORE, REGISTERS, Records
from services.gateway.links import address_of, source_address
from tests.unit.gateway.conftest import HOSTILE, ROUND, ROWS, FakeServices

JSON = {"Accept": "application/json"}


def test_the_overview_counts_every_register(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    for name in REGISTERS:
        assert f'href="/{name}"' in page.text
    assert client.get("/", headers=JSON).get_json()["registers"]["members"] == 1
    assert client.get("/index.json?as_of=2022-09-28").get_json()["as_of"] == "2022-09-28"


@pytest.mark.parametrize("name", [*REGISTERS, *MORE])
def test_every_register_has_a_page_and_json(client: FlaskClient, name: str) -> None:
    page = client.get(f"/{name}")
    assert page.status_code == 200
    assert '<html lang="vi">' in page.text
    assert page.text.count("<h1>") == 1
    for answer in (client.get(f"/{name}.json"), client.get(f"/{name}", headers=JSON)):
        assert answer.mimetype == "application/json"
        assert answer.get_json()["name"] == name


def test_a_register_speaks_vietnamese_and_shows_its_doubts(client: FlaskClient) -> None:
    page = client.get("/members").text
    assert "Trưởng Ban" in page
    assert "13/10/2021" in page
    assert "UBND tỉnh" in page
    assert "<caption>" in page
    for mark in ("suy ra", "không nêu", "mâu thuẫn", "thiếu"):
        assert mark in page
    assert "19 hay 23" in page


def test_a_browser_gets_a_page(client: FlaskClient) -> None:
    accept = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    assert client.get("/members", headers=accept).mimetype == "text/html"
    assert client.get("/members", headers={"Accept": "*/*"}).mimetype == "text/html"


def test_as_of_and_page_are_asked_of_records(client: FlaskClient, services: FakeServices) -> None:
    services.total = 120
    page = client.get("/members?as_of=2022-09-28&page=2").text
    method, question = services.asked[0]
    assert method == "register"
    assert question == {
        "committee": "langson",
        "name": "members",
        "as_of": "2022-09-28",
        "limit": 50,
        "offset": 50,
        "asked_by": "127.0.0.1",
    }
    assert "Theo tình trạng ngày 28/09/2022" in page
    assert "Mục 51–100 trong 120" in page
    assert 'rel="prev"' in page
    assert 'href="/members?as_of=2022-09-28&amp;page=3"' in page


def test_search_order_days_and_the_moment_are_asked_of_records(
    client: FlaskClient, services: FakeServices
) -> None:
    services.total = 120
    address = (
        "/meetings?search=quy+hop&sort=-held&by=held&from=2022-01-01&to=2022-12-31&at_position=4014"
        "&recorded_by=2026-11-23T12:00:00%2B07:00&page=2"
    )
    page = client.get(address).text
    assert services.asked[0][1] == {
        "committee": "langson",
        "name": "meetings",
        "at_position": 4014,
        "recorded_by": "2026-11-23T12:00:00+07:00",
        "limit": 50,
        "offset": 50,
        "search": "quy hop",
        "sort": ["-held"],
        "ranges": {"held": {"from": "2022-01-01", "to": "2022-12-31"}},
        "asked_by": "127.0.0.1",
    }
    assert "tại vị trí 4014" in page
    assert "23/11/2026 12:00:00" in page
    assert 'aria-sort="descending"' in page
    # the next page and the other orders keep all else; a record is shown as of the same moment
    for part in ("search=quy+hop", "by=held", "from=2022-01-01", "at_position=4014", "sort=-held", "page=3"):
        assert part in next(line for line in page.splitlines() if 'rel="next"' in line)
    assert "sort=title" in page
    assert "/meetings/hop/1%20a?at_position=4014" in page
    assert '<option value="held" selected>' in page


def test_a_search_that_finds_nothing_says_so(client: FlaskClient) -> None:
    assert "Không có mục nào như đã tìm" in client.get("/tasks?search=khong+co").text


@pytest.mark.parametrize("wrong", ["from=2022", "to=x", "at_position=-1", "at_position=x", "as_of=hôm qua"])
def test_a_question_that_cannot_be_is_a_problem(client: FlaskClient, wrong: str) -> None:
    assert client.get(f"/meetings?{wrong}").status_code == 400


def test_one_record_with_what_belongs_to_it_and_its_events(client: FlaskClient) -> None:
    page = client.get("/members/chu-tich?as_of=2022-09-28").text
    assert "member-langson.roster@0" in page
    assert 'href="https://example.org/nguon"' in page
    assert "D3, D8.1" in page
    assert "Danh sách Ban Chỉ đạo tại ngày 28/09/2022" in page
    assert client.get("/members/chu-tich.json").get_json()["events"]


def test_a_list_of_steps_in_a_record_is_a_table(client: FlaskClient) -> None:
    page = client.get("/meetings/hop/1%20a").text
    table = page[page.index('<table class="within">') :]
    assert [part.split("<")[0] for part in table.split('<th scope="col">')[1:5]][-1] == "Mã sự kiện"
    assert "<code>meeting-langson.x@1</code>" in table
    assert HOSTILE not in page


def test_an_object_in_a_record_tells_its_values_too(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = {"agree": 5, "disagree": 1, "no_answer": 2}
    monkeypatch.setitem(ROWS, "opinion_rounds", [{**ROUND, "tally": tally, "round": "y-kien-1"}])
    row = ROWS["opinion_rounds"][0]
    record = next(value for name, value in row.items() if name != "committee")
    page = client.get(f"/opinion_rounds/{record}").text
    for told in ("Đồng ý: 5", "Không đồng ý: 1", "Không trả lời: 2"):
        assert f"<li>{told}</li>" in page
    assert "no_answer" not in page


def test_a_record_is_found_by_an_id_with_any_characters(client: FlaskClient) -> None:
    assert 'href="/meetings/hop/1%20a"' in client.get("/meetings").text
    assert client.get("/meetings/hop/1%20a").status_code == 200


@pytest.mark.parametrize(
    "address", ["/meetings", "/meetings/hop/1%20a", f"/meetings/{HOSTILE}", f"/{HOSTILE}"]
)
def test_nothing_hostile_gets_through(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert "<script" not in page
    assert 'href="javascript:' not in page


def test_the_browser_is_told_to_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    for address in ("/", "/members", "/nope", "/health", "/static/style.css"):
        headers = client.get(address).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    for address in ("/", "/members", "/members/chu-tich"):
        page = client.get(address).text
        assert " style=" not in page
        assert "<script" not in page


def test_names_of_agencies_are_asked_once(client: FlaskClient, services: FakeServices) -> None:
    for _ in range(3):
        client.get("/members")
    assert [question["name"] for _, question in services.asked].count("agencies") == 1


def test_the_overview_shows_the_committee_and_every_other_register(client: FlaskClient) -> None:
    page = client.get("/?as_of=2022-09-28").text
    for part in (
        "Ban Chỉ đạo cũ",
        "từ 17/06/2020",
        "64/QĐ-BCĐ",
        'href="/agencies/ubnd-tinh?as_of=2022-09-28"',
    ):
        assert part in page
    for name in MORE:
        assert f'href="/{name}?as_of=2022-09-28"' in page


@pytest.mark.parametrize("address", ["/opinions", "/opinion_rounds"])
def test_rounds_and_opinions_are_read_together(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert 'href="/opinion_rounds/dot-1"' in page
    assert ">2</td>" in page  # how many were asked
    assert "Chưa kết thúc" in page
    assert "Chưa có ý kiến nào được ghi" in page


def test_those_who_were_asked_are_called_as_on_that_day(client: FlaskClient, services: FakeServices) -> None:
    page = client.get("/opinion_rounds/dot-1").text
    assert ">Chủ tịch UBND tỉnh</a>" in page
    [seats] = [question for _, question in services.asked if question["name"] == "seats"]
    assert seats["as_of"] == "2022-09-28"


def test_the_list_of_members_shows_head_counts_and_the_way_to_former_seats(client: FlaskClient) -> None:
    page = client.get("/members").text
    assert 'href="/seats"' in page
    assert "Số thành viên theo tin của Văn phòng UBND tỉnh" in page
    assert ">19</td>" in page
    assert ">23</td>" in page
    assert 'href="https://example.org/tin" rel="noopener noreferrer external"' in page


def test_an_event_tells_who_acted_why_and_what_is_doubtful(client: FlaskClient) -> None:
    page = client.get("/meetings/hop/1%20a").text
    for part in ("Triệu tập cuộc họp", "MeetingConvened", "Trưởng Ban từ 13/10/2021", "su-kien", "quý"):
        assert part in page


def test_a_page_after_the_last_says_so(client: FlaskClient, services: FakeServices) -> None:
    services.total = 3
    page = client.get("/tasks?page=9&as_of=2022-09-28").text
    assert "sổ có 3 mục" in page
    assert 'href="/tasks?as_of=2022-09-28"' in page


def test_a_wrong_day_can_be_mended_on_the_spot(client: FlaskClient) -> None:
    page = client.get("/tasks?as_of=28/09/2022")
    assert page.status_code == 400
    assert "28/09/2022 không phải là ngày" in page.text
    assert 'action="/tasks"' in page.text


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://a.vn/x", "https://a.vn/x"),
        ("http://a.vn", "http://a.vn"),
        ("javascript:alert(1)", None),
        ("quy-che.txt", None),
        ("https://", None),
        ("https://user@a.vn", None),
        ("https://[", None),
        (None, None),
    ],
)
def test_only_the_web_is_linked(source: str | None, address: str | None) -> None:
    assert source_address(source) == address


def test_where_a_value_leads() -> None:
    assert address_of("meeting", "m1") == ("meetings", "m1")
    assert address_of("seat", "s1") == ("seats", "s1")
    assert address_of("origin", "programme:p:1") == ("programmes", "p:1")
    assert address_of("origin", "assignment") is None
    assert address_of("meeting", None) is None


def test_a_demonstration_goes_by_its_clock_and_says_so(services: FakeServices) -> None:
    records = Records(services, "mau", 2.0)
    shown = create_app(records, lambda: date(2026, 1, 12), demonstrates=True).test_client()
    assert "đồng hồ đặt ở ngày 12/01/2026" in shown.get("/members").text
    assert "Hệ thống trình diễn" not in create_app(records).test_client().get("/members").text
