"""An agency that ended with one single successor hands its seats on; with a group in its place they end."""

from pathlib import Path

import pytest
from rich.console import Console

from services.cli.importer.chronicle import load
from services.cli.importer.sending import as_dict, committee_of, send
from services.cli.importer.translate import translate
from tests.component.house import House

CHRONICLE = """
- date: 2021-05-10
  kind: membership
  title: Quyết định thành lập Ban chỉ đạo Chuyển đổi số tỉnh Mẫu Gương
  documents: [{{number: 1500/QĐ-UBND, date: 2021-05-10, issuer: UBND tỉnh Mẫu Gương}}]
  positions:
  - Trưởng ban: Chủ tịch UBND tỉnh
  - Các thành viên: [Giám đốc Sở Ngoại vụ, Giám đốc Sở Nội vụ]
  source: g1
- date: 2024-03-04
  kind: reorganisation
  title: Giải thể Sở Ngoại vụ
  agencies: [Sở Ngoại vụ (giải thể), {heir}]
  source: g2
"""


@pytest.mark.parametrize(
    ("heir", "followed"),
    [
        ("Sở Y tế", ["SeatTransferred"]),
        ("Sở Nội vụ", ["SeatFolded"]),
        ('"65 xã, phường"', ["MemberReleased"]),
    ],
)
def test_what_follows_a_dissolution(tmp_path: Path, heir: str, followed: list[str]) -> None:
    path = tmp_path / "tinh-mau-guong.yaml"
    path.write_text(CHRONICLE.format(heir=heir), encoding="utf-8")
    chronicle, house = load(path), House()
    report = send(chronicle, translate(chronicle), committee_of(path), house, 1.0, Console(quiet=True))
    assert as_dict(report)["not_expressed"] == []
    assert house.follow() == []
    assert [
        e.type for e in house.history() if e.type in {*followed, "SeatTransferred", "SeatFolded"}
    ] == followed
