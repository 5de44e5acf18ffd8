"""`bcd import FILE --check`: what it says, where, in which form, and with which exit status."""

import json
from pathlib import Path

import pytest
from rich.console import Console

from services.cli.importer import run
from services.cli.importer.chronicle import load
from services.cli.importer.outcome import as_dict
from services.cli.importer.sending import send
from services.cli.importer.translate import translate
from shared.messages import CommitteeId
from shared.settings import Settings
from tests.component.house import House

GOOD = (
    "- {date: 2022-01-01, kind: meeting, title: Họp Ban Chỉ đạo, source: s, details: {chair: Trưởng ban}}\n"
)
BAD = "- {date: 2022-Q3, kind: report, title: Báo cáo, source: s}\n"


def check(
    tmp_path: Path,
    text: str,
    name: str = "tinh-mau.yaml",
    committee: str | None = None,
    *,
    as_json: bool = False,
) -> tuple[int, str]:
    """The exit status, and what stands on the console."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    console = Console(width=300)
    with console.capture() as caught:
        status = run(path, committee, Settings(), console, check=True, as_json=as_json)
    return status, caught.get()


def test_a_good_file_is_0_and_says_that_nothing_was_sent(tmp_path: Path) -> None:
    status, said = check(tmp_path, GOOD)
    assert status == 0
    assert "Sẽ nhập 1/1 mục thành 2 lệnh; bỏ lại 0. Chưa gửi gì." in said


def test_an_entry_left_out_is_3_and_named_with_line_and_remedy(tmp_path: Path) -> None:
    status, said = check(tmp_path, GOOD + BAD)
    assert status == 3
    assert "dòng 2: 2022-Q3 Báo cáo" in said
    assert "2022, 2022-09 hoặc 2022-09-28" in said
    assert "bỏ lại 1" in said


def test_json_is_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _ = check(tmp_path, GOOD + BAD, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert status == 3
    assert (told["entries"], told["expressed"], len(told["not_expressed"])) == (2, 1, 1)
    assert told["not_expressed"][0]["line"] == 2


@pytest.mark.parametrize(
    ("text", "name", "committee", "told"),
    [
        ("title: [", "tinh-mau.yaml", None, "dòng / line"),
        (GOOD, "???.yaml", None, "--committee"),
        (GOOD, "tinh-mau.yaml", "Tỉnh Mẫu", "chữ thường a-z"),
    ],
)
def test_what_cannot_be_read_is_2_and_is_told_on_standard_error(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    name: str,
    committee: str | None,
    told: str,
) -> None:
    status, said = check(tmp_path, text, name, committee)
    assert (status, said) == (2, "")
    assert told in capsys.readouterr().err


def test_a_named_committee_makes_any_file_name_good(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD, "???.yaml", "tinhmau")[0] == 0


def test_a_title_is_shown_as_it_is_and_cut_where_it_is_endless(tmp_path: Path) -> None:
    title = "[bold]🎉[/bold] <b>khen</b> " + "dài " * 500
    _, said = check(tmp_path, f"- {{date: 2022, kind: reward, title: '{title}', source: s}}\n")
    assert "[bold]🎉[/bold] <b>khen</b>" in said
    assert "…" in said
    assert "dài " * 100 not in said


STANDING = """
- {date: 2022-01-01, kind: support_team, title: Sở A là cơ quan thường trực Ban Chỉ đạo, source: s,
   agencies: [Sở A], documents: [{number: 1/QĐ-UBND, date: 2022-01-01, issuer: UBND tỉnh}]}
- {date: 2022-02-01, kind: support_team, title: Sở A vẫn là cơ quan thường trực Ban Chỉ đạo, source: s,
   agencies: [Sở A], documents: [{number: 2/QĐ-UBND, date: 2022-02-01, issuer: UBND tỉnh}]}
"""


def test_what_changes_nothing_is_kept_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "tinh-mau.yaml"
    path.write_text(STANDING, encoding="utf-8")
    chronicle, house = load(path), House()
    report = as_dict(
        send(chronicle, translate(chronicle), CommitteeId("tinhmau"), house, 1.0, Console(quiet=True))
    )
    assert report["expressed"] == report["entries"] == 2
    assert "đã là đầu mối" in report["told"][1]["because"]
