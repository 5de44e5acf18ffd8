"""`bcd export`: whole files or none, in the format that the name tells."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from services.cli import export
from services.cli.asking import Records
from services.cli.errors import FAILED, NOT_FOUND, USAGE
from shared.errors import InvalidRequest
from shared.settings import Settings, load_settings
from tests.unit.cli.conftest import Bcd
from tests.unit.gateway.test_exports import Services


class Failing(Services):
    """Breaks off on the second page."""

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        if payload.get("offset"):
            raise InvalidRequest("offset", "hỏng / broken")
        return {**super().call(service, method, payload, timeout=timeout), "total": 5000}


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch, data: Path) -> Services:
    return served(monkeypatch, Services())


def served(monkeypatch: pytest.MonkeyPatch, services: Services) -> Services:
    @contextmanager
    def asking(settings: Settings) -> Iterator[Records]:
        yield Records(services, settings)

    monkeypatch.setattr(export, "asking", asking)
    monkeypatch.setattr(export, "running", lambda *needed: load_settings())
    return services


def test_a_register_as_a_file(bcd: Bcd, services: Services, tmp_path: Path) -> None:
    target = tmp_path / "viec.xlsx"
    said = bcd(
        *("export", "register", "tasks", "--to", str(target), "--as-of", "2026-06-30"),
        *("--where", "state=open", "--search", "kho", "--sort", "-title", "--at-position", "5"),
    )
    assert said.status == 0
    assert load_workbook(target).worksheets[0].max_row == 4
    assert services.asked[0][1] == {
        "committee": "langson",
        "name": "tasks",
        "as_of": "2026-06-30",
        "at_position": 5,
        "filters": {"state": "open"},
        "search": "kho",
        "sort": ["-title"],
        "exported_as": "xlsx",
        "limit": 1000,
        "offset": 0,
    }
    assert said.out == ""
    assert "2 dòng" in said.err
    assert "SHA-256" in said.err


def test_what_breaks_off_leaves_what_was_there(
    bcd: Bcd, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    served(monkeypatch, Failing())
    target = tmp_path / "viec.csv"
    target.write_text("cũ")
    assert bcd("export", "register", "tasks", "--to", str(target)).status == USAGE
    assert target.read_text() == "cũ"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["viec.csv"]


def test_an_ending_or_a_folder_that_cannot_be(bcd: Bcd, services: Services, tmp_path: Path) -> None:
    said = bcd("export", "register", "tasks", "--to", str(tmp_path / "viec.docx"))
    assert said.status == USAGE
    assert ".xlsx, .csv" in said.err
    said = bcd("export", "register", "tasks", "--to", str(tmp_path / "khong-co" / "viec.csv"))
    assert said.status == FAILED
    assert "khong-co" in said.err
    assert services.asked == []


@pytest.mark.parametrize("form", ["docx", "csv", "xlsx"])
def test_a_book(bcd: Bcd, services: Services, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"so.{form}"
    said = bcd("export", "book", "outgoing", "--year", "2026", "--series", "BCĐ", "--to", str(target))
    assert said.status == 0
    assert services.asked[0][1]["filters"] == {"year": 2026, "series": "BCĐ"}
    match form:
        case "docx":
            assert Document(str(target)).tables[-1].rows[2].cells[0].text == "05/QĐ-BCĐ"
        case "csv":
            assert "05/QĐ-BCĐ" in target.read_text(encoding="utf-8-sig")
        case _:
            assert load_workbook(target).worksheets[0]["A2"].value == "05/QĐ-BCĐ"


def test_no_book_and_no_pdf(bcd: Bcd, services: Services, tmp_path: Path) -> None:
    target = str(tmp_path / "so.pdf")
    said = bcd("export", "book", "so-do", "--year", "2026", "--to", target)
    assert (said.status, "follow_up" in said.err) == (USAGE, True)


def test_without_libreoffice_it_says_so(
    bcd: Bcd, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    target = tmp_path / "so.pdf"
    said = bcd("export", "book", "incoming", "--year", "2026", "--to", str(target))
    assert said.status == FAILED
    assert "libreoffice-writer" in said.err
    assert not target.exists()
    monkeypatch.setenv("BCD_SOFFICE", str(tmp_path / "khong-co"))
    assert "BCD_SOFFICE" in bcd("export", "book", "incoming", "--year", "2026", "--to", str(target)).err


def test_an_invitation(bcd: Bcd, services: Services, tmp_path: Path) -> None:
    said = bcd("export", "calendar", "hop")
    assert said.status == 0
    assert said.out.startswith("BEGIN:VCALENDAR\r\n") or said.out.startswith("BEGIN:VCALENDAR\n")
    target = tmp_path / "hop.ics"
    assert bcd("export", "calendar", "hop", "--to", str(target)).status == 0
    assert b"UID:meeting-langson.hop\r\n" in target.read_bytes()
    assert bcd("export", "calendar", "khong-co").status == NOT_FOUND
    assert bcd("export", "calendar", "hop", "--to", str(tmp_path / "hop.txt")).status == USAGE


def test_csv_has_a_line_for_each_row(bcd: Bcd, services: Services, tmp_path: Path) -> None:
    target = tmp_path / "viec.csv"
    assert bcd("export", "register", "tasks", "--to", str(target)).status == 0
    text = target.read_bytes().decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == 3
