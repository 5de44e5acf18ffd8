"""`bcd backup` and `bcd restore`: taken while writers run, restored, drilled, refused for one wrong byte."""

import errno
import io
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from services.cli.backups import making
from services.cli.backups.manifest import LOG, Manifest
from services.cli.errors import FAILED, OK, USAGE
from services.cli.main import main
from services.records.database import Database
from services.records.everything import MODELS
from services.records.projector import Projector
from shared.audit.notary import Notary
from shared.audit.notes import Signer
from shared.contents.folder import FolderContents
from shared.eventstore.epoch import STREAM, WrongEpoch, current_epoch
from shared.eventstore.esdb import EsdbStore
from tests.contract.store.stores import PATIENCE, EmbeddedServer, in_threads
from tests.contract.test_read_database import CHARTER, ROSTER, follow
from tests.unit.records.facts import DECISION, Recorder, appointed, established

Bcd = Callable[..., tuple[int, str, str]]
TEXT = "Kết luận cuộc họp (giả định)".encode()


class NoWitness:
    def tell(self, *_about: object) -> None: ...

    def collected(self) -> list[Any]:
        return []

    def state(self) -> list[Any]:
        return []


class System:
    """A data folder as a running system keeps it: store, read database, contents, notary, keys."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.server = EmbeddedServer(data / "store")
        self.server.start()
        self.store = EsdbStore(self.server.uri, deadline=PATIENCE)
        self.recorder = Recorder(self.store)
        self.recorder.record(CHARTER, established(), at="2021-10-13")
        for n in range(5):
            self.recorder.record(ROSTER, appointed(f"s{n}"), at="2022-09-28", document=DECISION)
        self.database = Database(f"sqlite:///{data / 'records.sqlite'}")
        self.projector = Projector(self.database, MODELS)
        follow(self.recorder, self.projector)
        self.content = FolderContents(data / "contents").put(io.BytesIO(TEXT)).digest
        signer = Signer.new("test.example")
        notary = Notary(self.store, data / "notary", lambda: [signer], NoWitness())
        notary.resume(current_epoch(self.store))
        notary.handle(list(self.store.read_all()))
        notary.idle()
        notary.release()
        (data / "notary" / "key").write_text(signer.secret())
        (data / "keys").mkdir()
        (data / "keys" / "master").write_text("chìa khóa giả định")

    def stop(self) -> None:
        self.store.close()
        self.database.close()
        self.server.kill()


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    made = System(tmp_path / "data")
    yield made
    made.stop()


@pytest.fixture
def bcd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Bcd:
    for name in list(os.environ):
        if name.startswith("BCD_") or name in ("ESDB_URI", "DATABASE_URL"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BCD_DATA", str(tmp_path / "data"))

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup, and nothing of the system that it is of."""
    folder = tmp_path_factory.mktemp("kept")
    system = System(folder / "data")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("BCD_DATA", str(folder / "data"))
        assert main(["backup", str(folder / "saved")]) == OK
    system.stop()
    return folder / "saved"


@pytest.fixture
def saved(kept: Path, tmp_path: Path) -> Path:
    """A copy of it, to spoil."""
    return Path(shutil.copytree(kept, tmp_path / "saved"))


def test_a_backup_under_writes_restores_to_a_beginning_of_what_was_written(
    system: System, bcd: Bcd, tmp_path: Path
) -> None:
    done, enough = threading.Event(), threading.Event()

    def write() -> None:
        n = 0
        while not done.is_set():
            system.recorder.record(ROSTER, appointed(f"w{n}"), at="2023", document=DECISION)
            n += 1
            if n == 20:
                enough.set()

    def save() -> None:
        try:
            assert enough.wait(PATIENCE), "the writer does not get on"
            assert bcd("backup", tmp_path / "saved")[0] == OK
        finally:
            done.set()

    in_threads(write, save)
    manifest = Manifest.read(tmp_path / "saved")
    written = list(system.store.read_all())
    assert 26 <= manifest.store.events <= len(written)
    assert manifest.notary is not None
    assert manifest.notary.size == 7
    assert manifest.records is not None
    assert manifest.records.position <= manifest.store.head

    status, out, _ = bcd(
        "restore", tmp_path / "saved", "--data", tmp_path / "new", "--by", "văn thư", "--json"
    )
    assert status == OK
    assert json.loads(out)["backup"] == manifest.id
    restored = EmbeddedServer(tmp_path / "new" / "store")
    restored.start()
    copy = EsdbStore(restored.uri, deadline=PATIENCE)
    try:
        *before, began = copy.read_all()
        assert before == written[: manifest.store.events]
        assert began.stream == STREAM
        assert f"restored from backup {manifest.id}" in json.loads(began.data)["why"]
        assert "văn thư" in json.loads(began.data)["why"]
        assert str(current_epoch(copy)) == json.loads(out)["epoch"] != manifest.store.epoch
        with pytest.raises(WrongEpoch, match="bcd rebuild"):
            system.projector.resume(current_epoch(copy))
    finally:
        copy.close()
        restored.kill()
    assert FolderContents(tmp_path / "new" / "contents").holds(system.content)
    assert not (tmp_path / "new" / "records.sqlite").exists()  # made anew of the events

    status, out, _ = bcd("restore", tmp_path / "saved", "--drill", "--json")
    assert status == OK
    compared = {line["what"]: line["same"] for line in json.loads(out)["compared"]}
    assert {"events", "epoch", "members", "journal", "notary (7)"} <= compared.keys()
    assert all(compared.values())


@pytest.mark.parametrize(
    "which",
    ["manifest.json", "manifest.sha256", LOG, "contents/*/*", "notary/*/checkpoint", "notary/*/tile/**/*"],
)
def test_one_flipped_byte_is_refused_by_the_name_of_its_file(
    saved: Path, bcd: Bcd, tmp_path: Path, which: str
) -> None:
    (victim, *_) = (path for path in sorted(saved.glob(which)) if path.is_file())
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 0x10
    victim.write_bytes(content)
    status, _, err = bcd("restore", saved, "--data", tmp_path / "new")
    assert status == FAILED
    named = "manifest.json" if which.startswith("manifest") else victim.name
    assert named in err
    assert bcd("restore", saved, "--drill")[0] == FAILED
    assert not list(tmp_path.glob("new*"))


@pytest.mark.parametrize("spoil", ["missing", "stranger", "no manifest", "later format"])
def test_a_set_that_is_not_whole_is_refused(saved: Path, bcd: Bcd, tmp_path: Path, spoil: str) -> None:
    match spoil:
        case "missing":
            (saved / LOG).unlink()
        case "stranger":
            (saved / "contents" / "la").write_text("?")
        case "no manifest":
            (saved / "manifest.json").unlink()
        case _:
            rewritten(saved, '"bcd-backup/1"', '"bcd-backup/2"')
    status, _, err = bcd("restore", saved, "--data", tmp_path / "new")
    assert status == FAILED
    assert {"missing": LOG, "stranger": "contents/la"}.get(spoil, "manifest.json") in err
    assert not list(tmp_path.glob("new*"))


def rewritten(saved: Path, old: str, new: str) -> None:
    """The manifest with other words, and the digest that fits: as somebody with time would change it."""
    text = (saved / "manifest.json").read_text()
    assert old in text
    import hashlib

    content = text.replace(old, new).encode()
    (saved / "manifest.json").write_bytes(content)
    (saved / "manifest.sha256").write_text(f"{hashlib.sha256(content).hexdigest()}  manifest.json\n")


def test_the_drill_finds_registers_and_heads_that_are_not_those_of_the_manifest(
    saved: Path, bcd: Bcd
) -> None:
    manifest = Manifest.read(saved)
    assert manifest.records is not None
    assert manifest.notary is not None
    rewritten(saved, manifest.records.models["members"].hash, "0" * 64)
    status, out, _ = bcd("restore", saved, "--drill")
    assert status == FAILED
    assert [line.split()[0] for line in out.splitlines() if "✗" in line] == ["members"]
    assert "KHÔNG khớp" in out
    rewritten(saved, manifest.tree.root, "0" * 64)
    status, _, err = bcd("restore", saved, "--drill")
    assert status == FAILED
    assert LOG in err


def test_a_drill_that_could_not_compare_the_registers_does_not_say_that_all_is_the_same(
    saved: Path, bcd: Bcd
) -> None:
    manifest = Manifest.read(saved).model_copy(update={"records": None})
    for name in ("manifest.json", "manifest.sha256"):
        (saved / name).unlink()
    manifest.write(saved)
    status, out, _ = bcd("restore", saved, "--drill", "--json")
    assert (status, json.loads(out)["same"]) == (FAILED, False)


def test_nothing_is_written_over(saved: Path, bcd: Bcd, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "của ai đó").write_text("?")
    status, _, err = bcd("restore", saved, "--data", tmp_path / "new")
    assert status == FAILED
    assert "của ai đó" in [path.name for path in (tmp_path / "new").iterdir()]
    assert str(tmp_path / "new") in err
    assert bcd("restore", saved)[0] == USAGE
    assert bcd("restore", saved, "--drill", "--data", tmp_path / "other")[0] == USAGE
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.part").mkdir()
    (tmp_path / "empty.part" / "của lần trước").write_text("?")
    status, out, _ = bcd("restore", saved, "--data", tmp_path / "empty")
    assert status == OK
    assert "bcd run" in out
    assert not (tmp_path / "empty.part").exists()
    assert not (tmp_path / "empty" / "của lần trước").exists()


def test_keys_are_in_it_only_where_that_was_asked(system: System, bcd: Bcd, tmp_path: Path) -> None:
    assert bcd("backup", tmp_path / "without")[0] == OK
    assert bcd("backup", tmp_path / "with", "--with-keys")[0] == OK
    held = {name: set(Manifest.read(tmp_path / name).files) for name in ("without", "with")}
    assert held["with"] - held["without"] == {"keys/master", "notary/key"}
    assert not (tmp_path / "without" / "keys").exists()
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "with").rglob("*") if path.is_file())
    status, out, _ = bcd("restore", tmp_path / "with", "--data", tmp_path / "new")
    assert status == OK
    assert "bcd forget" in out
    assert (tmp_path / "new" / "keys" / "master").read_text() == "chìa khóa giả định"


def test_what_is_damaged_at_its_source_is_told_and_does_not_keep_the_rest_from_being_saved(
    system: System, bcd: Bcd, tmp_path: Path
) -> None:
    (system.data / "contents" / system.content[:2] / system.content).write_bytes(b"khac")
    status, _, err = bcd("backup", tmp_path / "saved")
    assert status == FAILED
    assert system.content in err
    manifest = Manifest.read(tmp_path / "saved")
    assert system.content in manifest.warnings[0]
    assert {LOG} == {name for name in manifest.files if not name.startswith("notary/")}


def test_a_head_that_does_not_fit_the_log_is_told(system: System, bcd: Bcd, tmp_path: Path) -> None:
    (log,) = (path for path in (system.data / "notary").iterdir() if path.is_dir())
    lines = (log / "checkpoint").read_text().splitlines(keepends=True)
    (log / "checkpoint").write_text("".join([*lines[:2], "A" * 43 + "=\n", *lines[3:]]))
    status, _, err = bcd("backup", tmp_path / "saved")
    assert status == FAILED
    assert "bcd audit verify" in err


def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    system: System, bcd: Bcd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _chunks: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(making, "write_file", full)
    status, _, err = bcd("backup", tmp_path / "saved")
    assert status == FAILED
    assert "Hết chỗ trên đĩa" in err
    assert not list(tmp_path.glob("saved*"))


def test_the_store_of_a_cluster_is_not_ours_to_copy(
    bcd: Bcd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESDB_URI", "esdb://one:2113,two:2113,three:2113")
    status, _, err = bcd("backup", tmp_path / "saved")
    assert status == FAILED
    assert "docs/restore.md" in err
    assert not list(tmp_path.glob("saved*"))


def test_a_folder_without_a_store_is_told(bcd: Bcd, tmp_path: Path) -> None:
    status, _, err = bcd("backup", tmp_path / "saved")
    assert status == FAILED
    assert "events.sqlite" in err
    assert not list(tmp_path.glob("saved*"))
