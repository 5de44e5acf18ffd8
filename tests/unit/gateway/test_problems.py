"""Errors: one table, problem+json for programs, a clear page for people."""

import logging

import pytest
from flask.testing import FlaskClient
from werkzeug.exceptions import ImATeapot

from services.gateway.problems import TABLE, problem_of
from services.gateway.questions import BadDate, BadNumber, NoRecord
from shared.bus.rpc import RemoteFailure, ServiceUnavailable
from shared.errors import CommandIdReused, Contended, InvalidRequest, Refused, StoreDown, UnknownEvent
from tests.unit.gateway.conftest import FakeServices

JSON = {"Accept": "application/json"}


@pytest.mark.parametrize(
    ("error", "status", "key"),
    [
        (BadDate("x"), 400, "bad_date"),
        (BadNumber("page", 1, 9), 400, "bad_page"),
        (NoRecord("members", "x"), 404, "no_record"),
        (Refused("D6.1.d", "thiếu ý kiến"), 409, "refused"),
        (InvalidRequest("name", "x"), 400, "invalid"),
        (CommandIdReused("x"), 409, "conflict"),
        (Contended("s"), 409, "conflict"),
        (ServiceUnavailable("records", "không chạy"), 503, "unavailable"),
        (StoreDown("x"), 503, "unavailable"),
        (RemoteFailure("LookupError", "secret"), 502, "remote"),
        (UnknownEvent("X", "s", "0", "why"), 502, "remote"),
        (ImATeapot(), 418, "bad_request"),
        (KeyError("secret"), 500, "internal"),
    ],
)
def test_the_table(error: Exception, status: int, key: str) -> None:
    problem = problem_of(error)
    assert (problem.status, problem.key) == (status, key)
    told = problem.as_dict("/members")
    assert {"type", "title", "status", "detail", "instance"} <= told.keys()
    assert "secret" not in str(told)


def test_a_special_line_stands_before_a_general_one() -> None:
    kinds = [kind for kind, _ in TABLE]
    for n, kind in enumerate(kinds):
        assert not any(issubclass(kind, earlier) for earlier in kinds[:n])


@pytest.mark.parametrize(
    "value", ["x", "2022-13-01", "20220928", "2022-09-28T00:00", "28/09/2022", "2022-W01-1"]
)
def test_a_day_that_is_none(client: FlaskClient, services: FakeServices, value: str) -> None:
    for address in ("/", "/members", "/members/chu-tich"):
        answer = client.get(address, query_string={"as_of": value}, headers=JSON)
        assert answer.status_code == 400
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["type"] == "urn:bcd:problem:bad_date"
        assert value in answer.get_json()["detail"]
    assert services.asked == []


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "x", "²", "9" * 30])
def test_a_page_that_is_none(client: FlaskClient, value: str) -> None:
    assert client.get("/members", query_string={"page": value}).status_code == 400


def test_an_empty_day_means_now(client: FlaskClient, services: FakeServices) -> None:
    assert client.get("/members?as_of=").status_code == 200
    assert "as_of" not in services.asked[0][1]


@pytest.mark.parametrize(
    ("address", "key"), [("/nope", "not_found"), ("/members/nobody", "no_record"), ("/nope/x", "not_found")]
)
def test_what_is_not_there(client: FlaskClient, address: str, key: str) -> None:
    page = client.get(address)
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert 'role="alert"' in page.text
    answer = client.get(address, headers=JSON)
    assert answer.get_json()["type"].endswith(key)
    assert answer.get_json()["instance"] == address


def test_nothing_can_be_changed_here(client: FlaskClient) -> None:
    answer = client.post("/members", json={})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_while_records_is_away(client: FlaskClient, services: FakeServices) -> None:
    services.failure = ServiceUnavailable("records", "Dịch vụ records hiện không chạy.")
    page = client.get("/members")
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert "không chạy" in page.text


def test_a_fault_is_logged_under_a_number_and_not_shown(
    client: FlaskClient, services: FakeServices, caplog: pytest.LogCaptureFixture
) -> None:
    services.failure = ZeroDivisionError("secret")
    with caplog.at_level(logging.ERROR):
        page = client.get("/members")
    assert page.status_code == 500
    assert "secret" not in page.text
    number = caplog.records[0].getMessage().split()[1].rstrip(":")
    assert number in page.text


def test_health(client: FlaskClient, services: FakeServices) -> None:
    assert client.get("/health").get_json() == {"live": True, "ready": True, "broker": True, "records": True}
    services.failure = ServiceUnavailable("records", "không chạy")
    for address in ("/health", "/health/ready"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer.get_json()["ready"] is False
    assert client.get("/health/live").status_code == 200


def test_each_language_is_told_in_its_own_place() -> None:
    told = problem_of(ServiceUnavailable("records", "Không trả lời. / No answer.")).as_dict("/")
    assert told["detail"].startswith("Không trả lời. Dữ liệu")
    assert told["detail_en"].startswith("No answer. No data")


def test_a_register_is_called_by_its_name_in_each_language() -> None:
    told = problem_of(NoRecord("meetings", "x"))
    assert "“Sổ theo dõi cuộc họp”" in told.help
    assert "“Meetings register”" in told.help_en
