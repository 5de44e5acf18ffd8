"""`bcd records completeness`: a table for people, JSON for programs, a status for scripts."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from services.cli import completeness
from services.cli.asking import Records, asker
from services.cli.errors import FAILED, OK
from shared.settings import Settings, load_settings
from tests.unit.cli.conftest import Bcd

LINE = {"register": "meetings", "record": "hop-1", "title": "Họp quý I", "day": "2026-03-05",
        "what": "minutes", "state": "cited", "document": "03/BB-BCĐ", "digest": None,
        "evidence": ["meeting-langson.hop-1@2"]}  # fmt: skip
KEPT = {**LINE, "what": "attendance", "state": "kept", "document": None}
TOTALS = {"kept": 1, "waived": 0, "cited": 1, "no_content": 0, "source_only": 0, "missing": 0}
ANSWER: dict[str, Any] = {"year": 2026, "totals": TOTALS, "whole": False, "lines": [LINE, KEPT]}


class Fake:
    """The services, answering for `records`."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        assert (service, method) == ("records", "completeness")
        self.asked.append(payload)
        return {**payload, **ANSWER}


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch, data: object) -> Fake:
    fake = Fake()

    @contextmanager
    def asking(settings: Settings) -> Iterator[Records]:
        yield Records(fake, settings)

    monkeypatch.setattr(completeness, "asking", asking)
    monkeypatch.setattr(completeness, "running", lambda *needed: load_settings())
    return fake


def test_a_table_with_what_there_is_and_what_not(bcd: Bcd, services: Fake) -> None:
    said = bcd("records", "completeness", "--year", "2026", "--committee", "mau")
    assert said.status == OK
    for word in ("Biên bản họp", "03/BB-BCĐ", "có dẫn, chưa có trong hồ sơ", "1 sự kiện", "Họp quý I"):
        assert word in said.out
    assert services.asked == [{"committee": "mau", "year": 2026, "asked_by": asker()}]


def test_only_what_is_lacking_and_strictly(bcd: Bcd, services: Fake) -> None:
    said = bcd("records", "completeness", "--lacking", "--strict", "--json")
    assert said.status == FAILED
    assert json.loads(said.out)["lines"] == [LINE]
    assert bcd("records", "completeness", "--json").status == OK


def test_where_all_is_kept_it_says_so(bcd: Bcd, services: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ANSWER, "lines", [KEPT])
    monkeypatch.setitem(ANSWER, "whole", True)
    said = bcd("records", "completeness", "--lacking", "--strict")
    assert said.status == OK
    assert "Không thiếu tài liệu nào" in said.out
