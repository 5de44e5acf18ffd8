"""`bcd compliance` and `bcd authority`: tables for people, one JSON document for programs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from services.cli import authority, compliance
from services.cli.asking import Records, asker
from services.cli.errors import USAGE
from services.members.events import AuthorityDelegated, MemberAppointed, Role
from services.records.powers import powers
from services.regulation.clauses import clauses
from shared.catalogue import word
from shared.messages import PersonId
from shared.settings import Settings
from tests.unit.cli.conftest import Bcd
from tests.unit.records.compliance.told import Past, compliance_answer
from tests.unit.rows import COMMITTEE


def past() -> Past:
    told = Past().regulated()
    for seat, role in (("truong-ban", Role.CHAIR), ("pho-thuong-truc", Role.STANDING_DEPUTY)):
        held = MemberAppointed(seat_id=seat, post=seat, role=role, holder=PersonId(seat))
        told.tell("member.roster", held, at="2026-01-01")
    period = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}
    delegated = AuthorityDelegated.model_validate(
        {
            "delegation_id": "u",
            "delegate_seat": "pho-thuong-truc",
            "scope": "họp",
            "matters": ["meetings"],
            **period,
        }
    )
    told.tell("member.roster", delegated, at="2026-02-20")
    return told


class Fake:
    """The services, answering for `records`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        self.asked.append((method, payload))
        if method == "compliance":
            return compliance_answer(payload.get("clause"))
        if method == "powers":
            at = date.fromisoformat(payload["at"])
            return {"committee": COMMITTEE, **powers(past().events, COMMITTEE, payload["person"], at)}
        rows = [{"name": "Ban Chỉ đạo"}] if payload.get("name") == "committees" else []
        return {**payload, "columns": [], "rows": rows, "total": len(rows)}


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch, data: object) -> Fake:
    fake = Fake()

    @contextmanager
    def asking(settings: Settings) -> Iterator[Records]:
        yield Records(fake, settings)

    monkeypatch.setenv("AMQP_URI", "amqp://localhost//")
    for module in (authority, compliance):
        _replace(monkeypatch, module, asking)
    return fake


def _replace(monkeypatch: pytest.MonkeyPatch, module: ModuleType, asking: object) -> None:
    monkeypatch.setattr(module, "asking", asking)


def test_every_clause_in_a_table(bcd: Bcd, services: Fake) -> None:
    said = bcd("compliance", "--as-of", "2026-04-01", "--since", "2026-01-01")
    assert (said.status, said.err) == (0, "")
    for leaf in clauses().leaves:
        assert leaf.id in said.out
    assert "✗ vi phạm" in said.out
    assert "Quý I/2026" in " ".join(said.out.split())
    days = {"as_of": "2026-04-01", "since": "2026-01-01"}
    assert services.asked[0][1] == {"committee": "langson", **days, "asked_by": asker()}
    assert max(map(len, said.out.splitlines())) <= 100


def test_one_clause_with_its_proof(bcd: Bcd, services: Fake) -> None:
    said = bcd("compliance", "--clause", "D8.1")
    assert "khoản 1 Điều 8" in said.out
    assert "Ban Chỉ đạo họp định kỳ" in said.out
    assert "Đã hết quý I/2026 mà" in said.out


def test_compliance_for_programs(bcd: Bcd, services: Fake) -> None:
    told = json.loads(bcd("compliance", "--clause", "D8.1", "--json").out)
    assert told["detail"]["clause"] == "D8.1"


def test_days_are_checked_before_anything_is_asked(bcd: Bcd, services: Fake) -> None:
    assert bcd("compliance", "--since", "1/1/2026").status == USAGE
    assert bcd("authority", "truong-ban", "--at", "2026-13-01").status == USAGE
    assert services.asked == []


def test_what_the_chair_may_do(bcd: Bcd, services: Fake) -> None:
    said = bcd("authority", "truong-ban", "--at", "2026-03-15")
    assert said.status == 0
    assert "Trưởng Ban" in said.out
    assert "member-langson.roster@0" in said.out
    told = " ".join(said.out.split())
    assert "Họp, chỉ đạo, văn bản ban hành chỉ đạo; ban hành danh mục hồ sơ; " in told
    assert "Được yêu cầu, với việc của chính mình" in told
    assert max(map(len, said.out.splitlines())) <= 100


def test_commands_are_in_words_for_people_and_by_name_for_programs(bcd: Bcd, services: Fake) -> None:
    said = bcd("authority", "truong-ban", "--at", "2026-03-15")
    told = json.loads(bcd("authority", "truong-ban", "--at", "2026-03-15", "--json").out)
    may = told["capacities"][0]["may"]
    column = next(line.index("member-langson") for line in said.out.splitlines() if "member-langson" in line)
    words = " ".join(" ".join(line[column:] for line in said.out.splitlines()).split())
    assert "ConveneMeeting" in may["any"]
    for command in (*may["any"], *may["own"]):
        assert command not in said.out
        assert word("command", command) in words


def test_words_stand_in_the_order_of_the_vietnamese_alphabet() -> None:
    words = ["ủy quyền", "đề xuất", "dự thảo", "thu hồi", "tháo gỡ", "ma", "má", "mà", "yêu cầu", "ủy ban"]
    assert sorted(words, key=authority.as_in_dictionaries) == [
        "dự thảo",
        "đề xuất",
        "ma",
        "mà",
        "má",
        "tháo gỡ",
        "thu hồi",
        "ủy ban",
        "ủy quyền",
        "yêu cầu",
    ]


def test_the_standing_deputy_inside_and_outside_the_delegation(bcd: Bcd, services: Fake) -> None:
    inside = json.loads(bcd("authority", "pho-thuong-truc", "--at", "2026-03-15", "--json").out)
    (capacity,) = inside["capacities"]
    assert (capacity["way"], capacity["acts_for"], capacity["matters"]) == (
        "for_the_chair",
        "truong-ban",
        ["meetings"],
    )
    assert capacity["evidence"] == ["member-langson.roster@1", "member-langson.roster@2"]
    assert "ConveneMeeting" in capacity["may"]["any"]
    assert "IssueProgramme" not in capacity["may"]["any"]  # was not delegated
    outside = json.loads(bcd("authority", "pho-thuong-truc", "--at", "2026-04-01", "--json").out)
    assert [one["way"] for one in outside["capacities"]] == ["standing_deputy"]
    told = bcd("authority", "pho-thuong-truc", "--at", "2026-03-15").out
    assert "Thay mặt" in told


def test_who_holds_nothing_may_do_nothing(bcd: Bcd, services: Fake) -> None:
    said = bcd("authority", "nguoi-la", "--at", "2026-03-15")
    assert said.status == 0
    assert "không giữ tư cách nào" in said.out
