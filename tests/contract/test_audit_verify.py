"""Verification of a running store and its read database, on SQLite and on PostgreSQL."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest

from services.audit.exporting import export
from services.audit.published import PublishedLog
from services.audit.reopened import verify_package
from services.audit.sample import tell
from services.audit.subject import PARTS, Subject, verified
from services.audit.verifier import verify_bcd
from services.cli.main import main
from services.records.database import BOOKS, Database
from services.records.everything import MODELS
from services.records.projecting import Models
from services.records.rebuild import rebuild
from shared.audit.leaf import entry_of
from shared.audit.log import Log
from shared.audit.notes import Signer
from shared.audit.tiles import TileWriter
from shared.contents.folder import FolderContents
from shared.eventstore.connect import connect
from shared.eventstore.epoch import begin_epoch, current_epoch
from shared.eventstore.port import NO_STREAM, EventStore, NewEvent
from tests.contract import postgres
from tests.contract.store import stores
from tests.contract.store.stores import ROOT, EmbeddedServer

postgres_url, own_server = postgres.postgres_url, stores.own_server
FEW = MODELS.only({"journal", "documents", "outgoing"})
SIGNER = Signer.new("sample")


@dataclass(frozen=True)
class System:
    """A store behind its server, and all that was made of it; `folder` is a data folder as `bcd` has it."""

    folder: Path
    store: EventStore
    subject: Subject

    @property
    def log(self) -> Path:
        assert self.subject.notary is not None
        return self.subject.notary / str(current_epoch(self.store))

    def publish(self) -> None:
        events = list(self.store.read_all())
        shutil.rmtree(self.log, ignore_errors=True)
        TileWriter(self.log, 0).append([entry_of(event) for event in events])
        Log(self.log, f"sample/{current_epoch(self.store)}").publish(len(events), [], lambda: [SIGNER])

    def found(self, *parts: str) -> list[tuple[str, str]]:
        return [(one.kind, one.where) for one in verified(self.subject, parts or PARTS).findings]


def system(folder: Path, uri: str, url: str, models: Models = FEW) -> Iterator[System]:
    store, contents = connect(uri), FolderContents(folder / "contents")
    tell(store, contents, streams=4, length=20)
    with closing(store), closing(Database(url)) as database:
        rebuild(store, database, models)
        subject = Subject(store, contents, database, models, notary=folder / "notary", near=folder)
        made = System(folder, store, subject)
        made.publish()
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def running(request: pytest.FixtureRequest, own_server: EmbeddedServer, tmp_path: Path) -> Iterator[System]:
    """Each has a store of its own, since some tests spoil it."""
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
    yield from system(tmp_path, own_server.uri, url)


def test_all_agrees_until_something_is_spoiled(running: System) -> None:
    assert running.found() == []
    database = running.subject.database
    generation = database.current()
    assert generation is not None

    with generation.writer.begin() as db:  # ahead of the store
        BOOKS.begin(db, generation.epoch, position=running.store.head() + 1)
    assert running.found("records") == [("ahead", f"generation {generation.number}")]

    with generation.writer.begin() as db:
        BOOKS.begin(db, UUID(int=1), position=1)
    assert running.found("records") == [("other_epoch", f"generation {generation.number}")]

    with generation.writer.begin() as db:
        BOOKS.begin(db, generation.epoch, position=running.store.head())
    assert running.found() == []


def test_an_event_that_this_version_cannot_read_is_named_and_the_rest_agrees(running: System) -> None:
    new = NewEvent(UUID(int=7), "DocumentIssued", b'{"kind": "unknown"}', b'{"schema": 99}')
    running.store.append("document-giadinh.later", [new], expected=NO_STREAM)
    rebuild(running.store, running.subject.database, FEW, patience=0)
    assert running.found("records") == [("unreadable_event", "document-giadinh.later@0")]
    running.publish()
    assert running.found("log") == []


def test_a_package_with_an_event_that_cannot_be_read_says_so_and_is_well(
    running: System, tmp_path: Path
) -> None:
    new = NewEvent(UUID(int=7), "Unheard", b"[", b"\xff")
    running.store.append("document-giadinh.later", [new], expected=NO_STREAM)
    running.publish()
    log, folder = PublishedLog.open(running.log), tmp_path / "package"
    export(running.store, log, running.subject.contents, FEW, folder)
    verdict = verify_bcd.verify(folder, str(SIGNER.verifier))
    assert verdict.problems == []
    assert any("document-giadinh.later@0" in remark for remark in verdict.remarks)
    assert verify_package(folder, FEW).well


def test_after_a_restore_the_old_log_and_the_old_registers_are_told(running: System) -> None:
    old = running.log
    begin_epoch(running.store, "test")
    assert [kind for kind, _ in running.found()] == ["no_log", "other_epoch"]
    with_old = replace(running, subject=replace(running.subject, log=old))
    assert with_old.found("log") == [("log_of_other_epoch", str(old))]


@pytest.fixture
def data(own_server: EmbeddedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    """As the command line finds a system: by its data folder and its addresses."""
    monkeypatch.setenv("BCD_DATA", str(tmp_path))
    monkeypatch.setenv("ESDB_URI", own_server.uri)
    monkeypatch.setenv("BCD_STORE_LIMIT", "2")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    made = system(tmp_path, own_server.uri, f"sqlite:///{tmp_path / 'records.sqlite'}", models=MODELS)
    yield from made


def test_the_commands_answer_with_words_json_and_statuses(
    data: System, capsys: pytest.CaptureFixture[str], own_server: EmbeddedServer, tmp_path: Path
) -> None:
    def said(*arguments: str) -> tuple[int, str]:
        status = main(["audit", *arguments])
        told = capsys.readouterr()
        return status, told.out + told.err

    status, out = said("verify", "--key", str(SIGNER.verifier))
    assert (status, "ALL AGREES: 81 events" in out) == (0, True)
    status, out = said("verify", "--json", "--only", "log,documents")
    told = json.loads(out)
    assert (status, told["well"], [part["part"] for part in told["parts"]]) == (0, True, ["log", "documents"])
    assert said("verify", "--only", "logs")[0] == 2
    assert said("verify", "--key", "nonsense")[0] == 2
    status, out = said("verify", "--only", "log", "--key", str(Signer.new("other").verifier))
    assert (status, "is not signed with the key" in out) == (1, True)

    package = tmp_path / "package"
    status, out = said("export", str(package), "--json")
    assert (status, json.loads(out)["opened"]) == (0, 81)
    assert said("export", str(package))[0] == 1
    assert said("verify", "--package", str(package), "--key", str(SIGNER.verifier))[0] == 0
    assert said("verify", "--package", str(tmp_path))[0] == 2
    (package / "data" / "log" / "checkpoint").write_bytes(b"")
    status, out = said("verify", "--package", str(package))
    assert (status, "NOT WELL" in out) == (1, True)

    (data.log / "tile" / "0" / "000.p" / "81").write_bytes(b"short")
    status, out = said("verify", "--only", "log")
    assert (status, "tile/0" in out) == (1, True)
    next((tmp_path / "contents").glob("*/*")).unlink()
    status, out = said("verify", "--only", "documents")
    assert (status, "document-giadinh." in out) == (1, True)

    own_server.kill()
    assert said("verify", "--only", "log")[0] == 69


def test_the_package_is_verified_by_its_own_file_alone_and_by_hand(
    data: System, tmp_path: Path, own_server: EmbeddedServer
) -> None:
    """Without this software in reach, with nothing but its own file; then with the tools that it names."""
    package = tmp_path / "package"
    log = PublishedLog.open(data.log)
    export(data.store, log, data.subject.contents, FEW, package)
    own = shutil.copy(package / "data" / "verify_bcd.py", tmp_path / "own.py")
    assert Path(own).read_bytes() == Path(verify_bcd.__file__).read_bytes()
    command = [sys.executable, "-I", str(own), str(package), "--key", str(SIGNER.verifier)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "ALL IS WELL" in done.stdout

    validated = [sys.executable, "-m", "bagit", "--validate", str(package)]
    subprocess.run(validated, cwd=ROOT, check=True, timeout=60, capture_output=True)
    if shutil.which("openssl") is None or shutil.which("sha256sum") is None:
        pytest.skip("openssl or sha256sum is not installed")
    lines = (package / "data" / "README.txt").read_text(encoding="utf-8").splitlines()
    by_hand = [
        line.strip() for line in lines[lines.index("A PACKAGE FOR AUDITORS") :] if line.startswith(" " * 4)
    ]
    script = "\n".join(["set -e", *(line for line in by_hand if not line.startswith(("python3", "--")))])
    done = subprocess.run(
        ["bash", "-c", script], cwd=package, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Signature Verified Successfully" in done.stdout
    assert verify_bcd.verify(package, str(SIGNER.verifier)).status == 0  # nothing was left behind in it
