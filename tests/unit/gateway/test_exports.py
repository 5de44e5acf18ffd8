"""Downloads and the pages of the activity report, over a `records` service that a test dictates."""

import csv
import html
import io
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from docx import Document
from flask.testing import FlaskClient
from openpyxl import load_workbook

from services.gateway import exports
from services.gateway.app import create_app
from services.gateway.asking import Records
from services.records.printed.book_files import FORMS
from shared.errors import InvalidRequest
from tests.unit.gateway.conftest import HOSTILE
from tests.unit.records.printed.pages import ROW
from tests.unit.records.printed.test_activity_report import answer
from tests.unit.records.printed.test_calendar_files import CONVENED, row
from tests.unit.records.printed.test_registers_of_documents import ARRIVED, ISSUED

ROWS = {
    "tasks": [{**ROW, "title": HOSTILE}, ROW],
    "outgoing": [ISSUED],
    "incoming": [ARRIVED],
    "agencies": [{"committee": "langson", "agency": "so-tai-chinh", "name": "Sở Tài chính"}],
    "committees": [{"committee": "langson", "name": "Ban Chỉ đạo tỉnh"}],
}


@dataclass
class Services:
    """Answers as `records` does."""

    total: int | None = None
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        payload.pop("asked_by", None)
        self.asked.append((method, payload))
        if method == "activity":
            if payload["period"] == "xưa":
                raise InvalidRequest("period", "không phải kỳ / no period")
            return answer(**{name: payload[name] for name in ("window",) if name in payload})
        if method == "journal":
            found = [row("meeting-langson.hop", CONVENED, 0)] if payload["stream"].endswith(".hop") else []
            return {"rows": found}
        rows = ROWS.get(payload["name"], [])
        columns = list(rows[0]) if rows else ["committee", "id"]
        known = {"position": 7, "epoch": "e", "quarantine": []}
        total = len(rows) if self.total is None else self.total
        return {**payload, **known, "columns": columns, "rows": rows, "total": total}

    def running(self, service: str) -> int:
        return 1


@pytest.fixture
def served() -> Services:
    return Services()


@pytest.fixture
def visitor(served: Services) -> FlaskClient:
    return create_app(Records(served, "langson", 2.0), lambda: date(2026, 7, 1)).test_client()


def test_a_register_as_a_workbook(visitor: FlaskClient, served: Services) -> None:
    got = visitor.get("/tasks.xlsx?as_of=2026-06-30&search=kho&sort=-title&sort=task")
    assert str(got.mimetype).endswith("spreadsheetml.sheet")
    assert got.headers["Content-Disposition"] == "attachment; filename=tasks-2026-06-30.xlsx"
    sheet = load_workbook(io.BytesIO(got.data)).worksheets[0]
    assert [sheet["A3"].value, sheet["B3"].value] == [HOSTILE, "Sở Tài chính"]
    assert served.asked[0] == (
        "register",
        {
            "committee": "langson",
            "name": "tasks",
            "as_of": "2026-06-30",
            "search": "kho",
            "sort": ["-title", "task"],
            "exported_as": "xlsx",
            "limit": 1000,
            "offset": 0,
        },
    )


def test_a_register_as_csv(visitor: FlaskClient) -> None:
    got = visitor.get("/tasks.csv")
    assert got.headers["Content-Type"] == "text/csv; charset=utf-8"
    told = list(csv.reader(io.StringIO(got.data.decode("utf-8-sig"), newline="")))
    assert told[1][0] == HOSTILE
    assert len(told) == 3


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/khong-co.xlsx", 404),
        ("/tasks.xlsx?as_of=hom-qua", 400),
        ("/books/khong-co.csv", 404),
        ("/books?year=nam-nay", 400),
        ("/books/outgoing.csv?year=1", 400),
        ("/meetings/khong-co.ics", 404),
        ("/report?period=xưa", 400),
        ("/report/khong-co", 404),
    ],
)
def test_what_is_not_there_or_no_question(visitor: FlaskClient, address: str, status: int) -> None:
    got = visitor.get(address)
    assert got.status_code == status
    assert got.mimetype == "text/html"


def test_a_download_has_a_limit_and_says_how_to_get_more(visitor: FlaskClient, served: Services) -> None:
    served.total = exports.MOST + 1
    got = visitor.get("/tasks.csv")
    assert got.status_code == 400
    assert "bcd export register tasks" in got.text


def test_the_pages_offer_their_files(visitor: FlaskClient) -> None:
    page = visitor.get("/tasks?as_of=2026-06-30&sort=-title").text
    for form in ("xlsx", "csv"):
        assert f'href="/tasks.{form}?as_of=2026-06-30&amp;sort=-title"' in page
    assert 'href="/books"' in visitor.get("/outgoing").text
    assert 'href="/report"' in page


def test_the_books(visitor: FlaskClient) -> None:
    page = visitor.get("/books?series=BCĐ").text
    assert 'href="/books/outgoing.docx?year=2026&amp;series=BC%C4%90"' in page
    for form in FORMS:
        assert page.count(f".{form}</a>") == 3
    got = visitor.get("/books/incoming.docx?year=2026")
    assert Document(io.BytesIO(got.data)).tables[-1].rows[2].cells[1].text == "03"
    got = visitor.get("/books/outgoing.csv?year=2026&series=BCĐ")
    assert "05/QĐ-BCĐ" in got.text


def test_an_invitation(visitor: FlaskClient) -> None:
    got = visitor.get("/meetings/hop.ics")
    assert got.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "UID:meeting-langson.hop" in got.text
    assert "Ban Chỉ đạo tỉnh" in got.text


def test_without_libreoffice_the_reason_is_a_page(
    visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/khong-co")
    for address in ("/report.pdf?period=2026-Q3", "/books/incoming.pdf?year=2026"):
        got = visitor.get(address)
        assert got.status_code == 501
        assert "libreoffice-writer" in got.text


def test_the_report_and_what_a_figure_rests_on(visitor: FlaskClient, served: Services) -> None:
    page = visitor.get("/report?period=2026-Q3").text
    assert 'href="/report/meetings_periodic?period=2026-Q3">2</a>' in page
    assert "Kết quả hoạt động quý III/2026" in page
    assert 'action="/report"' in page
    assert 'href="/report.json?period=2026-Q3"' in page
    events = visitor.get("/report/meetings_periodic?period=2026-Q3").text
    assert 'href="/report?period=2026-Q3"' in events
    assert "roster-langson.all@1" in events
    assert "Triệu tập cuộc họp" in events
    told = visitor.get("/report/meetings_periodic.json?period=2026-Q3").get_json()
    assert [one["reference"] for one in told["events"]] == told["evidence"]
    assert visitor.get("/report.json?period=2026-Q3").get_json()["position"] == 900
    assert served.asked[0] == ("activity", {"committee": "langson", "period": "2026-Q3"})


def test_the_report_of_the_last_quarter_where_none_is_asked_for(
    visitor: FlaskClient, served: Services
) -> None:
    page = visitor.get("/report?window=1").text
    assert served.asked[0] == ("activity", {"committee": "langson", "period": "2026-Q2", "window": True})
    assert "checked" in page


def test_the_report_as_a_document(visitor: FlaskClient) -> None:
    got = visitor.get("/report.docx?period=2026-Q3")
    assert "BÁO CÁO" in [one.text for one in Document(io.BytesIO(got.data)).paragraphs]


def test_a_file_holds_what_its_page_asks_for_ranges_and_position_too(
    visitor: FlaskClient, served: Services
) -> None:
    page = visitor.get("/tasks?by=deadline_latest&from=2026-01-01&to=2026-03-31&at_position=5").text
    (address,) = re.findall(r'href="(/tasks\.csv\?[^"]+)"', page)
    assert visitor.get(html.unescape(address)).status_code == 200
    sent = next(payload for _, payload in served.asked if "exported_as" in payload)
    assert sent["ranges"] == {"deadline_latest": {"from": "2026-01-01", "to": "2026-03-31"}}
    assert sent["at_position"] == 5
