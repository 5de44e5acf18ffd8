"""The settings of the store: they reach every process, and what they hide is shown nowhere."""

import subprocess
import sys
import traceback
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from services.cli import health
from services.cli.addresses import running, write_addresses
from services.cli.main import main
from services.cli.system import environment
from shared.eventstore.connect import open_store
from shared.eventstore.esdb import Access, EsdbStore
from shared.eventstore.esdb.address import Address, address_of
from shared.settings import CONFIGURATION_ERROR, SettingsError, load_settings
from tests.contract.store.certificates import Papers
from tests.contract.store.stores import PATIENCE, ROOT

SECRET = "geheim"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BCD_DATA", str(tmp_path))
    monkeypatch.setenv("ESDB_URI", "esdb://store.example:2113")
    return tmp_path


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[Access]:
    """What the client is given; nothing is connected."""
    seen: list[Access] = []

    def look(uri: str, access: Access, **more: float | None) -> Address:
        seen.append(access)
        return address_of(uri, access, **more)

    monkeypatch.setattr("shared.eventstore.esdb.store.address_of", look)
    return seen


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return Papers(tmp_path_factory.mktemp("papers"))


def test_they_reach_the_client(
    data: Path, papers: Papers, given: list[Access], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BCD_STORE_USER", "thu")
    monkeypatch.setenv("BCD_STORE_PASSWORD", SECRET)
    monkeypatch.setenv("BCD_STORE_CA_FILE", str(papers.certificate("ca")))
    monkeypatch.setenv("BCD_STORE_CERTIFICATE_FILE", str(papers.certificate("client")))
    monkeypatch.setenv("BCD_STORE_KEY_FILE", str(papers.key("client")))
    timed: list[float] = []
    known = EsdbStore.__init__

    def look(self: EsdbStore, *positional: Any, deadline: float, **more: Any) -> None:
        timed.append(deadline)
        known(self, *positional, deadline=deadline, **more)

    monkeypatch.setattr(EsdbStore, "__init__", look)
    open_store(load_settings()).close()
    assert timed == [load_settings().store_limit]
    paths = papers.certificate("ca"), papers.certificate("client"), papers.key("client")
    assert given == [Access("thu", SECRET, *paths)]


def test_the_password_may_stand_in_a_file(
    data: Path, given: list[Access], monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "password").write_text(f"{SECRET}\n")
    monkeypatch.setenv("BCD_STORE_USER", "thu")
    monkeypatch.setenv("BCD_STORE_PASSWORD_FILE", str(data / "password"))
    open_store(load_settings()).close()
    assert given[0].password == SECRET


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"USER": "thu"}, "BCD_STORE_USER and BCD_STORE_PASSWORD go together"),
        ({"PASSWORD": SECRET}, "BCD_STORE_USER and BCD_STORE_PASSWORD go together"),
        ({"USER": "thu", "PASSWORD": SECRET, "PASSWORD_FILE": "password"}, "Set only one of"),
        ({"USER": "thu", "PASSWORD_FILE": "missing"}, "BCD_STORE_PASSWORD_FILE.*not a file that can be read"),
        ({"USER": "thu", "PASSWORD_FILE": "empty"}, "the file is empty"),
        ({"CA_FILE": "missing"}, "BCD_STORE_CA_FILE"),
        ({"CA_FILE": "empty"}, "holds no certificate"),
        ({"KEY_FILE": "empty"}, "BCD_STORE_CERTIFICATE_FILE and BCD_STORE_KEY_FILE go together"),
    ],
)
def test_what_is_wrong_with_them_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], said: str
) -> None:
    (data / "empty").touch()
    (data / "password").write_text(SECRET)
    for name, value in variables.items():
        shown = str(data / value) if name.endswith("FILE") else value
        monkeypatch.setenv(f"BCD_STORE_{name}", shown)
    with pytest.raises(SettingsError, match=said) as told:
        open_store(load_settings())
    assert SECRET not in "".join(traceback.format_exception(told.value))


def test_nothing_is_started_with_a_store_that_cannot_be_used(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "empty").touch()
    monkeypatch.setenv("BCD_DATA", str(data / "new"))
    monkeypatch.setenv("BCD_STORE_CA_FILE", str(data / "empty"))
    assert main(["run"]) == CONFIGURATION_ERROR
    assert "holds no certificate" in capsys.readouterr().err
    assert not (data / "new" / "logs").exists()


def test_a_password_is_not_sent_readable(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESDB_URI", "esdb://store.example:2113?Tls=false")
    monkeypatch.setenv("BCD_STORE_USER", "thu")
    monkeypatch.setenv("BCD_STORE_PASSWORD", SECRET)
    with pytest.raises(SettingsError, match=r"ESDB_URI.*need TLS"):
        open_store(load_settings())


def test_a_follower_ends_with_a_sentence(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person has to mend it: the status tells the supervisor not to try again."""
    monkeypatch.setenv("ESDB_URI", "esdb://store.example:2113?Tls=false")
    monkeypatch.setenv("BCD_STORE_USER", "thu")
    monkeypatch.setenv("BCD_STORE_PASSWORD", SECRET)
    ended = subprocess.run(
        [sys.executable, "-m", "services.records.projector"],
        cwd=ROOT,
        timeout=2 * PATIENCE,
        capture_output=True,
        text=True,
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode == CONFIGURATION_ERROR, said
    assert "need TLS" in said
    assert "Traceback" not in said
    assert SECRET not in said


def test_every_process_and_every_command_gets_them(
    data: Path, given: list[Access], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = load_settings(store_user="thu", store_password=SECRET)
    write_addresses(started, "http://127.0.0.1:8064/")
    with monkeypatch.context() as another_terminal:
        another_terminal.delenv("ESDB_URI")
        open_store(running("esdb_uri")).close()

    for name, value in environment(started).items():
        monkeypatch.setenv(name, value)
    open_store(load_settings(amqp_uri=None, database_url=None)).close()  # a process of the system

    assert given == [Access("thu", SECRET)] * 2


def test_another_store_is_not_told_the_password(
    data: Path, given: list[Access], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_addresses(load_settings(store_user="thu", store_password=SECRET), "http://127.0.0.1:8064/")
    monkeypatch.setenv("ESDB_URI", "esdb://other.example:2113")
    open_store(running("esdb_uri")).close()
    assert given == [Access()]


def test_nobody_shows_the_password(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`bcd status` tells what the store said, and a log may hold the settings."""
    monkeypatch.setenv("ESDB_URI", f"esdb://thu:{SECRET}@127.0.0.1:1")
    settings = load_settings(store_user="thu", store_password=SECRET)
    found = health.Health(None)
    with closing(EsdbStore(str(settings.esdb_uri), Access("thu", SECRET), deadline=0.1)) as absent:
        health._store(found, absent)
    assert found.faults
    assert SECRET not in str(found.as_dict())
    assert SECRET not in repr(settings)
