"""`bcd print`: the file, and what is said of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.cli import print_
from services.cli.asking import Records
from services.cli.errors import NOT_FOUND, USAGE
from services.records.printed.kinds import KINDS
from shared.settings import Settings, load_settings
from tests.unit.cli.conftest import Bcd
from tests.unit.gateway.test_printed_pages import Answering
from tests.unit.records.printed.reading import opened, text_of
from tests.unit.records.printed.story import whole


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Answering:
    return Answering(whole().told(tmp_path_factory.mktemp("cli")))


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch, data: Path, service: Answering) -> None:
    @contextmanager
    def asking(settings: Settings) -> Iterator[Records]:
        yield Records(service, settings)

    monkeypatch.setattr(print_, "asking", asking)
    monkeypatch.setattr(print_, "running", lambda *needed: load_settings())


def test_it_offers_every_kind() -> None:
    assert set(print_.PRINTED) == set(KINDS)


def test_a_document_with_its_number(bcd: Bcd, tmp_path: Path) -> None:
    target = tmp_path / "bb.docx"
    said = bcd("print", "minutes", "hop-1", "--to", str(target), "--committee", "mau")
    assert said.status == 0
    assert "05/BB-BCĐ" in said.err
    assert "Số: 05/BB-BCĐ" in text_of(opened(target.read_bytes()))


def test_a_draft_says_what_is_missing(bcd: Bcd, tmp_path: Path) -> None:
    target = tmp_path / "bb.docx"
    day = ("--as-of", "2026-02-05", "--to-sign")
    said = bcd("print", "minutes", "hop-1", "--to", str(target), "--committee", "mau", *day)
    assert said.status == 0
    assert "dự thảo" in said.err
    assert "Kết luận của chủ tọa: chưa ghi" in said.err


def test_what_cannot_be_printed_leaves_no_file(bcd: Bcd, tmp_path: Path) -> None:
    target = tmp_path / "x.docx"
    to = ("--to", str(target), "--committee", "mau")
    assert bcd("print", "minutes", "khong-co", *to).status == NOT_FOUND
    said = bcd("print", "decision", "kh-4", *to)
    assert said.status == USAGE
    assert "không có quyết định" in said.err
    assert bcd("print", "minutes", "hop-1", "--to", str(tmp_path / "x.odt")).status == USAGE
    assert list(tmp_path.glob("x*")) == []
