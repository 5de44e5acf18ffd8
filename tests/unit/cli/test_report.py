"""`bcd report`: a table for people, one JSON document for programs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from services.cli import report
from services.cli.asking import Records
from services.cli.errors import USAGE
from shared.errors import InvalidRequest
from shared.settings import Settings, load_settings
from tests.unit.cli.conftest import Bcd

FIGURES = [
    {"key": "meetings_periodic", "label": "Cuộc họp định kỳ", "kind": "count", "value": 1, "unit": None,
     "evidence": ["meeting-langson.hop@0"], "remark": None},
    {"key": "expenditure", "label": "Kinh phí đã chi trong kỳ", "kind": "sum", "value": 1_250_000,
     "unit": "đồng", "evidence": ["budget-langson.2026@2", "budget-langson.2026@3"], "remark": None},
    {"key": "findings", "label": "Kết luận kiểm tra", "kind": "count", "value": 0, "unit": None,
     "evidence": [], "remark": None},
]  # fmt: skip


class Fake:
    """The services, answering for `records`."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        assert (service, method) == ("records", "activity")
        self.asked.append(payload)
        if payload["period"] == "2026-Q9":
            raise InvalidRequest("period", "không phải kỳ báo cáo")
        return {**payload, "figures": FIGURES}


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
    assert "hoạt động: thu, Quý III/2026" in said.out
    lines = [line.split() for line in said.out.splitlines()]
    assert ["Cuộc", "họp", "định", "kỳ", "1", "1"] in lines
    assert ["Kinh", "phí", "đã", "chi", "trong", "kỳ", "1.250.000", "đồng", "2"] in lines
    assert ["Kết", "luận", "kiểm", "tra", "0", "0"] in lines


def test_json_names_the_events(bcd: Bcd, services: Fake) -> None:
    said = bcd("report", "--period", "2026-Q3", "--json")
    assert json.loads(said.out)["figures"] == FIGURES


def test_what_is_no_period_and_no_period_at_all(bcd: Bcd, services: Fake) -> None:
    assert bcd("report", "--period", "2026-Q9").status == USAGE
    assert bcd("report").status == USAGE
