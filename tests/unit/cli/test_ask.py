"""`bcd ask`: the request that a service gets, the receipt or refusal that a person reads."""

import io
import json
from pathlib import Path
from typing import Any, ClassVar

import pytest

from services.cli import ask
from services.cli.errors import OK, REFUSED, USAGE
from shared.errors import Refused
from shared.settings import load_settings
from tests.unit.cli.conftest import Bcd

WHO = ("--person", "chuyen-vien", "--capacity", "team_member")
ID = "00000000-0000-4000-8000-000000000001"


class Fake:
    """The services; they refuse what is to be closed."""

    asked: ClassVar[list[tuple[str, str, dict[str, Any]]]] = []
    receipt: ClassVar[dict[str, Any]] = {}

    def __init__(self, uri: str) -> None: ...

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        Fake.asked.append((service, method, payload))
        if method == "close_case_file":
            raise Refused("D7.8.11", "the file lacks: minutes_paper", "meetings.FILE_IS_COMPLETE")
        return Fake.receipt

    def close(self) -> None: ...


@pytest.fixture(autouse=True)
def services(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    Fake.asked = []
    Fake.receipt = {
        "stream": "casefile-mau.x",
        "revision": 3,
        "position": 9,
        "events": ["e"],
        "repeated": False,
    }
    monkeypatch.setattr(ask, "Services", Fake)
    monkeypatch.setattr(ask, "running", lambda *needed: load_settings(amqp_uri="amqp://x"))


@pytest.fixture
def file(tmp_path: Path) -> str:
    made = tmp_path / "lenh.json"
    made.write_text('{"file_id": "meeting.hop"}', encoding="utf-8")
    return str(made)


def test_a_command_goes_out_as_a_request(bcd: Bcd, file: str) -> None:
    more = ("--committee", "mau", "--at", "2026-03-05", "--command-id", ID)
    said = bcd("ask", "meetings", "ReopenCaseFile", file, *WHO, *more)
    assert (said.status, said.err) == (OK, "")
    assert "casefile-mau.x@3" in said.out
    [(service, method, payload)] = Fake.asked
    assert (service, method) == ("meetings", "reopen_case_file")
    assert payload["actor"] == {"person": "chuyen-vien", "capacity": "team_member", "evidence": None}
    assert (payload["committee"], payload["effective_at"], payload["command_id"]) == ("mau", "2026-03-05", ID)
    assert payload["data"] == {"file_id": "meeting.hop"}


def test_the_name_of_the_method_and_standard_input_do_too(bcd: Bcd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("{}"))
    said = bcd("ask", "meetings", "reopen_case_file", "-", *WHO, "--json")
    assert json.loads(said.out) == Fake.receipt
    assert Fake.asked[0][2]["command_id"] in said.err, "so that it can be sent again"


def test_a_refusal_names_its_clause_and_what_is_needed(bcd: Bcd, file: str) -> None:
    said = bcd("ask", "meetings", "CloseCaseFile", file, *WHO)
    assert said.status == REFUSED
    assert "D7.8" in said.err
    assert "minutes_paper" in said.err


def test_a_command_that_changes_nothing_and_one_done_before_say_so(bcd: Bcd, file: str) -> None:
    Fake.receipt["repeated"] = True
    assert "first answer" in bcd("ask", "meetings", "ReopenCaseFile", file, *WHO).out
    Fake.receipt["events"] = []
    assert "Không ghi gì" in bcd("ask", "meetings", "ReopenCaseFile", file, *WHO).out


@pytest.mark.parametrize(
    ("service", "command", "told"),
    [
        ("records", "ReopenCaseFile", "meetings"),
        ("meetings", "ReopenCaseFil", "reopen_case_file"),
        ("meetings", "EnterCaseFile", "near it"),
    ],
)
def test_what_no_service_takes_is_said_with_what_is_near(
    bcd: Bcd, file: str, service: str, command: str, told: str
) -> None:
    said = bcd("ask", service, command, file, *WHO)
    assert said.status == USAGE
    assert told in said.err
    assert Fake.asked == []


@pytest.mark.parametrize(("text", "told"), [("{", "1:2"), ("[]", "JSON"), (None, "khong-co.json")])
def test_a_file_that_is_no_command_is_said(bcd: Bcd, tmp_path: Path, text: str | None, told: str) -> None:
    file = tmp_path / "khong-co.json"
    if text is not None:
        file.write_text(text)
    said = bcd("ask", "meetings", "ReopenCaseFile", str(file), *WHO)
    assert said.status == USAGE
    assert told in said.err
