"""A register that answers page by page, as `records.register` does, and remembers what it was asked."""

from dataclasses import dataclass, field
from typing import Any

ROW: dict[str, Any] = {
    "committee": "langson",
    "task": "viec-1",
    "title": "Xây dựng kho dữ liệu",
    "lead": "so-tai-chinh",
    "deadline_wording": "trước 30/6",
    "deadline_latest": "2026-06-30",
    "state": "open",
    "key": True,
    "percent": 40,
    "event": "task-langson.viec-1@0",
    "effective": "2026-01",
    "recorded": "2026-01-05T01:00:00+00:00",
    "position": 64,
    "doubts": {"inferred": ["form"]},
}


@dataclass
class Pages:
    """`rows` are all rows; `position` grows with each question, as a store does while somebody writes."""

    rows: list[dict[str, Any]]
    name: str = "tasks"
    asked: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, name: str, **question: Any) -> dict[str, Any]:
        self.asked.append({"name": name, **question})
        start, limit = question.get("offset", 0), question.get("limit", 100)
        return {
            "name": name,
            "committee": "langson",
            "columns": list(self.rows[0]) if self.rows else ["committee", "task", "title"],
            "rows": self.rows[start : start + limit],
            "total": len(self.rows),
            "position": 1000 + len(self.asked),
            "epoch": "ky-nguyen",
            "quarantine": [],
        }


def many(count: int) -> Pages:
    return Pages([{**ROW, "task": f"viec-{n:05}", "position": n} for n in range(count)])
