"""The page of what should be kept of a year against what is."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from services.gateway.app import create_app
from services.gateway.asking import Records
from tests.unit.cli.test_completeness import ANSWER, LINE
from tests.unit.gateway.conftest import HOSTILE


class Services:
    """The `records` service with one answer."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        assert method == "completeness"
        self.asked.append(payload)
        lines = [*ANSWER["lines"], {**LINE, "title": HOSTILE, "register": "outgoing", "state": "no_content"}]
        return {**payload, **ANSWER, "lines": lines, "position": 7}

    def running(self, service: str) -> int:
        return 1


@pytest.fixture
def asked() -> Services:
    return Services()


@pytest.fixture
def page(asked: Services) -> FlaskClient:
    return create_app(Records(asked, "langson", 2.0)).test_client()


def test_each_line_leads_to_its_record_and_shows_its_events(page: FlaskClient, asked: Services) -> None:
    told = page.get("/completeness?year=2026")
    assert told.status_code == 200
    for word in ('href="/meetings/hop-1"', "Biên bản họp", "meeting-langson.hop-1@2", "kho chưa có nội dung"):
        assert word in told.text
    assert HOSTILE not in told.text
    assert asked.asked[0] == {"committee": "langson", "year": 2026, "asked_by": "127.0.0.1"}


def test_for_programs_it_is_json(page: FlaskClient, asked: Services) -> None:
    assert page.get("/completeness.json").get_json()["totals"]["cited"] == 1
    assert asked.asked == [{"committee": "langson", "asked_by": "127.0.0.1"}]


@pytest.mark.parametrize("year", ["x", "1800", "²⁰²⁶", "99999999999"])
def test_what_is_no_year_is_said(page: FlaskClient, asked: Services, year: str) -> None:
    assert page.get("/completeness", query_string={"year": year}).status_code == 400
    assert asked.asked == []


def test_the_menu_leads_there(client: FlaskClient) -> None:
    assert 'href="/completeness"' in client.get("/").text
