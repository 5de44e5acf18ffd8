"""Packages in which something is false although every digest and manifest fits: none is taken for true."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.audit.reopened import NoPackage, verify_package
from services.audit.verifier import verify_bcd
from services.audit.verifier.verify_bcd import main, verify
from shared.audit.notes import Signer
from tests.unit.audit_package.packages import FEW, change_lines, mend, rehash

EVENTS, REGISTERS, LOG = Path("data/events/000000.ndjson"), Path("data/registers"), Path("data/log")
Forge = Callable[[Path], None]


def about(**changed: Any) -> Forge:
    def forge(package: Path) -> None:
        path = package / "data" / "package.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | changed))

    return forge


def line(change: Callable[[str], str], at: int = 40, file: Path = EVENTS) -> Forge:
    def forge(package: Path) -> None:
        def changed(lines: list[str]) -> None:
            lines[at] = change(lines[at])
            assert lines[at].endswith("\n")

        before = (package / file).read_bytes()
        change_lines(package / file, changed)
        assert (package / file).read_bytes() != before
        if file.parent == REGISTERS:
            rehash(package, file.stem)

    return forge


def journal(change: Callable[[dict[str, Any], list[str]], None]) -> Forge:
    """A row of the journal, by the names of its columns."""

    def changed(text: str) -> str:
        row = dict(zip(COLUMNS, json.loads(text), strict=True))
        change(row, COLUMNS)
        return json.dumps([row[name] for name in COLUMNS], ensure_ascii=False) + "\n"

    return line(changed, 30, REGISTERS / "journal.ndjson")


COLUMNS = (
    [column.name for column in FEW.models[0].tables[0].columns] if FEW.models[0].name == "journal" else []
)


def event(**changed: Any) -> Forge:
    return line(lambda text: json.dumps(json.loads(text) | changed, ensure_ascii=False) + "\n")


def added(name: str, content: bytes = b"x") -> Forge:
    def forge(package: Path) -> None:
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return forge


def second_document(package: Path) -> None:
    kept = next(iter(sorted((package / "data" / "documents").glob("*/*"))))
    added(f"data/documents/zz/{kept.name}", b"false")(package)


def sized(size: str) -> Forge:
    def forge(package: Path) -> None:
        path = package / LOG / "checkpoint"
        origin, _, rest = path.read_text().split("\n", 2)
        path.write_text(f"{origin}\n{size}\n{rest}")

    return forge


def fetched(package: Path) -> None:
    """Files that are to be got from elsewhere, as BagIt allows."""
    (package / "fetch.txt").write_text("https://bcd.example/x 1 data/x\n")
    with (package / "tagmanifest-sha256.txt").open("a") as file:
        file.write(f"{'0' * 64}  fetch.txt\n")


def silenced(package: Path) -> None:
    """A stream is said to be unreadable, and its rows are left out."""
    path, hashes = package / REGISTERS / "journal.ndjson", package / REGISTERS / "hashes.json"
    rows = path.read_text().splitlines(keepends=True)
    stream = json.loads(rows[-1])[COLUMNS.index("stream")]
    left = [one for one in rows if f'"{stream}"' not in one]
    path.write_text("".join(left))
    rehash(package, "journal")
    told = json.loads(hashes.read_text())
    told["models"]["journal"]["rows"] = len(left) - 1
    hashes.write_text(json.dumps(told | {"quarantine": [f"{stream}@0"]}))


def strange_key(package: Path) -> None:
    path = package / LOG / "keys"
    path.write_text(f"{path.read_text()}{Signer.new('drill.example').verifier}\n")


def renamed_checkpoint(package: Path) -> None:
    kept = sorted((package / LOG / "checkpoints").iterdir(), key=lambda path: int(path.name))
    kept[0].rename(kept[0].with_name("7"))


def marked(package: Path) -> None:
    path = package / EVENTS
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def of_windows(package: Path) -> None:
    path = package / EVENTS
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


FORGERIES: dict[str, Forge] = {
    "nothing opened, said to be all": about(committee=""),
    "an odd committee": about(committee=["giadinh"]),
    "more than all": about(read=10**9, until=1),
    "another format": about(format="bcd-package/v2"),
    "a position before the last event": about(position=3),
    "words beside an event": event(comment="đã phê duyệt"),
    "data twice in two shapes": event(data_base64="e30="),
    "a name twice": line(lambda text: text.replace("{", '{"data": "{}", ', 1)),
    "no number": line(lambda text: text.replace('"position": ', '"position": 1e999, "x": ', 1)),
    "NaN": line(lambda text: text.replace('"position": ', '"position": NaN, "x": ', 1)),
    "a number with a point": line(lambda text: text.replace(', "stream"', '.0, "stream"', 1)),
    "a depth without end": line(lambda text: "[" * 200_000 + "\n"),
    "a number without end": line(lambda text: "9" * 10_000 + "\n"),
    "a byte order mark": marked,
    "line ends of another system": of_windows,
    "a file among the events": added("data/events/more.csv"),
    "a file among the registers": added("data/registers/minutes.pdf"),
    "a file beside": added("data/Biên bản.docx"),
    "a document in another folder": second_document,
    "a document in a folder more": added("data/documents/aa/bb/minutes.pdf"),
    "a tile that is none": added("data/log/tile/0/000.p/0"),
    "a tile of another size": added("data/log/tile/entries/000.p/9"),
    "files to be fetched": fetched,
    "a checkpoint under another size": renamed_checkpoint,
    "a size with a sign": sized("+1"),
    "a size with a zero": sized("01"),
    "a size beyond all": sized("9" * 18),
    "no leaves": sized("0"),
    "a key that nobody signed with": strange_key,
    "a stream that is kept out of the registers": silenced,
    "a field beside the recorded ones": journal(lambda row, _: row["data"].update(decision="thông qua")),
    "a field of the circumstances": journal(lambda row, _: row["metadata"].update(approved_by="a")),
    "a column twice": line(
        lambda text: text.replace('"person"', '"capacity"'), 0, REGISTERS / "journal.ndjson"
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_is_forged_is_found_although_the_manifests_fit(package: Path, key: str, name: str) -> None:
    FORGERIES[name](package)
    mend(package)
    assert verify(package, key).status == 1
    try:
        assert not verify_package(package, FEW, key=key).well
    except NoPackage:
        assert name == "another format"


def test_a_newer_shape_is_no_way_to_write_what_one_likes(package: Path, key: str) -> None:
    """How old data was lifted takes its rules: this is said, and found by folding anew."""
    text = (package / REGISTERS / "journal.ndjson").read_text().splitlines()[30]
    row = dict(zip(COLUMNS, json.loads(text), strict=True))
    schema = package / "data" / "schemas" / f"{row['type']}.json"
    told = json.loads(schema.read_text())
    schema.write_text(json.dumps(told | {"$id": told["$id"].replace(":1", ":2")}))

    def lifted(lines: list[str]) -> None:
        for number, one in enumerate(lines[1:], 1):
            values = dict(zip(COLUMNS, json.loads(one), strict=True))
            if values["type"] == row["type"]:
                values |= {"shape": 2, "data": {"title": "bịa"}}
                lines[number] = json.dumps(list(values.values()), ensure_ascii=False) + "\n"

    change_lines(package / REGISTERS / "journal.ndjson", lifted)
    rehash(package, "journal")
    mend(package)
    assert any("their data was not compared" in remark for remark in verify(package, key).remarks)
    assert not verify_package(package, FEW, key=key).well


@pytest.mark.parametrize("kind", ["link", "link_to_folder", "pipe", "device"])
def test_what_is_no_plain_file_is_found_and_never_read(package: Path, key: str, kind: str) -> None:
    path = package / "data" / "events" / "000001.ndjson"
    if kind == "link":
        os.symlink("../package.json", path)
    elif kind == "link_to_folder":
        os.symlink("/", path)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        os.symlink("/dev/zero", path)
    assert [where for where, _, _ in verify(package, key).problems] == ["data/events/000001.ndjson"]


def test_what_says_nothing_of_a_package_is_none(package: Path) -> None:
    path = package / "data" / "package.json"
    whole = json.loads(path.read_text())
    strange = ("", "[]", "[" * 100_000, "{}", json.dumps(whole | {"position": 0}).replace(": 0", ": 1e999"))
    for content in (*strange, json.dumps(whole | {"opened": None}), '{"format": 1, "format": 2}'):
        path.write_text(content)
        with pytest.raises(NoPackage):
            verify_package(package, FEW)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(NoPackage):
        verify_package(package, FEW)


@pytest.mark.parametrize("name", ["data/log/checkpoint", "data/log/keys", "data/package.json", str(EVENTS)])
def test_a_file_without_end_is_not_read_to_its_end(
    package: Path, key: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_bcd, "LARGEST", 1 << 20)
    os.truncate(package / name, 3 << 20)
    mend(package)
    verdict = verify(package, key)
    assert verdict.status == 1
    assert any("1048576" in en for _, _, en in verdict.problems)


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/passwd", "data/../../x", "data/Events/000000.ndjson", "data/events/000000%2Endjson"],
)
def test_a_manifest_that_leaves_the_package_is_found(package: Path, key: str, name: str) -> None:
    with (package / "manifest-sha256.txt").open("a") as file:
        file.write(f"{hashlib.sha256(b'x').hexdigest()}  {name}\n")
    assert verify(package, key).status == 1


def test_words_of_a_package_do_not_move_the_cursor(
    package: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    about(committee="x\n\x1b[2JKHỚP / ALL IS WELL\x1b[8m")(package)
    mend(package)
    assert main([str(package), "--key", key]) == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\nKHỚP" not in out


def test_it_says_the_same_without_asserts_and_without_the_letters(untouched: Path, key: str) -> None:
    """Under `python -O`, elsewhere, in a terminal of ASCII."""
    command = [sys.executable, "-I", "-O", verify_bcd.__file__, str(untouched), "--key", key]
    plain = ["env", "-i", "LC_ALL=C", "PYTHONIOENCODING=ascii", "PYTHONDONTWRITEBYTECODE=1"]
    command.remove("-I")  # which would forget the encoding, too
    done = subprocess.run([*plain, *command], cwd="/", capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"ALL IS WELL" in done.stdout
