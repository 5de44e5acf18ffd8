"""The pages on how the regulation is kept: every clause with its state, one clause with its proof."""

from flask.testing import FlaskClient

from services.gateway.asking import MORE, REGISTERS
from services.records.registers import REGISTERS as REGISTER_NAMES
from services.regulation.clauses import clauses
from tests.unit.gateway.conftest import FakeServices


def test_every_clause_stands_on_the_page(client: FlaskClient) -> None:
    page = client.get("/compliance")
    assert page.status_code == 200
    for leaf in clauses().leaves:
        assert f'href="/compliance/{leaf.id}"' in page.text
    for word in ("Quý I/2026", "vi phạm", "chưa phát sinh", "không có chứng cứ"):
        assert word in page.text
    assert 'aria-current="page"' in page.text


def test_a_clause_with_its_words_and_its_occasions(client: FlaskClient, services: FakeServices) -> None:
    page = client.get("/compliance/D8.1?as_of=2026-04-01").text
    assert "Ban Chỉ đạo họp định kỳ một quý/lần" in page
    assert "Đã hết quý I/2026 mà không họp định kỳ." in page
    asked = {"committee": "langson", "as_of": "2026-04-01", "clause": "D8.1", "asked_by": "127.0.0.1"}
    assert services.asked[0] == ("compliance", asked)


def test_for_programs_both_are_json(client: FlaskClient) -> None:
    told = client.get("/compliance.json").get_json()
    assert told["quarters"] == ["2026-Q1", "2026-Q2"]
    assert client.get("/compliance/D8.1.json").get_json()["detail"]["occasions"][0]["standing"] == "breached"


def test_a_clause_that_there_is_not(client: FlaskClient, services: FakeServices) -> None:
    assert client.get("/compliance/D99").status_code == 404
    assert services.asked == []


def test_the_menu_leads_there(client: FlaskClient) -> None:
    assert 'href="/compliance"' in client.get("/").text


def test_every_register_has_a_page() -> None:
    """All that records can list is reached from the overview; the rest is shown on other pages."""
    elsewhere = {"committees", "citations"}
    assert set(REGISTER_NAMES) - {*REGISTERS, *MORE} == elsewhere
