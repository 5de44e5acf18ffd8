"""`bcd report`: tables for people, one JSON document for programs, a document to send."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from services.cli import report
from services.cli.asking import Records
from services.cli.errors import FAILED, USAGE
from shared.errors import InvalidRequest
from shared.settings import Settings, load_settings
from tests.unit.cli.conftest import Bcd
from tests.unit.records.printed.test_activity_report import ISSUED, answer


class Fake:
    """The services, answering for `records`."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        assert (service, method) == ("records", "activity")
        payload.pop("asked_by", None)
        self.asked.append(payload)
        if payload["period"] == "2026-Q9":
            raise InvalidRequest("period", "không phải kỳ báo cáo")
        return {**answer(issued=[ISSUED]), **payload}


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch, data: object) -> Fake:
    fake = Fake()

    @contextmanager
    def asking(settings: Settings) -> Iterator[Records]:
        yield Records(fake, settings)

    monkeypatch.setattr(report, "asking", asking)
    monkeypatch.setattr(report, "running", lambda *needed: load_settings())
    return fake


def test_the_table(bcd: Bcd, services: Fake) -> None:
    said = bcd("report", "--period", "2026-Q3", "--committee", "thu")
    assert said.status == 0
    assert services.asked == [{"period": "2026-Q3", "committee": "thu"}]
    assert "hoạt động: thu, quý III/2026" in said.out
    lines = [line.split() for line in said.out.splitlines()]
    assert ["Cuộc", "họp", "định", "kỳ", "2", "0", "2"] in lines
    assert ["Kinh", "phí", "đã", "chi", "trong", "kỳ", "0", "đồng", "0", "0"] in lines
    assert "Phản ánh, kiến nghị" in said.out
    assert "Cuộc họp định kỳ: 3 → 2" in said.out


def test_json_names_the_events(bcd: Bcd, services: Fake) -> None:
    said = bcd("report", "--period", "2026-Q3", "--json")
    assert json.loads(said.out)["figures"] == answer()["figures"]


def test_the_window_and_a_moment_are_asked_for(bcd: Bcd, services: Fake) -> None:
    when = "2026-10-01T00:00:00+07:00"
    said = bcd("report", "--period", "2026-Q3", "--window", "--at-position", "7", "--recorded-by", when)
    assert said.status == 0
    assert services.asked[0] == {
        "period": "2026-Q3",
        "committee": "langson",
        "window": True,
        "at_position": 7,
        "recorded_by": when,
    }


def test_the_report_as_a_file(
    bcd: Bcd, services: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in ("docx", "json"):
        said = bcd("report", "--period", "2026-Q3", "--to", str(tmp_path / f"bao-cao.{form}"))
        assert (said.status, said.out) == (0, "")
    assert json.loads((tmp_path / "bao-cao.json").read_text())["period"] == "2026-Q3"
    assert Document(str(tmp_path / "bao-cao.docx")).core_properties.version == "900"
    assert bcd("report", "--period", "2026-Q3", "--to", str(tmp_path / "bao-cao.txt")).status == USAGE
    monkeypatch.setenv("PATH", str(tmp_path))
    said = bcd("report", "--period", "2026-Q3", "--to", str(tmp_path / "bao-cao.pdf"))
    assert said.status == FAILED
    assert "libreoffice-writer" in said.err


def test_what_is_no_period_and_no_period_at_all(bcd: Bcd, services: Fake) -> None:
    assert bcd("report", "--period", "2026-Q9").status == USAGE
    assert bcd("report").status == USAGE
