"""Signed notes and checkpoints against the examples of C2SP and of Go's `sumdb/note`, and what is no note."""

import pytest

from shared.audit.checkpoints import Checkpoint
from shared.audit.notes import COSIGNATURE, Note, NoteError, Signer, Verifier

SIGNING = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
BY_PETER = (
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
BY_ENOCH = (
    "— EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
BY_EXAMPLE = (
    "— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
SOFA = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
"""
BY_SOFA = (
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
BY_WITNESS = (
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def test_the_example_key_of_go_signs_the_example_text_to_the_same_bytes() -> None:
    signer = Signer.parse(SIGNING)
    assert str(signer.verifier) == PETER
    assert signer.secret() == SIGNING
    assert str(Note(TEXT, (signer.sign(TEXT),))) == f"{TEXT}\n{BY_PETER}"


def test_two_signatures_and_a_stranger_s() -> None:
    peter, enoch, example = map(Verifier.parse, (PETER, ENOCH, EXAMPLE))
    note = Note.parse(f"{TEXT}\n{BY_PETER}{BY_ENOCH}")
    assert note.signed_by([peter]) == [peter]
    assert note.signed_by([peter, enoch]) == [peter, enoch]
    assert note.signed_by([example]) == []
    other = Note.parse(f"This is an example message.\n\n{BY_EXAMPLE}")
    assert other.signed_by([example, peter]) == [example]


@pytest.mark.parametrize("key", [PETER, SIGNING])
def test_no_part_of_a_key_and_no_changed_key_is_one(key: str) -> None:
    read = Signer.parse if key == SIGNING else Verifier.parse
    for start in range(len(key)):
        for end in range(start + 1, len(key) + 1):
            if (start, end) != (0, len(key)):
                with pytest.raises(NoteError):
                    read(key[start:end])
    for at, letter in enumerate(key):
        with pytest.raises(NoteError):
            read(key[:at] + chr(ord(letter) + 1) + key[at + 1 :])


@pytest.mark.parametrize(
    "key",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_a_key_of_another_length_or_kind_is_refused_though_its_id_fits(key: str) -> None:
    with pytest.raises(NoteError):
        Verifier.parse(key)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}\n{BY_PETER[:-1]}",
        f"\x01{TEXT}\n{BY_PETER}",
        f"{TEXT}\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg=\n",
        f"{TEXT}\n{BY_PETER}Unexpected line.\n",
        f"{TEXT}\n— Peter\N{NO-BREAK SPACE}Neumann x08go/ZJkuBS9UG/\n",
        f"{TEXT}\n{BY_PETER.replace('/', ' ', 1)}",
        f"{TEXT}\n{BY_PETER * 101}",
        f"{TEXT}\n— PeterNeumann x08go/Đ=\n",
    ],
)
def test_what_is_no_note(text: str) -> None:
    with pytest.raises(NoteError):
        Note.parse(text)


def test_a_signature_that_does_not_fit_is_told_and_one_letter_of_the_text_is_enough() -> None:
    note = Note.parse(f"{TEXT.replace('your', 'Your')}\n{BY_PETER}")
    with pytest.raises(NoteError, match="'PeterNeumann' does not fit"):
        note.signed_by([Verifier.parse(PETER)])


def test_the_examples_of_a_checkpoint_and_of_a_cosignature() -> None:
    note = Note.parse(f"{SOFA}\n{BY_SOFA}{BY_WITNESS}")
    head = Checkpoint.parse(note.body)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert head.body == SOFA
    assert str(note) == f"{SOFA}\n{BY_SOFA}{BY_WITNESS}"
    # the specification shows no public key beside them: what can be read without one is the time
    assert int.from_bytes(note.signatures[1].value[:8], "big") == 1679315147
    assert len(note.signatures[1].value) == 8 + 64


def test_a_cosignature_is_over_the_header_the_time_and_the_body() -> None:
    witness = Signer("witness.example/w", COSIGNATURE, bytes(range(32)))
    cosigned = Note(SOFA, (witness.sign(SOFA, at=1679315147),))
    assert cosigned.signed_by([witness.verifier]) == [witness.verifier]
    plain = Signer("witness.example/w", 1, bytes(range(32)))
    message = f"cosignature/v1\ntime 1679315147\n{SOFA}"
    assert cosigned.signatures[0].value[8:] == plain.sign(message).value
    assert cosigned.signatures[0].key_id != plain.verifier.key_id
    moved = bytes([*cosigned.signatures[0].value[:7], 0, *cosigned.signatures[0].value[8:]])
    with pytest.raises(NoteError):
        witness.verifier.time_of(SOFA, moved)


@pytest.mark.parametrize(
    "body",
    [
        "o\n07\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "o\n-7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "o\n٧\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "o\n7\n",
        "o\n7\nAAAA\n",
        "o\n7\nĐAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "o\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\next\n",
        "o\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ],
)
def test_what_is_no_checkpoint(body: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(body)


def test_a_checkpoint_may_say_more() -> None:
    body = "o\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nmore\nand more\n"
    assert Checkpoint.parse(body).extension == ("more", "and more")
    assert Checkpoint.parse(body).body == body


def test_a_key_is_not_shown_by_accident() -> None:
    signer = Signer.new("bcd.example/log")
    assert signer.secret() not in f"{signer} {signer!r}"
    assert Signer.parse(signer.secret()) == signer
    with pytest.raises(NoteError, match="cannot name a key"):
        Signer.new("two words")
