"""`bcd notary`: what it shows, proves, checks and cosigns, and what it says where that is not possible."""

import json
from pathlib import Path

import pytest

from shared.audit.notes import Signer
from shared.audit.rotation import adopt
from shared.eventstore.epoch import begin_epoch
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import EventStore
from shared.followers.errors import NeedsAPerson
from tests.unit.audit.logs import KEY, NEW_KEY, a_store, follow, happened, log_of, notary
from tests.unit.cli.conftest import Bcd


@pytest.fixture
def log(data: Path) -> Path:
    """A data folder with a log of 43 leaves."""
    store = a_store(42)
    follow(store, notary(store, data / "notary"))
    (data / "notary" / "key").write_text(f"{KEY.secret()}\n")
    return log_of(data / "notary")


def test_the_state_of_the_log(bcd: Bcd, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BCD_NOTARY_WITNESSES", f"https://w.example {Signer.new('w.example', 4).verifier}")
    said = json.loads(bcd("notary", "show", "--json").out)
    assert (said["size"], said["keys"]) == (43, [str(KEY.verifier)])
    assert said["origin"] == f"bcd.example/log/{log.name}"
    assert said["witnesses"][0]["cosigned"] is None
    table = bcd("notary", "show").out
    assert "Số lá" in table
    assert "chưa ký điểm kiểm tra này" in " ".join(table.split())


def test_before_anything_is_signed(bcd: Bcd, data: Path) -> None:
    for command in (("show",), ("prove", "meeting-mau.a@0")):
        said = bcd("notary", *command)
        assert said.status == 6
        assert said.err.startswith("Chưa có nhật ký đã ký")


def test_a_proof_from_one_office_is_checked_in_another(bcd: Bcd, log: Path, tmp_path: Path) -> None:
    proof = tmp_path / "a.tlog-proof"
    assert bcd("notary", "prove", "meeting-mau.a@41", "--to", str(proof)).status == 0
    assert bcd("notary", "prove", "meeting-mau.a@41").out == proof.read_text()
    said = bcd("notary", "check", str(proof), "--key", str(KEY.verifier))
    assert said.status == 0
    assert "Đúng: lá 42 trong 43 lá" in said.out
    assert "\nmeeting-mau.a\n41\n" in said.out
    assert "không ghi được" in bcd("notary", "prove", "meeting-mau.a@41", "--to", str(proof)).err.lower()


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("prove", "meeting-mau.a"), 2, "hãy nêu luồng@số"),
        (("prove", "meeting-mau.a@x"), 2, "hãy nêu luồng@số"),
        (("prove", "meeting-mau.a@42"), 6, "is not in the log"),
        (("prove", "meeting-mau.a@1", "--epoch", "../.."), 6, "holds no log"),
        (("check", "nowhere", "--key", str(KEY.verifier)), 1, "Chứng minh không đúng"),
        (("check", __file__, "--key", str(KEY.verifier)), 1, "a proof is"),
        (("check", __file__, "--key", "a key"), 2, "Khóa không dùng được"),
        (("key", "new", "two words"), 2, "cannot name a key"),
        (("key", "new", "bcd.example/log"), 1, "Không ghi được"),
    ],
)
def test_what_cannot_be_done(arguments: tuple[str, ...], status: int, told: str, bcd: Bcd, log: Path) -> None:
    said = bcd("notary", *arguments)
    assert (said.status, said.out) == (status, "")
    assert told in said.err
    assert KEY.secret() not in said.err


def test_a_damaged_log_is_told(bcd: Bcd, log: Path) -> None:
    (log / "checkpoint").write_text("nonsense")
    for command in (("show",), ("prove", "meeting-mau.a@1")):
        said = bcd("notary", *command)
        assert said.status in (1, 6)
        assert "bị hỏng" in said.err or "is damaged" in said.err


def test_a_second_office_cosigns(bcd: Bcd, log: Path, tmp_path: Path) -> None:
    key, state = tmp_path / "key", tmp_path / "state"
    own = bcd("notary", "key", "new", "thanh-tra.example/w", "--witness", "--to", str(key)).out.strip()
    ask = ("notary", "cosign", str(log), "--state", str(state), "--key", str(key))
    said = bcd(*ask)
    assert (said.status, state.exists()) == (2, False)
    assert "--log-key" in said.err
    said = bcd(*ask, "--log-key", str(KEY.verifier))
    assert said.status == 0
    assert f"— {own.split('+')[0]} " in said.out
    assert bcd(*ask).status == 0
    (log / "checkpoint").write_text((log / "checkpoint").read_text().replace("\n43\n", "\n42\n"))
    said = bcd(*ask)
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("Không ký chứng kiến")


@pytest.fixture
def store(bcd: Bcd, monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    store = a_store(3)
    monkeypatch.setenv("ESDB_URI", "esdb://127.0.0.1:1?Tls=false")

    def opened(_settings: object) -> EventStore:
        monkeypatch.setattr(store, "close", lambda: None)
        return store

    monkeypatch.setattr("shared.eventstore.connect.open_store", opened)
    return store


def test_the_log_changes_to_another_key(bcd: Bcd, store: MemoryStore, data: Path, tmp_path: Path) -> None:
    (data / "notary").mkdir(parents=True)
    (data / "notary" / "key").write_text(f"{KEY.secret()}\n")
    follow(store, notary(store, data / "notary"))
    new = bcd("notary", "key", "new", KEY.name, "--to", str(tmp_path / "new")).out.strip()
    rotate = ("notary", "rotate", "--new", str(tmp_path / "new"), "--why", "hằng năm")
    said = bcd(*rotate)
    assert said.status == 0, said.err
    assert new in said.err
    keys = (data / "notary" / "key").read_text().split()
    assert [str(Signer.parse(key).verifier) for key in keys] == [str(KEY.verifier), new]
    follow(store, notary(store, data / "notary", *map(Signer.parse, keys)))
    assert (log_of(data / "notary") / "keys").read_text() == f"{KEY.verifier}\n{new}\n"
    again = bcd(*rotate)
    assert again.status == 2
    assert "không kế tiếp được" in again.err


def test_a_key_that_was_lost_is_followed_where_the_new_epoch_has_signed_nothing_yet(
    bcd: Bcd, store: MemoryStore, data: Path, tmp_path: Path
) -> None:
    adopt(store, NEW_KEY.verifier, KEY.verifier, "hằng năm")  # and then the machine was lost, with both keys
    begin_epoch(store, "khôi phục")
    lost = notary(store, data / "notary", Signer.new(KEY.name))
    with pytest.raises(NeedsAPerson, match="was not given to the notary"):
        follow(store, lost)
    new = bcd("notary", "key", "new", KEY.name, "--to", str(tmp_path / "new")).out.strip()
    said = bcd("notary", "rotate", "--new", str(tmp_path / "new"), "--why", "mất khóa")
    assert said.status == 0, said.err
    (key,) = (data / "notary" / "key").read_text().split()
    follow(store, notary(store, data / "notary", Signer.parse(key)))
    assert (log_of(data / "notary") / "keys").read_text() == f"{new}\n"


def test_a_key_of_another_name_or_none_is_not_adopted(bcd: Bcd, store: MemoryStore, tmp_path: Path) -> None:
    bcd("notary", "key", "new", "other.example", "--to", str(tmp_path / "other"))
    assert bcd("notary", "rotate", "--new", str(tmp_path / "other"), "--why", "x").status == 2
    (tmp_path / "bad").write_text("nonsense")
    said = bcd("notary", "rotate", "--new", str(tmp_path / "bad"), "--why", "x")
    assert (said.status, "Khóa không dùng được" in said.err) == (2, True)
    happened(store)
    assert store.read_stream("store.notary") == []


def test_a_notary_with_its_keys_from_the_environment_gets_the_new_one_there_first(
    bcd: Bcd, store: MemoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bcd("notary", "key", "new", KEY.name, "--to", str(tmp_path / "new"))
    monkeypatch.setenv("BCD_NOTARY_KEY", KEY.secret())
    said = bcd("notary", "rotate", "--new", str(tmp_path / "new"), "--why", "x")
    assert (said.status, "BCD_NOTARY_KEY" in said.err) == (2, True)
    monkeypatch.setenv("BCD_NOTARY_KEY", f"{KEY.secret()} {(tmp_path / 'new').read_text()}")
    assert bcd("notary", "rotate", "--new", str(tmp_path / "new"), "--why", "x").status == 0
    assert len(store.read_stream("store.notary")) == 1
