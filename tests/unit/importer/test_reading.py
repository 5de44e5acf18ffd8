"""How little YAML is believed: words stay words, tags and alias bombs are refused, every fault has a line."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from services.cli.importer.chronicle import Chronicle, ChronicleError, load

GOOD = "- {date: 2022-01-01, kind: meeting, title: Họp, source: s}\n"


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "tinh-mau.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(tmp_path: Path, content: str | bytes) -> Chronicle:
    return load(written(tmp_path, content))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.000", "1.000"),
        ("12.345.678", "12.345.678"),
        ("033", "033"),
        ("8:30", "8:30"),
        ("no", "no"),
        ("1e5", "1e5"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        (".5", ".5"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("2022-01-01", "2022-01-01"),
        ('"5"', "5"),
        ("true", True),
        ("~", None),
        ("-3", -3),
        ("12.50", 12.5),
        ("0.1", 0.1),
    ],
)
def test_only_what_is_a_number_beyond_doubt_is_one(tmp_path: Path, text: str, value: Any) -> None:
    entry = "- {date: 2022, kind: report, title: t, source: s, figures: {x: VALUE}}"
    [located] = read(tmp_path, entry.replace("VALUE", text)).entries
    assert located.entry.figures == {"x": value}
    assert type(located.entry.figures["x"]) is type(value)


@pytest.mark.parametrize("content", [GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, "# đầu\n" + GOOD])
def test_windows_line_ends_a_mark_and_remarks_do_no_harm(tmp_path: Path, content: str) -> None:
    chronicle = read(tmp_path, content)
    assert [located.entry.title for located in chronicle.entries] == ["Họp"]


def test_decomposed_letters_are_the_same_letters(tmp_path: Path) -> None:
    [composed] = read(tmp_path, GOOD).entries
    [decomposed] = read(tmp_path, unicodedata.normalize("NFD", GOOD)).entries
    assert decomposed.key == composed.key


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (GOOD.encode("utf-16"), "UTF-8"),
        ("- date: 2022\n\tkind: meeting\n", "dòng / line 2, cột / column 1.*không dùng tab"),
        (b"- a\n- {title: 'a\x00b'}\n", "dòng / line 2"),
        (GOOD + "---\n" + GOOD, "dòng / line 2.*single document"),
        ("[" * 5000 + "]" * 5000, "quá sâu"),
    ],
)
def test_a_file_that_is_no_chronicle_is_told_with_place_and_remedy(
    tmp_path: Path, content: str | bytes, told: str
) -> None:
    with pytest.raises(ChronicleError, match=told):
        read(tmp_path, content)


def test_a_file_of_no_entries_is_empty_and_no_fault(tmp_path: Path) -> None:
    assert read(tmp_path, "[]\n").total == 0


BOMB = (
    "- date: 2022\n  kind: report\n  title: bom\n  source: s\n  details:\n    a0: &a0 [x, x, x, x]\n"
    + "".join(f"    a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
)


@pytest.mark.parametrize(
    ("entry", "title", "told"),
    [
        ("- !!python/object/apply:os.system ['touch x']\n", "(mục không đọc được", "không nhận nhãn YAML"),
        ("- {date: 2022, kind: task, title: !!python/name:os.system x, source: s}\n", "2022 x", "nhãn"),
        (BOMB, "2022 bom", "quá nhiều"),
        (
            "- &r {date: 2022, kind: task, title: vòng, source: s, details: {me: *r}}\n",
            "2022 vòng",
            "quá sâu",
        ),
        ("- {date: 2022, kind: task, title: a, title: b, source: s}\n", "2022 b", "ghi hai lần"),
        ("- {date: 2022, kind: task, title: k, ? [a] : b, source: s}\n", "2022 k", "khóa phải là chữ"),
    ],
)
def test_what_yaml_can_hide_is_refused_entry_by_entry(
    tmp_path: Path, entry: str, title: str, told: str
) -> None:
    chronicle = read(tmp_path, GOOD + entry)
    assert len(chronicle.entries) == 1
    [misfit] = chronicle.misfits
    assert misfit.title.startswith(title)
    assert told in misfit.why
    assert misfit.line == 2


def test_anchors_and_merged_keys_are_written_out(tmp_path: Path) -> None:
    text = (
        "- &goc {date: 2022-01, kind: task, title: Gốc, source: s, agencies: [Sở A]}\n"
        "- {<<: *goc, title: Con}\n"
    )
    first, second = read(tmp_path, text).entries
    assert (second.entry.title, second.entry.date) == ("Con", "2022-01")
    assert second.entry.agencies == first.entry.agencies


def test_lists_are_read_however_they_are_written(tmp_path: Path) -> None:
    text = (
        "- date: 2022\n  kind: membership\n  title: t\n  source: [s1, s2]\n  agencies: Sở A\n"
        "  documents: 12/QĐ-UBND\n  positions:\n  - Trưởng ban: Bí thư Tỉnh ủy\n"
        "  - Ủy viên: [Giám đốc Sở A, Giám đốc Sở B]\n"
    )
    [located] = read(tmp_path, text).entries
    assert located.entry.positions == (
        "Trưởng ban: Bí thư Tỉnh ủy",
        "Ủy viên: Giám đốc Sở A",
        "Ủy viên: Giám đốc Sở B",
    )
    assert (located.entry.agencies, located.entry.source) == (("Sở A",), "s1; s2")
    assert located.entry.refs[0].number == "12/QĐ-UBND"


def test_a_document_without_a_number_does_not_lose_the_entry(tmp_path: Path) -> None:
    text = GOOD.replace(
        "source: s", "source: s, documents: [{issuer: UBND tỉnh}, {number: 1/QĐ}, {number: 1/QĐ}]"
    )
    [located] = read(tmp_path, text).entries
    assert [ref.number for ref in located.entry.refs] == ["1/QĐ"]
    assert located.entry.documents[0].issuer == "UBND tỉnh"


def test_twins_are_the_same_fact_unless_documents_or_leads_differ(tmp_path: Path) -> None:
    entry = "- {date: 2022, kind: task, title: Rà soát, source: s, details: {lead: %s}}\n"
    chronicle = read(tmp_path, entry % "Sở A" + entry % "Sở B" + entry % "Sở A")
    assert [located.twin_of for located in chronicle.entries] == [None, None, 1]


def test_what_takes_effect_later_comes_later(tmp_path: Path) -> None:
    text = (
        "- {date: 2025-02-18, kind: reorganisation, title: Lập sở, source: s,\n"
        "   details: {effective: 01/3/2025}}\n"
        "- {date: 2025-02-20, kind: task, title: Việc, source: s}\n"
    )
    assert [located.entry.kind for located in read(tmp_path, text).entries] == ["task", "reorganisation"]
