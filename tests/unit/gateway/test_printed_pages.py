"""Downloads of documents: linked from the page of their record, made from its events."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.gateway.app import create_app
from services.gateway.asking import Records
from services.records.printed.told import Told
from tests.unit.records.printed.reading import opened, text_of
from tests.unit.records.printed.story import whole

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Answering:
    """The `records` service over the records of the invented committee."""

    def __init__(self, told: Told) -> None:
        self._told = told

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        assert service == "records"
        return dict(self._told.ask(method, **payload))

    def running(self, service: str) -> int:
        return 1


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    answering = Answering(whole().told(tmp_path_factory.mktemp("pages")))
    return create_app(Records(answering, "mau", 2.0), lambda: date(2026, 7, 1)).test_client()


def test_the_minutes_as_a_document(visitor: FlaskClient) -> None:
    got = visitor.get("/print/minutes/hop-1.docx")
    assert (got.status_code, got.mimetype) == (200, WORD)
    assert "minutes-hop-1.docx" in got.headers["Content-Disposition"]
    assert "Số: 05/BB-BCĐ" in text_of(opened(got.data))


def test_as_of_a_day_and_for_signing(visitor: FlaskClient) -> None:
    got = visitor.get("/print/minutes/hop-1.docx?as_of=2026-02-05&sign=1")
    document = opened(got.data)
    assert "DỰ THẢO" in text_of(document)
    assert "".join(one.text for one in document.sections[0].footer.paragraphs) == ""


def test_the_page_of_a_record_offers_what_can_be_printed_of_it(visitor: FlaskClient) -> None:
    meeting = visitor.get("/meetings/hop-1").text
    for kind in ("minutes", "notice", "invitation"):
        assert f'href="/print/{kind}/hop-1.docx"' in meeting
    assert "/print/decision" not in meeting
    assert 'href="/print/plan/kt-2026.docx"' in visitor.get("/programmes/kt-2026").text
    assert 'href="/print/decision/q%C4%91-1.docx"' in visitor.get("/outgoing/qđ-1").text
    assert "/print/" not in visitor.get("/outgoing/kh-4").text
    assert "/print/" not in visitor.get("/agencies/so-tai-chinh").text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/print/minutes/khong-co.docx", 404),
        ("/print/tho/hop-1.docx", 404),
        ("/print/minutes/hop-1.docx?as_of=xưa", 400),
        ("/print/minutes/hop-1.docx?as_of=2026-02-01", 400),
        ("/print/decision/kh-4.docx", 400),
    ],
)
def test_what_cannot_be_printed_is_a_problem_and_no_failure(
    visitor: FlaskClient, address: str, status: int
) -> None:
    assert visitor.get(address).status_code == status


def test_without_libreoffice_a_pdf_is_refused_with_a_word(
    visitor: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    got = visitor.get("/print/minutes/hop-1.pdf")
    assert got.status_code in (501, 503)
    assert "LibreOffice" in got.text
