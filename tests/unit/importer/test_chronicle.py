"""How a chronicle file is read, and how its faults are told: place, reason, remedy; nothing in silence."""

from pathlib import Path

import pytest

from services.cli.importer.chronicle import KINDS, ChronicleError, load

GOOD = """
- date: '2022-09-28'
  kind: meeting
  title: Họp
  source: https://example.org
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "tinh-a.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- date: '2022\n  kind: [", "dòng / line"),
        ("date: 2022\n", "danh sách"),
        ("", "danh sách"),
        ("just words", "danh sách"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_whole(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ChronicleError, match=told):
        load(written(tmp_path, text))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ChronicleError, match="không có tệp"):
        load(tmp_path / "khong-co.yaml")


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("- {date: '2022', kind: party, title: Tiệc, source: x}", "'party' is none of: meeting"),
        ("- {kind: meeting, title: Họp, source: x}", "date: Field required"),
        ("- {date: 31/12/2022, kind: meeting, title: Họp, source: x}", "YYYY-MM-DD"),
        ("- {date: '2022', kind: meeting, source: x}", "title: Field required"),
        ("- {date: '2022', kind: meeting, title: Họp}", "source: Field required"),
        ("- {date: '2022', kind: meeting, title: Họp, source: x, figures: [1]}", "figures"),
        ("- just words", "valid dictionary"),
    ],
)
def test_an_entry_that_does_not_fit_is_named_and_the_others_are_read(
    tmp_path: Path, entry: str, told: str
) -> None:
    chronicle = load(written(tmp_path, GOOD + entry))
    assert [located.entry.title for located in chronicle.entries] == ["Họp"]
    [misfit] = chronicle.misfits
    assert misfit.line == 6
    assert told in misfit.why


def test_dates_may_be_written_with_or_without_quotes(tmp_path: Path) -> None:
    text = "".join(
        f"- {{date: {day}, kind: task, title: Việc {n}, source: x}}\n"
        for n, day in enumerate(["2022-09-28", "2022-09", "2022", "'2021'"])
    )
    days = [located.entry.date for located in load(written(tmp_path, text)).entries]
    assert days == ["2021", "2022", "2022-09", "2022-09-28"]


def test_unknown_keys_are_kept_and_twins_are_told_apart(tmp_path: Path) -> None:
    chronicle = load(written(tmp_path, GOOD + "  weather: mưa\n" + GOOD))
    first, second = chronicle.entries
    assert first.entry.model_extra == {"weather": "mưa"}
    assert second.key == first.key + "#2"


def test_a_document_with_a_vague_date_keeps_its_words(tmp_path: Path) -> None:
    text = GOOD + "  documents:\n  - {number: 77/BC-SKHCN, date: không rõ}\n  - {number: 33, date: 2021-11}\n"
    vague, partial = load(written(tmp_path, text)).entries[0].entry.refs
    assert (vague.date, vague.date_wording) == (None, "không rõ")
    assert (partial.number, partial.date, partial.date_wording) == ("33", None, "2021-11")


def test_every_kind_has_a_room() -> None:
    from services.cli.importer.translate import ROOMS

    assert set(ROOMS) == set(KINDS)
