"""The page of two moments: what it asks for, what it shows, and what it refuses."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from services.gateway.app import create_app
from services.gateway.asking import Records
from tests.unit.gateway.conftest import HOSTILE

DAYS = ["2025-01-02", "2025-06-30", "2025-07-01"]
CHANGED: dict[str, Any] = {
    "register": "agencies",
    "key": {"agency": "so-a"},
    "kind": "changed",
    "columns": {"name": {"from": "Sở A", "to": HOSTILE}},
    "causes": ["agency-langson.register@3"],
}


class Dictated:
    """A `records` service that differs in one agency, and remembers what it was asked."""

    def __init__(self, days: list[str]) -> None:
        self.days, self.asked = days, dict[str, Any]()

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        if method == "days":
            return {"days": [{"day": day, "events": 1, "position": 9} for day in self.days], "position": 9}
        if method == "difference":
            self.asked = payload
            found = [CHANGED] if self.days else []
            totals = {"agencies": {"added": 0, "removed": 0, "changed": 1}} if found else {}
            told = {"total": len(found), "totals": totals, "differences": found}
            return {**payload, **told, "events": 1, "position": 9}
        return {"rows": [], "columns": [], "total": 0, "position": 9}

    def running(self, service: str) -> int:
        return 1


@pytest.fixture
def service() -> Dictated:
    return Dictated(DAYS)


@pytest.fixture
def visitor(service: Dictated) -> FlaskClient:
    return create_app(Records(service, "langson", 1.0)).test_client()


def test_the_sliders_stand_for_days(visitor: FlaskClient, service: Dictated) -> None:
    page = visitor.get("/difference?from_step=0&to_step=1").text
    assert (service.asked["before"], service.asked["after"]) == ("2025-01-02", "2025-06-30")
    assert 'max="2"' in page
    assert "02/01/2025" in page


def test_a_moment_in_words_goes_before_the_slider(visitor: FlaskClient, service: Dictated) -> None:
    visitor.get("/difference?from=@5&from_step=0&to=now&register=agencies")
    assert (service.asked["before"], service.asked["after"]) == ("@5", "now")
    assert service.asked["registers"] == ["agencies"]


def test_a_record_shows_before_after_and_its_events(visitor: FlaskClient) -> None:
    page = visitor.get("/difference").text
    assert "<del>Sở A</del>" in page
    assert "agency-langson.register@3" in page
    assert HOSTILE not in page


def test_only_this_page_has_a_script_and_only_its_own(visitor: FlaskClient) -> None:
    assert "script-src 'self'" in visitor.get("/difference").headers["Content-Security-Policy"]
    assert "script-src 'none'" in visitor.get("/compliance.json").headers["Content-Security-Policy"]
    assert visitor.get("/static/slider.js").status_code == 200


def test_no_moment_is_told_and_nothing_is_asked(visitor: FlaskClient, service: Dictated) -> None:
    answer = visitor.get("/difference.json?from=h%C3%B4m-qua")
    assert answer.status_code == 400
    assert "2022-09-28" in answer.text
    assert service.asked == {}


@pytest.mark.parametrize("step", ["-1", "99", "x", "9" * 20, "²"])
def test_a_slider_beyond_its_ends_counts_as_not_moved(
    visitor: FlaskClient, service: Dictated, step: str
) -> None:
    assert visitor.get("/difference", query_string={"from_step": step}).status_code == 200
    assert service.asked["before"] == DAYS[-1]


def test_a_committee_without_events_has_a_page_too() -> None:
    visitor = create_app(Records(Dictated([]), "langson", 1.0)).test_client()
    assert visitor.get("/difference").status_code == 200


def test_as_json(visitor: FlaskClient) -> None:
    assert visitor.get("/difference.json?from=2025-01-02").json["differences"] == [CHANGED]  # type: ignore[index]
