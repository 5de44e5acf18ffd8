"""A second office cosigns a log that continues what it saw, and refuses one that does not."""

import shutil
from pathlib import Path

import pytest

from shared.audit.cosigning import Seen, cosign, source_of
from shared.audit.log import LogError
from shared.audit.notes import COSIGNATURE, Note, Signer
from shared.audit.tiles import in_folder
from shared.eventstore.epoch import current_epoch
from tests.unit.audit.logs import KEY, NEW_KEY, a_store, follow, happened, head_of, log_of, notary
from tests.unit.audit.test_rotation import rotated

OFFICE = Signer("thanh-tra.example/w", COSIGNATURE, bytes(range(3, 35)))
NOW = 1_790_000_000


def test_it_cosigns_what_continues_what_it_saw(tmp_path: Path) -> None:
    store, memory = a_store(3), tmp_path / "seen.json"
    follow(store, notary(store, tmp_path / "log"))
    read = source_of(str(log_of(tmp_path / "log")))
    cosign(read, Seen(KEY.verifier), OFFICE, NOW).write(memory)
    happened(store, 300)
    follow(store, notary(store, tmp_path / "log"))
    seen = cosign(read, Seen.read(memory), OFFICE, NOW + 60)
    assert seen.head is not None
    assert seen.head.size == 304
    again = Note.parse(str(seen.head.note))
    assert again.signed_by([OFFICE.verifier, KEY.verifier]) == [OFFICE.verifier, KEY.verifier]
    assert OFFICE.verifier.time_of(again.body, again.signatures[-1].value) == NOW + 60
    seen.write(memory)
    assert Seen.read(memory) == seen


def test_it_follows_the_keys_of_the_log(tmp_path: Path) -> None:
    rotated(tmp_path)
    assert cosign(in_folder(log_of(tmp_path)), Seen(KEY.verifier), OFFICE, NOW).key == NEW_KEY.verifier


def test_it_refuses_a_log_that_was_cut_back_or_written_anew(tmp_path: Path) -> None:
    store = a_store(300)
    follow(store, notary(store, tmp_path / "log"))
    folder = log_of(tmp_path / "log")
    shutil.copytree(folder, tmp_path / "early")
    happened(store, 20)
    follow(store, notary(store, tmp_path / "log"))
    seen = cosign(in_folder(folder), Seen(KEY.verifier), OFFICE, NOW)
    with pytest.raises(LogError, match="had 321 leaves and now has 301: it was cut back"):
        cosign(in_folder(tmp_path / "early"), seen, OFFICE, NOW)

    # the same notary, the same epoch, another history: what a forger with the key would show
    shutil.rmtree(tmp_path / "log")
    happened(store, 5, "meeting-mau.b")
    events = list(store.read_all())
    one = notary(store, tmp_path / "log")
    one.resume(current_epoch(store))
    one.handle([*events[:7], *events[8:]])
    one.idle()
    one.release()
    with pytest.raises(LogError, match="does not continue the one of 321: it was changed"):
        cosign(in_folder(folder), seen, OFFICE, NOW)


def test_it_refuses_a_stranger_s_log_and_damage(tmp_path: Path) -> None:
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    read = in_folder(log_of(tmp_path))
    with pytest.raises(LogError, match="is not signed by"):
        cosign(read, Seen(NEW_KEY.verifier), OFFICE, NOW)
    with pytest.raises(LogError, match="not of the kind 04"):
        cosign(read, Seen(KEY.verifier), NEW_KEY, NOW)
    with pytest.raises(LogError, match="lacks a file"):
        cosign(in_folder(tmp_path / "nothing"), Seen(KEY.verifier), OFFICE, NOW)
    tile = log_of(tmp_path) / "tile" / "0" / "000.p" / "4"
    tile.write_bytes(bytes(128))
    with pytest.raises(LogError, match="do not lead to the root"):
        cosign(read, Seen(KEY.verifier), OFFICE, NOW)
    tile.write_bytes(b"")
    with pytest.raises(LogError, match="holds 0 bytes, not 128"):
        cosign(read, Seen(KEY.verifier), OFFICE, NOW)
    assert head_of(tmp_path).size == 4


def test_a_damaged_memory_is_told(tmp_path: Path) -> None:
    (tmp_path / "seen.json").write_text("{}")
    with pytest.raises(LogError, match="does not say what was cosigned last"):
        Seen.read(tmp_path / "seen.json")
