"""The gateway over a `records` service that a test dictates."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.gateway.app import create_app
from services.gateway.asking import Records
from shared.errors import InvalidRequest
from tests.unit.records.compliance.told import compliance_answer

HOSTILE = '<script>alert("x")</script>'

MEMBER: dict[str, Any] = {
    "committee": "langson",
    "seat": "chu-tich",
    "post": "Chủ tịch UBND tỉnh",
    "role": "chair",
    "agency": "ubnd-tinh",
    "since": "2021-10-13",
    "until": None,
    "event": "member-langson.roster@0",
    "effective": "2021-10-13",
    "recorded": "2026-11-23T04:09:47+00:00",
    "position": 4014,
    "document": "2041/QĐ-UBND 13/10/2021",
    "source": "https://example.org/nguon",
    "stated": 1,
    "doubts": {"conflict": "19 hay 23", "inferred": ["form"], "missing": ["thời hạn"], "not_stated": True},
}
MEETING: dict[str, Any] = {
    "meeting": "hop/1 a",
    **{name: value for name, value in MEMBER.items() if name != "seat"},
    "title": HOSTILE,
    "held": "2022-09-28",
    "kind": "periodic",
    "state": "closed",
    "steps": [
        {"event": "meeting-langson.x@0", "type": "MeetingConvened", "effective": "2022-09-01", "by": None},
        {"event": "meeting-langson.x@1", "type": "MeetingPostponed", "effective": "2022-09", "by": HOSTILE},
    ],
    "source": f"javascript:{HOSTILE}",
    "doubts": {"missing": [HOSTILE]},
}
EVENT: dict[str, Any] = {
    "reference": "meeting-langson.x@0",
    "type": "MeetingConvened",
    "effective": "2022-09-28",
    "capacity": "chair",
    "clauses": ["D3", "D8.1"],
    "document": HOSTILE,
}
EVENT |= {
    "person": "chu-tich",
    "mandate": "chair",
    "ground": "chair since 2021-10-13",
    "data": {"text": HOSTILE},
}
EVENT |= {"source": "https://example.org/su-kien", "doubts": {"inferred": ["quarter"]}}
ROUND: dict[str, Any] = {
    "committee": "langson",
    "round": "dot-1",
    "subject": "Góp ý dự thảo kế hoạch",
    "form": "written",
    "asked": ["chu-tich", "pho"],
    "due": None,
    "answered": 0,
    "state": "open",
    "effective": "2022-09-28",
    "doubts": {},
}
COUNT: dict[str, Any] = {
    "committee": "langson",
    "event_id": "e1",
    "kind": "thanh_vien_theo_tin_van_phong",
    "count": 19,
    "listed": 23,
    "differs": True,
    "effective": "2021-10-13",
    "source": "https://example.org/tin",
    "doubts": {},
}
SHEET: dict[str, Any] = {
    "committee": "langson",
    "name": "Ban Chỉ đạo về chuyển đổi số tỉnh",
    "regulation": "64/QĐ-BCĐ 20/04/2022",
    "standing_office": "ubnd-tinh",
    "feedback": "ubnd-tinh",
    "doubts": {},
}
FORMER = {"committee": "langson", "event_id": "e0", "name": "Ban Chỉ đạo cũ", "since": "2020-06-17"}
AGENCY = {"committee": "langson", "agency": "ubnd-tinh", "name": "UBND tỉnh", "doubts": {}}
ROWS = {
    "members": [MEMBER],
    "seats": [MEMBER],
    "meetings": [MEETING],
    "agencies": [AGENCY],
    "opinion_rounds": [ROUND],
    "head_counts": [COUNT],
    "committees": [SHEET],
    "committee_names": [FORMER],
}


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    return ["committee", *(name for name in (list(rows[0]) if rows else ["id"]) if name != "committee")]


@dataclass
class FakeServices:
    """Answers as `records` does; `asked` keeps the questions, `failure` is raised instead of an answer."""

    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    failure: Exception | None = None
    total: int | None = None

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        assert (service, timeout) == ("records", 2.0)
        self.asked.append((method, payload))
        if self.failure is not None:
            raise self.failure
        if method == "status":
            return {"position": 1}
        if method == "compliance":
            return compliance_answer(payload.get("clause"))
        rows = ROWS.get(payload["name"], [])
        answer = {**payload, "position": 7, "columns": _columns(rows), "rows": rows}
        if method == "register":
            return {**answer, "total": len(rows) if self.total is None else self.total}
        wanted = _columns(rows)[1]
        found = [row for row in rows if row.get(wanted) == payload["id"]]
        if not found:
            raise InvalidRequest("id", "không có / no record")
        related = {"agencies": [AGENCY]}
        roster = {"roster": [MEMBER], "roster_as_of": "2022-09-28", "committee_name": "Ban Chỉ đạo"}
        return {**answer, "rows": found, "total": 1, "related": related, "events": [EVENT], **roster}

    def running(self, service: str) -> int:
        return 0 if self.failure else 1


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture
def client(services: FakeServices) -> FlaskClient:
    return create_app(Records(services, "langson", 2.0)).test_client()
