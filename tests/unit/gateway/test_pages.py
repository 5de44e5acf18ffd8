"""The pages: what they show, in which form, and that nothing hostile gets through."""

import pytest
from flask.testing import FlaskClient

from services.gateway.asking import REGISTERS
from tests.unit.gateway.conftest import HOSTILE, FakeServices

JSON = {"Accept": "application/json"}


def test_the_overview_counts_every_register(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    for name in REGISTERS:
        assert f'href="/{name}"' in page.text
    assert client.get("/", headers=JSON).get_json()["registers"]["members"] == 1
    assert client.get("/index.json?as_of=2022-09-28").get_json()["as_of"] == "2022-09-28"


@pytest.mark.parametrize("name", REGISTERS)
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
    }
    assert "Theo tình trạng ngày 28/09/2022" in page
    assert "Mục 51–100 trong 120" in page
    assert 'rel="prev"' in page
    assert 'href="/members?as_of=2022-09-28&amp;page=3"' in page


def test_one_record_with_what_belongs_to_it_and_its_events(client: FlaskClient) -> None:
    page = client.get("/members/chu-tich?as_of=2022-09-28").text
    assert "member-langson.roster@0" in page
    assert 'href="https://example.org/nguon"' in page
    assert "D3, D8.1" in page
    assert "Danh sách Ban Chỉ đạo tại ngày 28/09/2022" in page
    assert client.get("/members/chu-tich.json").get_json()["events"]


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
