"""`bcd contents`: files in, files out, hashed again."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from services.cli.errors import FAILED, NOT_FOUND, OK, REFUSED, USAGE
from tests.unit.cli.conftest import Bcd

TEXT = "Biên bản (giả định)".encode()
DIGEST = sha256(TEXT).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "bien-ban.pdf"
    made.write_bytes(TEXT)
    return made


def test_a_file_goes_in_and_tells_what_a_command_says_of_it(bcd: Bcd, file: Path) -> None:
    said = bcd("contents", "add", str(file), "--json")
    told = {"digest": DIGEST, "name": "bien-ban.pdf", "media_type": "application/pdf", "size": len(TEXT)}
    assert (said.status, json.loads(said.out)) == (OK, [told])
    assert DIGEST in bcd("contents", "add", str(file)).out


def test_a_file_comes_out_again_and_overwrites_nothing(bcd: Bcd, file: Path, tmp_path: Path) -> None:
    bcd("contents", "add", str(file))
    to = tmp_path / "ra.pdf"
    assert bcd("contents", "get", DIGEST, "--to", str(to)).status == OK
    assert to.read_bytes() == TEXT
    said = bcd("contents", "get", DIGEST, "--to", str(to))
    assert said.status == USAGE
    assert "không ghi đè" in said.err


def test_what_is_not_there_or_no_digest_is_said(bcd: Bcd, tmp_path: Path) -> None:
    missing = bcd("contents", "get", DIGEST, "--to", str(tmp_path / "x"))
    assert missing.status == NOT_FOUND
    assert "bcd contents add" in missing.err
    assert not (tmp_path / "x").exists()
    assert bcd("contents", "get", "abc").status == USAGE
    assert bcd("contents", "add", str(tmp_path / "khong-co.pdf")).status == USAGE


def test_a_state_secret_stays_out_with_all_that_came_along(bcd: Bcd, file: Path, tmp_path: Path) -> None:
    secret = tmp_path / "KH_MẬT_2026.pdf"
    secret.write_bytes(b"x")
    said = bcd("contents", "add", str(file), str(secret))
    assert said.status == REFUSED
    assert json.loads(bcd("contents", "check", "--json").out)["contents"] == 0


def test_all_are_hashed_again(bcd: Bcd, data: Path, file: Path, tmp_path: Path) -> None:
    bcd("contents", "add", str(file))
    assert bcd("contents", "check").status == OK
    (data / "contents" / DIGEST[:2] / DIGEST).write_bytes(b"khac")
    said = bcd("contents", "check", "--json")
    assert said.status == FAILED
    assert [one["digest"] for one in json.loads(said.out)["damaged"]] == [DIGEST]
    assert DIGEST in bcd("contents", "check").out
    damaged = bcd("contents", "get", DIGEST, "--to", str(tmp_path / "x"))
    assert damaged.status == FAILED
    assert not (tmp_path / "x").exists()
