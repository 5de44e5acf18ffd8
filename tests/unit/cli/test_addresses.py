"""Where the running system is: written for its owner alone; the environment goes first."""

import stat
from pathlib import Path

import pytest

from services.cli.addresses import NAME, forget_addresses, read_addresses, running, write_addresses
from services.cli.errors import NOT_RUNNING, CliError
from shared.settings import load_settings


def _write(data: Path) -> Path:
    data.mkdir(exist_ok=True)
    settings = load_settings(amqp_uri="amqp://a:geheim@h//", esdb_uri="esdb://h:1?Tls=false")
    return write_addresses(settings, "http://127.0.0.1:8064/")


def test_only_its_owner_may_read_it(data: Path) -> None:
    path = _write(data)
    path.chmod(0o644)
    assert stat.S_IMODE(_write(data).stat().st_mode) == 0o600


def test_the_other_commands_find_the_system(data: Path) -> None:
    _write(data)
    found = running("amqp_uri", "esdb_uri")
    assert found.amqp_uri == "amqp://a:geheim@h//"
    assert read_addresses(found)["gateway"] == "http://127.0.0.1:8064/"


def test_the_environment_goes_first(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(data)
    monkeypatch.setenv("AMQP_URI", "amqp://elsewhere//")
    found = running("amqp_uri")
    assert (found.amqp_uri, found.esdb_uri) == ("amqp://elsewhere//", "esdb://h:1?Tls=false")


def test_the_committee_is_the_one_that_runs(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data.mkdir()
    write_addresses(load_settings(amqp_uri="amqp://h//", committee="mau"), "http://127.0.0.1:8064/")
    assert running("amqp_uri").committee == "mau"
    monkeypatch.setenv("BCD_COMMITTEE", "langson")
    assert running("amqp_uri").committee == "langson"


def test_what_is_missing_is_named(data: Path) -> None:
    _write(data)
    with pytest.raises(CliError, match="DATABASE_URL") as told:
        running("database_url")
    assert told.value.status == NOT_RUNNING
    forget_addresses(load_settings())
    assert not (data / NAME).exists()


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_broken_file_is_one_sentence_without_its_content(data: Path, content: str) -> None:
    data.mkdir()
    (data / NAME).write_text(content)
    with pytest.raises(CliError, match="make run"):
        running("amqp_uri")
