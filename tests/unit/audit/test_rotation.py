"""A key follows another: who signs what, and how somebody who only knows the first key gets to the last."""

from dataclasses import replace
from pathlib import Path

import pytest

from shared.audit.chain import verify_head
from shared.audit.log import Head, LogError
from shared.audit.notes import Note, Signer, Verifier
from shared.audit.rotation import adopt, adoption, last_adopted
from shared.audit.tiles import Read, in_folder
from shared.eventstore.epoch import begin_epoch
from shared.eventstore.memory import MemoryStore
from shared.followers.errors import NeedsAPerson
from tests.unit.audit.logs import KEY, NEW_KEY, a_store, follow, happened, head_of, log_of, notary

THIRD = Signer("bcd.example/log", 1, bytes(range(2, 34)))
STRANGER = Signer("bcd.example/log", 1, bytes(32))


def signers_of(folder: Path, size: int) -> list[Verifier]:
    note = Note.parse((log_of(folder) / "checkpoints" / str(size)).read_text())
    return note.signed_by([one.verifier for one in (KEY, NEW_KEY, THIRD)])


def rotated(folder: Path) -> MemoryStore:
    """Sizes 4 by the first key, 5 by both, 6 and 7 by the second."""
    store = a_store(3)
    follow(store, notary(store, folder))
    adopt(store, NEW_KEY.verifier, KEY.verifier, "hằng năm")
    happened(store)
    follow(store, notary(store, folder, KEY, NEW_KEY))
    happened(store)
    follow(store, notary(store, folder, NEW_KEY))
    return store


def test_the_checkpoint_that_holds_the_adoption_is_signed_by_both(tmp_path: Path) -> None:
    store = rotated(tmp_path)
    assert signers_of(tmp_path, 4) == [KEY.verifier]
    assert signers_of(tmp_path, 5) == [KEY.verifier, NEW_KEY.verifier]
    assert signers_of(tmp_path, 6) == [NEW_KEY.verifier]
    assert signers_of(tmp_path, 7) == [NEW_KEY.verifier]
    assert (log_of(tmp_path) / "keys").read_text() == f"{KEY.verifier}\n{NEW_KEY.verifier}\n"
    assert last_adopted(store, KEY.verifier) == NEW_KEY.verifier


def test_the_old_key_vouches_for_one_adoption_alone(tmp_path: Path) -> None:
    """Who may write to the store adopts a key, too, just after the right one and before a head is signed: had
    the old key signed that leaf, it would lead whoever knows the old key to the stranger."""
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    adopt(store, NEW_KEY.verifier, KEY.verifier, "")
    adopt(store, STRANGER.verifier, KEY.verifier, "")
    happened(store)
    follow(store, notary(store, tmp_path, KEY, NEW_KEY))
    assert {size: signers_of(tmp_path, size) for size in (4, 5, 7)} == {
        4: [KEY.verifier],
        5: [KEY.verifier, NEW_KEY.verifier],
        7: [NEW_KEY.verifier],
    }
    assert verify_head(in_folder(log_of(tmp_path)), head_of(tmp_path), KEY.verifier) == NEW_KEY.verifier


def test_a_second_key_follows_the_first(tmp_path: Path) -> None:
    store = rotated(tmp_path)
    adopt(store, THIRD.verifier, NEW_KEY.verifier, "mất máy")
    follow(store, notary(store, tmp_path, NEW_KEY, THIRD))
    assert signers_of(tmp_path, 8) == [NEW_KEY.verifier, THIRD.verifier]
    read = in_folder(log_of(tmp_path))
    for trusted in (KEY, NEW_KEY, THIRD):
        assert verify_head(read, head_of(tmp_path), trusted.verifier) == THIRD.verifier


@pytest.mark.parametrize("keys", [(KEY,), (NEW_KEY,), (STRANGER,)])
def test_without_both_keys_nothing_is_signed(keys: tuple[Signer, ...], tmp_path: Path) -> None:
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    adopt(store, NEW_KEY.verifier, KEY.verifier, "")
    with pytest.raises(NeedsAPerson, match="was not given to the notary"):
        follow(store, notary(store, tmp_path, *keys))
    assert head_of(tmp_path).size == 4
    follow(store, notary(store, tmp_path, KEY, NEW_KEY))
    assert signers_of(tmp_path, 5) == [KEY.verifier, NEW_KEY.verifier]


def test_an_adoption_that_does_not_follow_the_key_in_use_is_a_leaf_that_says_nothing(tmp_path: Path) -> None:
    store = a_store(3)
    follow(store, notary(store, tmp_path))
    adopt(store, STRANGER.verifier, THIRD.verifier, "")
    adopt(store, Signer("other.example", 1, bytes(32)).verifier, KEY.verifier, "")
    follow(store, notary(store, tmp_path))
    assert signers_of(tmp_path, 6) == [KEY.verifier]
    for data in (b"", b"[]", b"{}", b'{"previous": 1, "verifier": 2}', b"\xff\xfe", b"[" * 100_000):
        assert adoption(0, data, KEY.verifier) is None


def test_a_new_log_begins_with_the_key_that_was_adopted_before_its_epoch(tmp_path: Path) -> None:
    store = rotated(tmp_path)
    begin_epoch(store, "khôi phục")
    with pytest.raises(NeedsAPerson, match="was not given to the notary"):
        follow(store, notary(store, tmp_path, KEY), batch=2)
    follow(store, notary(store, tmp_path, KEY, NEW_KEY), batch=2)
    assert (log_of(tmp_path) / "keys").read_text() == f"{NEW_KEY.verifier}\n"
    assert verify_head(in_folder(log_of(tmp_path)), head_of(tmp_path), NEW_KEY.verifier) == NEW_KEY.verifier


def changed(read: Read, name: str, content: str) -> Read:
    return lambda path: content.encode() if path == name else read(path)


def test_a_key_that_the_old_one_did_not_vouch_for_is_not_reached(tmp_path: Path) -> None:
    """Somebody who holds the store and a key of their own makes a log in which theirs was adopted."""
    store = a_store(3)
    follow(store, notary(store, tmp_path / "true"))
    adopt(store, NEW_KEY.verifier, KEY.verifier, "")
    follow(store, notary(store, tmp_path / "true", KEY, NEW_KEY))
    happened(store)
    follow(store, notary(store, tmp_path / "true", NEW_KEY))
    read, head = in_folder(log_of(tmp_path / "true")), head_of(tmp_path / "true")
    assert verify_head(read, head, KEY.verifier) == NEW_KEY.verifier

    both = Head.parse(read("checkpoints/5").decode())
    only_new = Note(both.note.body, both.note.signatures[1:])
    with pytest.raises(LogError, match=r"5 leaves is not signed by bcd\.example/log"):
        verify_head(changed(read, "checkpoints/5", str(only_new)), head, KEY.verifier)
    with pytest.raises(LogError, match="is not signed by"):
        verify_head(changed(read, "adoptions", ""), head, KEY.verifier)
    with pytest.raises(LogError, match="is not signed by"):
        verify_head(read, head, STRANGER.verifier)
    said = read("adoptions").decode()
    with pytest.raises(LogError, match="leaf 3 is not the adoption"):
        verify_head(changed(read, "adoptions", said.replace('"leaf": 4', '"leaf": 3')), head, KEY.verifier)
    why = said.replace(r"\"why\":\"\"", r"\"why\":\"x\"")
    assert why != said
    with pytest.raises(LogError, match="leaf 4 is not the adoption"):
        verify_head(changed(read, "adoptions", why), head, KEY.verifier)
    with pytest.raises(LogError, match="adoptions is damaged"):
        verify_head(changed(read, "adoptions", "{}"), head, KEY.verifier)
    forged = replace(head.checkpoint, root=bytes(32))
    note = Note(forged.body, (NEW_KEY.sign(forged.body),))
    with pytest.raises(LogError, match="does not continue"):
        verify_head(read, Head(forged, note), KEY.verifier)
