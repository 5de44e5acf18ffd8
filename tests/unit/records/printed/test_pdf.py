"""PDF by LibreOffice, with a stand-in for it: limits, failures, and what is left of the clock."""

import stat
from pathlib import Path

import pytest

from services.records.printed import pdf
from services.records.printed.errors import NoPdf
from services.records.printed.pdf import as_pdf, soffice, without_clock

MADE = """
for last; do :; done
while [ $# -gt 0 ]; do [ "$1" = --outdir ] && out="$2"; shift; done
mkdir -p "$out"
printf '%%PDF-1.6 /CreationDate(D:20261123125935Z) ' > "$out/document.pdf"
id=28C6A714DBB77D1B1EEC7B108F364966
printf "/ID [ <$id>\\n<$id> ]" >> "$out/document.pdf"
printf '/DocChecksum /50BFE86D47442CAA4CAF85B495326929' >> "$out/document.pdf"
"""


def program(tmp_path: Path, script: str) -> Path:
    made = tmp_path / "soffice"
    made.write_text(f"#!/bin/sh\n{script}\n")
    made.chmod(made.stat().st_mode | stat.S_IXUSR)
    return made


def test_what_it_makes_has_nothing_of_the_clock_in_it(tmp_path: Path) -> None:
    made = as_pdf(b"noi dung", program(tmp_path, MADE))
    assert made.startswith(b"%PDF-1.6 /CreationDate(D:19800101000000Z) /ID [ <")
    assert b"28C6A714" not in made
    assert b"50BFE86D" not in made
    assert made == as_pdf(b"noi dung", program(tmp_path, MADE))
    assert made != as_pdf(b"noi dung khac", program(tmp_path, MADE))


def test_every_part_keeps_its_length() -> None:
    told = b"/ModDate(D:20261123125935Z)/ID [ <" + b"A" * 32 + b">\n<" + b"B" * 32 + b"> ]"
    assert len(without_clock(told, "0" * 64)) == len(told)
    assert without_clock(b"/ID [ <AA> <BB> ]", "0" * 64) == b"/ID [ <AA> <BB> ]"


def test_each_run_has_a_profile_and_a_home_of_its_own(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for _ in range(2):
        as_pdf(b"x", program(tmp_path, f'echo "$1 $HOME" >> {log}\n{MADE}'))
    first, second = log.read_text().splitlines()
    assert first != second
    assert first.startswith("-env:UserInstallation=file:///")
    assert not Path(first.rsplit(" ", 1)[1]).exists()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo source file could not be loaded; exit 0", "could not be loaded"),
        (f"{MADE}\nexit 3", "3"),
        ('while [ $# -gt 0 ]; do [ "$1" = --outdir ] && out="$2"; shift; done; mkdir -p "$out"; '
         'echo rác > "$out/document.pdf"', "0"),
    ],
)  # fmt: skip
def test_a_failure_is_told(tmp_path: Path, script: str, said: str) -> None:
    with pytest.raises(NoPdf, match=said) as failed:
        as_pdf(b"x", program(tmp_path, script))
    assert not failed.value.lacking
    assert ".docx" in str(failed.value)


def test_it_ends_within_its_limit_with_all_that_it_began(tmp_path: Path) -> None:
    child = tmp_path / "child"
    script = f"sh -c 'echo $$ > {child}; exec sleep 600' &\nwhile [ ! -s {child} ]; do :; done\nwait"
    with pytest.raises(NoPdf, match="giây"):
        as_pdf(b"x", program(tmp_path, script), limit=0.5)
    while _lives(int(child.read_text())):  # a signal takes a moment; the test has a limit of its own
        pass


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_one_at_a_time(tmp_path: Path) -> None:
    with pdf._turn, pytest.raises(NoPdf, match="khác"):
        as_pdf(b"x", program(tmp_path, MADE), patience=0.01)
    assert as_pdf(b"x", program(tmp_path, MADE))


def test_without_libreoffice_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoPdf, match=r"libreoffice-writer.*/.*docx alone") as lacks:
        as_pdf(b"x")
    assert lacks.value.lacking
    found = program(tmp_path, "")
    assert soffice() == found
    with pytest.raises(NoPdf, match="khong-co"):
        soffice(tmp_path / "khong-co")
