"""The verifier that goes with every package: it says yes to what is whole, and to nothing else."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from services.audit.copies import Copy
from services.audit.verifier import verify_bcd
from services.audit.verifier.verify_bcd import main, verify
from shared.audit.notes import Signer
from shared.dates import Moment
from tests.unit.audit_package.packages import change_lines, mend, rehash

EVENTS = Path("data/events/000000.ndjson")
REGISTERS = Path("data/registers")


def test_an_untouched_package_is_well(untouched: Path, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(untouched), "--key", key]) == 0
    assert "ALL IS WELL" in capsys.readouterr().out


def test_without_a_key_it_says_that_the_key_is_the_packages_own_word(untouched: Path) -> None:
    """Whoever makes a package may make a key, too: without one from elsewhere nothing is proven."""
    verdict = verify(untouched)
    assert (verdict.status, verdict.problems) == (3, [])
    assert any("--key" in remark for remark in verdict.remarks)


def test_another_key_and_another_checkpoint_do_not_fit(
    untouched: Path, whole: Copy, tmp_path: Path, key: str
) -> None:
    assert verify(untouched, str(Signer.new(whole.signer.name).verifier)).status == 1
    seen = tmp_path / "seen"
    seen.write_bytes((whole.published / "checkpoint").read_bytes())
    assert verify(untouched, key, [seen]).status == 0
    size = len(whole.events())
    seen.write_text(seen.read_text().replace(f"\n{size}\n", f"\n{size + 1}\n"))
    assert "rolled back" in str(verify(untouched, seen=[seen]).problems)


def test_without_the_library_it_does_not_say_that_all_is_well(
    untouched: Path, key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(untouched), "--key", key, "--without-signature"]) == 3
    monkeypatch.setitem(sys.modules, "cryptography", None)
    assert main([str(untouched), "--key", key]) == 3
    assert "THE SIGNATURE WAS NOT CHECKED" in capsys.readouterr().out


def test_what_is_no_folder_is_no_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path / "none")])
    assert ended.value.code == 2
    assert main([str(tmp_path)]) == 1
    assert "NOT WELL" in capsys.readouterr().out


def edited(lines: list[str]) -> None:
    lines[40] = lines[40].replace("báo cáo", "thông báo").replace("diễn tập", "diễn thật")


def withheld(lines: list[str]) -> None:
    del lines[40]


def doubled(lines: list[str]) -> None:
    lines.insert(40, lines[40])


def swapped(lines: list[str]) -> None:
    lines[40], lines[41] = lines[41], lines[40]


def moved(lines: list[str]) -> None:
    """The position is not in the log; the journal has it."""
    event = json.loads(lines[40])
    lines[40] = json.dumps({**event, "position": event["position"] + 1}, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("change", [edited, withheld, doubled, swapped, moved])
def test_an_event_that_was_changed_is_named_although_the_manifests_fit(
    package: Path, change: Callable[[list[str]], None]
) -> None:
    lines = (package / EVENTS).read_text().splitlines()[40:42]
    first, second = (f"{one['stream']}@{one['revision']}" for one in map(json.loads, lines))
    change_lines(package / EVENTS, change)
    mend(package)
    verdict = verify(package)
    assert verdict.status == 1
    assert verdict.problems[0][0] == (second if change is doubled else first)


def test_a_row_of_the_journal_that_was_changed_is_named(package: Path) -> None:
    def change(lines: list[str]) -> None:
        lines[30] = lines[30].replace("nguoi-gia-dinh", "nguoi-khac")

    journal = package / REGISTERS / "journal.ndjson"
    change_lines(journal, change)
    reference = json.loads(journal.read_text().splitlines()[30])[3]
    rehash(package, "journal")
    mend(package)
    assert [where for where, _, _ in verify(package).problems] == [reference]


def test_a_row_that_is_missing_in_the_journal_is_named(package: Path) -> None:
    journal = package / REGISTERS / "journal.ndjson"
    reference = json.loads(journal.read_text().splitlines()[-1])[3]
    change_lines(journal, lambda lines: lines.pop())  # type: ignore[arg-type]
    rehash(package, "journal")
    mend(package)
    assert reference in [where for where, _, _ in verify(package).problems]


def test_a_row_without_an_event_is_named(package: Path) -> None:
    path = package / REGISTERS / "outgoing.ndjson"
    path.write_text(path.read_text().replace("document-giadinh.0@0", "document-giadinh.0@7"))
    rehash(package, "outgoing")
    mend(package)
    (problem,) = verify(package).problems
    assert problem[0] == "registers/outgoing, 2"
    assert "document-giadinh.0@7" in problem[2]


@pytest.mark.parametrize("name", ["tile/0/000", "tile/entries/000", "checkpoint", "keys"])
def test_a_log_file_that_was_cut_is_a_finding(package: Path, name: str) -> None:
    path = package / "data" / "log" / name
    path.write_bytes(path.read_bytes()[:-9])
    mend(package)
    assert verify(package).status == 1


def test_a_file_too_many_is_a_finding(package: Path) -> None:
    (package / "data" / "more").write_text("x")
    assert [where for where, _, _ in verify(package).problems] == ["data/more"]


def test_days_and_citations_are_read_as_the_product_reads_them() -> None:
    for text in ("2024", "2024-02", "2024-02-29", "2025-12-31T20:00:00Z", "2025-06-01T01:00:00.000001Z"):
        moment = Moment(text)
        assert verify_bcd.days_of(text) == (moment.earliest, moment.latest)
