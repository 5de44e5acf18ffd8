"""Every expected error is one sentence in both languages and a documented exit status."""

import json
import re
from pathlib import Path

import pytest

from services.cli import errors
from services.cli.errors import cli_error, explained
from shared.bus.broker import BrokerError
from shared.bus.rpc import RemoteFailure, ServiceUnavailable
from shared.errors import Contended, InvalidRequest, Refused, StoreDown, UnknownEvent
from shared.eventstore.port import StoreUnavailable
from shared.settings import CONFIGURATION_ERROR, SettingsError
from tests.unit.cli.conftest import Bcd

README = Path(errors.__file__).with_name("README.md")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused("D6.1.d", "thiếu ý kiến"), errors.REFUSED),
        (InvalidRequest("name", "unknown"), errors.USAGE),
        (Contended("task-x"), errors.UNAVAILABLE),
        (UnknownEvent("X", "s", "0", "why"), errors.FAILED),
        (ServiceUnavailable("records", "không chạy / not running"), errors.UNAVAILABLE),
        (StoreDown("no answer"), errors.UNAVAILABLE),
        (StoreUnavailable("no answer\nsecond line"), errors.UNAVAILABLE),
        (BrokerError("không có / none"), errors.UNAVAILABLE),
        (RemoteFailure("LookupError", "x"), errors.FAILED),
        (SettingsError("sai / wrong"), CONFIGURATION_ERROR),
        (cli_error("no_file", errors.USAGE, file="x"), errors.USAGE),
        (OSError(""), errors.FAILED),
    ],
)
def test_one_sentence_and_a_status(error: Exception, status: int) -> None:
    sentence, found = explained(error)
    assert found == status
    assert " / " in sentence
    assert "\n" not in sentence


def test_the_readme_documents_every_exit_status() -> None:
    documented = {
        int(n) for n in re.findall(r"^\| (\d+) \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    }
    known = {value for name, value in vars(errors).items() if name.isupper() and isinstance(value, int)}
    assert documented == known


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("events",),
        ("rebuild",),
        ("tail",),
        ("records", "list", "members"),
        ("records", "show", "meetings", "x"),
        ("import", __file__),
    ],
)
def test_without_a_running_system_one_sentence_tells_to_start_it(bcd: Bcd, command: tuple[str, ...]) -> None:
    said = bcd(*command)
    assert said.status == errors.NOT_RUNNING
    assert said.out == ""
    assert "make run" in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    [
        ("records", "list", "members", "--as-of", "hôm qua"),
        ("records", "list", "members", "--as-of", "20220928"),
        ("records", "list", "members", "--where", "role"),
        ("events", "--since", "28/9/2022"),
        ("import", "no-such-file.yaml"),
        ("run", "--import", "no-such-file.yaml"),
    ],
)
def test_a_wrong_argument_is_one_sentence(bcd: Bcd, command: tuple[str, ...]) -> None:
    said = bcd(*command)
    assert said.status == errors.USAGE
    assert len(said.err.splitlines()) == 1
    assert " / " not in said.out


@pytest.mark.parametrize(
    "command", [("records", "list"), ("records", "list", "x", "--limit", "0"), ("nonsense",)]
)
def test_wrong_usage_is_told_without_a_traceback(bcd: Bcd, command: tuple[str, ...]) -> None:
    said = bcd(*command)
    assert said.status == errors.USAGE
    assert "Traceback" not in said.err


def test_a_wrong_setting_is_one_sentence(bcd: Bcd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BCD_HTTP_PROT", "1")
    said = bcd("status")
    assert said.status == CONFIGURATION_ERROR
    assert "BCD_HTTP_PROT" in said.err


def test_help_is_in_both_languages(bcd: Bcd) -> None:
    said = bcd("--help")
    assert said.status == 0
    assert "Xem các sổ" in said.out
    assert "Look at the registers" in said.out


def test_the_names_of_the_registers_as_one_json_document(bcd: Bcd) -> None:
    said = bcd("records", "names", "--json")
    assert said.err == ""
    assert json.loads(said.out)["members"]["en"]


def test_wrong_usage_is_told_in_vietnamese_first(bcd: Bcd) -> None:
    said = bcd("records", "list", "tasks", "--limit", "x")
    assert said.status == errors.USAGE
    assert said.err.startswith("Lệnh chưa đúng / Wrong usage: ")
    assert "records list --help" in said.err


def test_without_a_command_the_help_is_shown(bcd: Bcd) -> None:
    said = bcd()
    assert said.status == errors.USAGE
    assert "records" in said.out + said.err
    assert "Lệnh chưa đúng" not in said.err
