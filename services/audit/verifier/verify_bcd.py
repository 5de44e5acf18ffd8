#!/usr/bin/env python3
"""Verifies a package that `bcd audit export` made: offline, without the software that made it.

    python verify_bcd.py PACKAGE [--key VERIFIER] [--checkpoint FILE] [--without-signature]

Needs Python 3.11 and, for the signature alone, the library `cryptography`. It checks, in this order:

1. the bag: every file has the SHA-256 of its manifest, there is no other file (RFC 8493), and none that is
   not part of a package;
2. every opened event: its line says nothing else, the entry of its stored bytes is the entry that the log
   published at its place, and no event that should be opened is held back; the revisions of every stream are
   without a gap;
3. the tree: the entries give the hash tiles, and the root of every signed checkpoint (RFC 6962, C2SP);
4. the signatures of the checkpoints, and that each key was adopted by the one before it (Ed25519);
5. the documents: each has the SHA-256 that events name it by;
6. the registers: each has its hash, and every row names an event of the package as its ground;
7. the journal: every field of every row follows from the stored event, and no row is missing.

That the other registers follow from the events takes their rules: `bcd audit verify --package PACKAGE`. The
schemas, README.txt and bag-info.txt are words of who made the package.

Get VERIFIER, and better this file too, from somewhere else than the package. Exit status: 0 all is well,
1 something is not, 2 not a request, 3 all agrees with itself, but it was not checked who signed it: without
VERIFIER whoever made the package may have made the key, too.
"""

from __future__ import annotations  # so that an older Python gets as far as to be told

import argparse
import base64
import calendar
import io
import json
import os
import re
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

WIDTH, HASH = 256, 32  # of a tile: hashes, and bytes of each
BEGINNING = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 an older Python has no other name
VIETNAM = timezone(timedelta(hours=7))
MOST_TOLD = 20
LARGEST = 64 << 20  # bytes of a line, or of a file that is read at once
FORMAT = "bcd-package/v1"
NUMBER = "(?:0|[1-9][0-9]{0,18})"
FILES = (  # of a package; whatever else a bag may hold proves nothing and is not to be taken for proven
    r"bagit\.txt|bag-info\.txt|manifest-sha256\.txt|tagmanifest-sha256\.txt",
    r"data/(?:package\.json|README\.txt|verify_bcd\.py|documents-absent\.txt)",
    r"data/(?:events/[0-9]{6,}|registers/[a-z0-9_]+)\.ndjson|data/registers/hashes\.json",
    r"data/schemas/[A-Za-z0-9]+\.json|data/documents/([0-9a-f]{2})/\1[0-9a-f]{62}",
    rf"data/log/(?:checkpoint|keys|adoptions|checkpoints/{NUMBER})",
    r"data/log/tile/(?:entries|[0-9]|[1-5][0-9]|6[0-3])/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[1-9][0-9]{0,2})?",
)
KNOWN = re.compile("|".join(FILES))


class Verdict:
    """Collects what is wrong, where, in Vietnamese and English."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str, str]] = []  # where, and what in both languages
        self.remarks: list[str] = []
        self.signed = False  # by the key that the auditor brought

    def bad(self, where: object, vi: str, en: str) -> None:
        self.problems.append((plain(str(where)), plain(vi), plain(en)))

    def note(self, vi: str, en: str) -> None:
        self.remarks.append(plain(f"{vi} / {en}"))

    @property
    def status(self) -> int:
        return 1 if self.problems else 0 if self.signed else 3


def plain(text: str) -> str:
    """Words of a package as they may be shown: what moves the cursor or hides a line is written out."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def verify(
    package: Path, key: str | None = None, seen: Sequence[Path] = (), signature: bool = True
) -> Verdict:
    """Every check, each guarded: whatever a malformed file does to one is a finding, and not a crash."""
    verdict = Verdict()
    if strange := list(special_files(package)):
        for path in strange:
            verdict.bad(path, "không phải tệp thường", "is no plain file or folder")
        return verdict  # reading it might never end
    log = PublishedLog(package / "data" / "log", seen)
    events = Events(package / "data" / "events")
    steps: Any = (
        (check_bag, (package, verdict)),
        (check_log, (package, log, events, verdict)),
        (check_checkpoints, (log, events, key, signature, verdict)),
        (check_documents, (package, events, verdict)),
        (check_registers, (package, events, verdict)),
        (check_journal, (package, events, verdict)),
    )
    for step, arguments in steps:
        try:
            step(*arguments)
        except Exception as error:  # see above: a file that cannot be read is never "all is well"
            where = step.__name__.removeprefix("check_")
            told = f"{type(error).__name__}: {error}"[:300]
            verdict.bad(where, f"không đọc được: {told}", f"cannot be read: {told}")
    return verdict


# 1. The bag


def special_files(package: Path) -> Iterator[str]:
    """Symbolic links, pipes and devices, and folders that cannot be read: none belongs in a package."""
    unread: list[OSError] = []
    for folder, folders, files in os.walk(package, onerror=unread.append):
        for name in (*folders, *files):
            path = Path(folder) / name
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                yield path.relative_to(package).as_posix()
    yield from map(str, unread)


def check_bag(package: Path, verdict: Verdict) -> None:
    if content_of(package / "bagit.txt") != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        verdict.bad("bagit.txt", "không phải BagIt 1.0", "is not BagIt 1.0")
    listed = {"tagmanifest-sha256.txt"}
    for manifest in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        for line in lines_of(package / manifest):
            fields = re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line)
            tags = manifest.startswith("tag")
            if not fields or not KNOWN.fullmatch(fields[2]) or fields[2].startswith("data/") == tags:
                verdict.bad(manifest, f"dòng sai: {line[:200]}", f"a malformed line: {line[:200]}")
                continue
            listed.add(fields[2])
            path = package / fields[2]
            if not path.is_file():
                verdict.bad(fields[2], "tệp bị thiếu", "the file is missing")
            elif hash_of(path) != fields[1]:
                verdict.bad(fields[2], "nội dung đã bị sửa", "the content was changed")
    for folder, _, files in os.walk(package):
        for name in files:
            found = (Path(folder) / name).relative_to(package).as_posix()
            if found not in listed:
                verdict.bad(found, "tệp không có trong bản kê", "the file is not in the manifest")


def content_of(path: Path) -> bytes:
    with open(path, "rb") as file:
        if len(content := file.read(LARGEST + 1)) > LARGEST:
            raise ValueError(f"{path.name} is larger than {LARGEST} bytes")
        return content


def json_of(text: bytes) -> Any:
    """JSON that says one thing to every reader: no name twice, no NaN."""
    return json.loads(text, object_pairs_hook=once, parse_constant=lambda name: wrong(f"{name} in JSON"))


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return found if len(found := dict(pairs)) == len(pairs) else wrong("a name twice in JSON")


def wrong(why: str) -> Any:
    raise ValueError(why)


def lines_in(path: Path) -> Iterator[bytes]:
    """The lines of a file that may be long, one by one."""
    with open(path, "rb") as file:
        while line := file.readline(LARGEST):
            if not line.endswith(b"\n"):
                raise ValueError(f"{path.name} ends within a line, or has one of more than {LARGEST} bytes")
            yield line


def lines_of(path: Path) -> list[str]:
    text = content_of(path).decode("utf-8")
    if not text.endswith("\n"):
        raise ValueError(f"{path.name} ends within a line")
    return text[:-1].split("\n")


def hash_of(path: Path) -> str:
    digest = sha256()
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


# 2. The events, and the log's entries


class Events:
    """The opened events, in order; where each stands, so that its line can be read again."""

    def __init__(self, folder: Path) -> None:
        self.files = sorted(folder.glob("*.ndjson"))
        self.count, self.position = 0, 0
        self.last: dict[str, int] = {}  # stream -> the last revision that is opened
        self.places: dict[str, array[int]] = {}  # committee -> file number and offset of each of its events
        self.digests: dict[str, str] = {}  # document -> the first event that names it
        self.adoptions: list[tuple[int, str, str]] = []  # (leaf, previous key, adopted key)
        self.types: set[str] = set()

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for number, path in enumerate(self.files):
            offset = 0
            for line in lines_in(path):
                event = json_of(line)
                if line != line_of(event):
                    raise ValueError(f"{path.name}, byte {offset}: the line says more or less than an event")
                yield number << 40 | offset, event
                offset += len(line)

    def at(self, place: int) -> dict[str, Any]:
        with open(self.files[place >> 40], "rb") as file:
            file.seek(place & (1 << 40) - 1)
            event: dict[str, Any] = json_of(file.readline())
            return event

    def take(self, place: int, leaf: int, event: dict[str, Any]) -> None:
        if event["position"] <= (self.position if self.count else -1):
            raise ValueError(
                f"{event['stream']}@{event['revision']}: its position is not after the one before"
            )
        self.count, self.position = self.count + 1, event["position"]
        self.last[event["stream"]] = event["revision"]
        reference = f"{event['stream']}@{event['revision']}"
        data = stored(event, "data")
        for digest in re.findall(rb'"(?:[a-z_]*_)?digest"\s*:\s*"([0-9a-f]{64})"', data):
            self.digests.setdefault(digest.decode(), reference)
        if event["stream"] == "store.notary" and event["type"] == "NotaryKeyAdopted":
            told = adoption_of(data)
            self.adoptions += [(leaf, *told)] if told else []
        if not event["stream"].startswith("store."):  # in which the store speaks of itself
            self.types.add(event["type"])
            try:
                committee = str(json.loads(stored(event, "metadata"))["committee"])
            except (ValueError, KeyError, TypeError, RecursionError):
                committee = ""  # nobody can read it: it must be in quarantine, and in no register
            self.places.setdefault(committee, array("Q")).append(place)


def adoption_of(data: bytes) -> tuple[str, str] | None:
    """The key before and the adopted one; None where it does not say so: such a leaf counts for nothing."""
    try:
        told = json.loads(data)
        previous, adopted = told["previous"], told["verifier"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return (previous, adopted) if isinstance(previous, str) and isinstance(adopted, str) else None


def line_of(event: dict[str, Any]) -> bytes:
    """The one way to write an event: what is beside it in a line would be taken for proven."""
    numbers, texts = ("leaf", "position", "revision", "recorded_us"), ("stream", "id", "type")
    if not all(type(event[name]) is int for name in numbers):
        raise ValueError("a number of an event is none")
    if not all(type(event[name]) is str for name in texts):
        raise ValueError("a name of an event is none")
    names = ["leaf", "position", "stream", "revision", "id", "type", "recorded_us"]
    told = {name: event[name] for name in names}
    for name in ("data", "metadata"):
        try:
            told[name] = stored(event, name).decode()
        except UnicodeDecodeError:
            told[f"{name}_base64"] = base64.b64encode(stored(event, name)).decode()
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def stored(event: dict[str, Any], name: str) -> bytes:
    """The bytes as they were stored."""
    if name in event:
        return str(event[name]).encode()
    return base64.b64decode(event[f"{name}_base64"], validate=True)


def entry_of(event: dict[str, Any]) -> bytes:
    """What the log says of an event: eight lines, in which data and metadata stand by their SHA-256."""
    lines = (
        "bcd-event/v1",
        quote(event["stream"], safe=""),
        str(event["revision"]),
        event["id"],
        quote(event["type"], safe=""),
        str(event["recorded_us"]),
        sha256(stored(event, "data")).hexdigest(),
        sha256(stored(event, "metadata")).hexdigest(),
    )
    return "".join(f"{line}\n" for line in lines).encode()


def check_log(package: Path, log: PublishedLog, events: Events, verdict: Verdict) -> None:
    about = json_of(content_of(package / "data" / "package.json"))
    if about["format"] != FORMAT:
        verdict.bad("package.json", f"không phải {FORMAT}", f"is not of the format {FORMAT}")
    newest = log.checkpoint(log.folder / "checkpoint")
    log.open(newest["size"])
    if (about["origin"], about["leaves"]) != (newest["origin"], newest["size"]):
        verdict.bad("package.json", "không thuộc nhật ký này", "does not belong to this log")
    read, committee = about["read"], about["committee"]
    if not (committee is None or (type(committee) is str and committee.strip())) or type(read) is not int:
        raise ValueError("package.json does not say what was opened")
    if about["until"] is None and read != newest["size"]:
        verdict.bad(
            "package.json", "gói không tới hết nhật ký", "the package stops before the end of the log"
        )
    if read > newest["size"]:
        verdict.bad("package.json", "nhiều lá hơn nhật ký", "speaks of more leaves than the log has")
    if committee is not None or read != newest["size"]:
        verdict.note(
            f"mở: {committee or 'mọi ban'}, {read} lá đầu trên {newest['size']}; còn lại chỉ là mã băm",
            f"opened: {committee or 'all'}, the first {read} leaves of {newest['size']}; the rest are hashes",
        )
    revisions: dict[str, int] = {}
    opened: Iterator[tuple[int, Any]] = iter(events)
    place, event = next(opened, (0, None))
    for leaf, entry in enumerate(log.entries()):
        version, quoted, number = entry.decode("ascii").split("\n")[:3]
        stream, revision = unquote(quoted), int(number)
        if version != "bcd-event/v1" or revision != revisions.get(stream, -1) + 1:
            verdict.bad(f"{stream}@{revision}", f"lá {leaf}: đứt quãng", f"leaf {leaf}: a gap before it")
        revisions[stream] = revision
        if event is not None and event["leaf"] == leaf:
            if (own := entry_of(event)) != entry:
                name = f"{event['stream']}@{event['revision']}"
                vi, en = f"không như đã công bố ở lá {leaf}", f"is not what was published as leaf {leaf}"
                verdict.bad(name, vi, f"{en}: {differing(own, entry)}")
            if leaf >= read or not belongs(stream, committee):
                verdict.bad(f"{stream}@{revision}", "không thuộc gói này", "is not what this package opens")
            events.take(place, leaf, event)
            place, event = next(opened, (0, None))
        elif leaf < read and belongs(stream, committee):
            verdict.bad(f"{stream}@{revision}", f"lá {leaf} bị giữ lại", f"leaf {leaf} is held back")
        log.add(entry, verdict)
    for path in sorted({path for path in (log.folder / "tile").rglob("*") if path.is_file()} - log.tiles):
        verdict.bad(path, "ô không thuộc nhật ký này", "is no tile of a log of this size")
    if event is not None:
        verdict.bad(f"{event['stream']}@{event['revision']}", "không có trong nhật ký", "is not in the log")
    if events.count != about["opened"]:
        verdict.bad("package.json", "số sự kiện không khớp", f"{events.count} events, not {about['opened']}")
    if type(about["position"]) is not int or about["position"] < events.position:
        verdict.bad("package.json", "vị trí không khớp", f"events go on to the position {events.position}")
    for name in sorted(events.types):
        if not (package / "data" / "schemas" / f"{name}.json").is_file():
            verdict.note(f"không có lược đồ cho {name}", f"there is no schema of {name}")


def differing(own: bytes, entry: bytes) -> str:
    names = ("version", "stream", "revision", "id", "type", "recorded", "data", "metadata")
    pairs = zip(names, own.split(b"\n"), entry.split(b"\n"), strict=False)
    return ", ".join(name for name, one, other in pairs if one != other)


def belongs(stream: str, committee: str | None) -> bool:
    """Streams are `<category>-<committee>.<id>`, and `store.…` where the store speaks of itself."""
    return committee in (None, stream.partition("-")[2].partition(".")[0]) or stream.startswith("store.")


# 3. The tree


class PublishedLog:
    """The folder of the log: tiles, checkpoints, keys; and the tree over the entries read so far."""

    def __init__(self, folder: Path, seen: Sequence[Path]) -> None:
        self.folder, self.seen, self.size, self.leaves = folder, seen, 0, 0
        self.peaks: list[tuple[int, bytes]] = []  # complete subtrees by level, from the left
        self.roots: dict[int, bytes] = {}
        self.wanted: set[int] = set()
        self.tile = (-1, b"")
        self.tiles: set[Path] = set()  # those that were read

    def open(self, size: int) -> None:
        """`seen` are checkpoints that somebody else kept: the tree must have had their roots too."""
        self.size = size
        self.wanted = {size, *(self.checkpoint(path)["size"] for path in (*self.kept(), *self.seen))}
        self.roots = {0: sha256(b"").digest()}

    def kept(self) -> list[Path]:
        return sorted((self.folder / "checkpoints").iterdir(), key=lambda path: int(path.name))

    def checkpoint(self, path: Path) -> dict[str, Any]:
        """A signed note: origin, size and root, an empty line, signatures."""
        text = content_of(path).decode("utf-8")
        body, gap, signatures = text.rpartition("\n\n")
        origin, size, encoded = body.split("\n")[:3]
        root = base64.b64decode(encoded, validate=True)
        if not gap or not re.fullmatch(r"0|[1-9][0-9]{0,18}", size) or len(root) != HASH:
            raise ValueError(f"{path.name} is not a checkpoint")
        return {
            "origin": origin,
            "size": int(size),
            "root": root,
            "body": f"{body}\n".encode(),
            "signatures": signatures.removesuffix("\n").split("\n"),
        }

    def read(self, level: int | str, number: int) -> tuple[str, int, bytes]:
        """A tile at the width that a log of this size has."""
        rows = self.size >> 8 * level if isinstance(level, int) else self.size
        width = min(WIDTH, rows - number * WIDTH)
        groups = [f"{number % 1000:03}"]
        while number >= 1000:
            number //= 1000
            groups.insert(0, f"x{number % 1000:03}")
        name = f"tile/{level}/{'/'.join(groups)}" + ("" if width == WIDTH else f".p/{width}")
        content = content_of(self.folder / name)
        self.tiles.add(self.folder / name)
        if level != "entries" and len(content) != width * HASH:
            raise ValueError(f"{name} holds {len(content)} bytes, not {width * HASH}")
        return name, width, content

    def entries(self) -> Iterator[bytes]:
        for number in range(-(-self.size // WIDTH)):
            name, width, content = self.read("entries", number)
            at = 0
            for _ in range(width):
                length = int.from_bytes(content[at : at + 2], "big")
                entry, at = content[at + 2 : at + 2 + length], at + 2 + length
                if at > len(content):
                    raise ValueError(f"{name} ends within an entry")
                yield entry
            if at != len(content):
                raise ValueError(f"{name} holds more than {width} entries")

    def add(self, entry: bytes, verdict: Verdict) -> None:
        """One leaf more: its hash and those of the subtrees that it completes must be those of the tiles."""
        level, index, node = 0, self.leaves, sha256(b"\x00" + entry).digest()
        while True:
            if level % 8 == 0 and self.hash_at(level // 8, index) != node:
                where = f"tile/{level // 8}, {index}"
                vi, en = "mã băm không khớp các mục", "the hash does not fit the entries"
                verdict.bad(where, f"{vi}, lá {self.leaves}", f"{en}, leaf {self.leaves}")
            if not self.peaks or self.peaks[-1][0] != level:
                break
            node = sha256(b"\x01" + self.peaks.pop()[1] + node).digest()
            level, index = level + 1, index >> 1
        self.peaks.append((level, node))
        self.leaves += 1
        if self.leaves in self.wanted:
            root = self.peaks[-1][1]
            for _, left in reversed(self.peaks[:-1]):
                root = sha256(b"\x01" + left + root).digest()
            self.roots[self.leaves] = root

    def hash_at(self, level: int, index: int) -> bytes:
        number, at = divmod(index, WIDTH)
        if level:
            return self.read(level, number)[2][at * HASH : (at + 1) * HASH]
        if self.tile[0] != number:
            self.tile = (number, self.read(0, number)[2])
        return self.tile[1][at * HASH : (at + 1) * HASH]


# 4. The checkpoints and their signatures


def check_checkpoints(
    log: PublishedLog, events: Events, pinned: str | None, signature: bool, verdict: Verdict
) -> None:
    origin = log.checkpoint(log.folder / "checkpoint")["origin"]
    keys = Keys(lines_of(log.folder / "keys")[0], events.adoptions)
    verified = signature and Keys.available(verdict)
    paths = [*log.kept(), log.folder / "checkpoint", *log.seen]
    heads = sorted(((log.checkpoint(path), path) for path in paths), key=lambda one: one[0]["size"])
    for head, path in heads:
        if path.parent.name == "checkpoints" and path.name != str(head["size"]) and path not in log.seen:
            verdict.bad(path, "tên tệp không khớp", f"is a checkpoint of {head['size']} leaves")
        if head["origin"] != origin:
            verdict.bad(path, "thuộc nhật ký khác", f"belongs to another log, {head['origin']}")
        elif head["size"] > log.size:
            vi, en = (
                "đã ký nhiều lá hơn: đầu cây bị lùi",
                "was signed with more leaves: the log was rolled back",
            )
            verdict.bad(path, vi, en)
        elif head["size"] in log.roots and head["root"] != log.roots[head["size"]]:
            vi, en = "gốc cây không khớp: có hai lịch sử", "the root does not fit: there are two histories"
            verdict.bad(path, f"{vi} ({head['size']} lá)", f"{en} ({head['size']} leaves)")
        elif head["size"] not in log.roots:
            vi, en = "chưa so được với cây", "could not be compared with the tree"
            verdict.bad(path, vi, en)
        elif verified and (missing := keys.missing(head)):
            verdict.bad(path, f"không có chữ ký đúng của {missing}", f"is not rightly signed by {missing}")
    if pinned is not None and pinned.strip() not in keys.used:
        verdict.bad("--key", "nhật ký không ký bằng khóa này", f"the log is signed with {keys.used[-1]}")
    elif pinned is None:
        vi, en = "khóa lấy từ chính gói này", "the key is the package's own word; to pin it"
        verdict.note(vi, f"{en}: --key '{keys.used[-1]}'")
    if verified and (published := lines_of(log.folder / "keys")) != keys.used:
        odd = ", ".join({*published} ^ {*keys.used}) or published[-1]
        verdict.bad("log/keys", f"không phải các khóa đã ký: {odd}", f"are not the keys that signed: {odd}")
    verdict.signed = bool(verified) and pinned is not None


class Keys:
    """Which key has to have signed: the first, then those adopted, each vouched for by the one before."""

    def __init__(self, first: str, adoptions: list[tuple[int, str, str]]) -> None:
        self.used, self.adoptions, self.begun = [first], adoptions, 0

    @staticmethod
    def available(verdict: Verdict) -> bool:
        try:
            import cryptography  # noqa: F401

            return True
        except ImportError:
            vi, en = "CHỮ KÝ CHƯA ĐƯỢC KIỂM TRA", "THE SIGNATURE WAS NOT CHECKED"
            verdict.note(f"{vi}: pip install cryptography", f"{en}: pip install cryptography")
            return False

    def missing(self, head: dict[str, Any]) -> str | None:
        """The key whose right signature a checkpoint lacks; None where there is none."""
        wanted = [self.used[-1]]
        for leaf, previous, adopted in self.adoptions:
            # before the first checkpoint stands what earlier epochs adopted
            if (
                0 < self.begun <= leaf < head["size"]
                and previous == wanted[-1]
                and follows(adopted, previous)
            ):
                wanted.append(adopted)
        self.begun = max(self.begun, head["size"])
        if missing := [key for key in wanted if not signed_by(key, head)]:
            return missing[0]
        self.used += wanted[1:]
        return None


def follows(adopted: str, previous: str) -> bool:
    """Whether a key can take the place of another: of the same name, Ed25519, with the id that it says."""
    try:
        name, key_id, public = parts_of(adopted)
        told = adopted.split("+")[1]
    except (ValueError, IndexError):
        return False
    return (
        adopted != previous
        and name == parts_of(previous)[0]
        and told == key_id.hex()
        and public[:1] == b"\x01"
    )


def parts_of(key: str) -> tuple[str, bytes, bytes]:
    """Name, key id and type with public key of `name+id+base64`."""
    name, _, rest = key.partition("+")
    public = base64.b64decode(rest.partition("+")[2], validate=True)
    return name, sha256(name.encode() + b"\n" + public).digest()[:4], public


def signed_by(key: str, head: dict[str, Any]) -> bool:
    """Whether an Ed25519 signature of this key, `name+id+base64`, stands under the note and is right."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    name, key_id, public = parts_of(key)
    for line in head["signatures"]:
        signer, _, encoded = line.removeprefix("— ").partition(" ")
        value = base64.b64decode(encoded, validate=True)
        if (signer, value[:4]) == (name, key_id) and public[:1] == b"\x01":
            try:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(value[4:], head["body"])
                return True
            except InvalidSignature:
                return False
    return False


# 5. The documents


def check_documents(package: Path, events: Events, verdict: Verdict) -> None:
    folder = package / "data" / "documents"
    text = content_of(package / "data" / "documents-absent.txt").decode()
    absent = {line.split(" ")[0] for line in text.splitlines()}
    kept = {path.name: path for path in folder.glob("*/*")}
    for digest, reference in events.digests.items():
        if digest in kept:
            if hash_of(kept[digest]) != digest:
                verdict.bad(reference, f"tài liệu {digest} đã bị sửa", f"the document {digest} was changed")
        elif digest not in absent:
            verdict.bad(reference, f"thiếu tài liệu {digest}", f"the document {digest} is missing")
    for digest in sorted(set(kept) - set(events.digests)):
        verdict.bad(digest, "không sự kiện nào nêu tài liệu này", "no event names this document")
    if absent:
        vi, en = "tài liệu được nêu nhưng không có trong gói", "documents are named and not in the package"
        verdict.note(f"{len(absent)} {vi} (documents-absent.txt)", f"{len(absent)} {en}")


# 6. The registers


def check_registers(package: Path, events: Events, verdict: Verdict) -> None:
    folder = package / "data" / "registers"
    told = json_of(content_of(folder / "hashes.json"))
    about = json_of(content_of(package / "data" / "package.json"))
    if told["position"] != about["position"]:
        verdict.bad("hashes.json", "sổ không tới hết sự kiện", "the registers stop before the events do")
    names = {path.stem for path in folder.glob("*.ndjson")}
    for name in sorted(names ^ set(told["models"])):
        verdict.bad(name, "sổ thiếu hoặc thừa", "a register is missing, or one too many")
    for name in sorted(names & set(told["models"])):
        if hash_of(folder / f"{name}.ndjson") != told["models"][name]["sha256"]:
            verdict.bad(f"registers/{name}", "mã băm không khớp", "the hash does not fit")
        count = 0
        for number, row in rows_of(folder / f"{name}.ndjson"):
            count += 1
            ground = row.get("event", row.get("reference"))
            stream, _, revision = str(ground).rpartition("@")
            if not (revision.isascii() and revision.isdigit()) or int(revision) > events.last.get(stream, -1):
                where = f"registers/{name}, {number}"
                verdict.bad(where, f"dòng không có sự kiện {ground}", f"the row's event {ground} is not here")
        if count != told["models"][name]["rows"]:
            verdict.bad(f"registers/{name}", "số dòng không khớp", f"{count} rows")
    if told["quarantine"]:
        stopped = ", ".join(map(str, told["quarantine"]))
        verdict.note(
            f"sự kiện chưa đọc được, không có trong sổ, cả các sự kiện sau trong dòng đó: {stopped}",
            f"events that could not be read; no register has them, nor what follows in the stream: {stopped}",
        )
    vi, en = "các sổ khác nhật ký: chỉ mới biết mỗi dòng nêu một sự kiện có thật", "of the other registers"
    verdict.note(
        f"{vi}; nội dung: bcd audit verify --package",
        f"{en} only that each row names a real event; for what it says: bcd audit verify --package",
    )


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every row as (line, {column: value}). Tables follow each other, each after a line with its name and its
    columns, of which the first is `committee`."""
    columns: list[str] = []
    for number, line in enumerate(lines_in(path), start=1):
        values = json_of(line)
        if values[1:2] == ["committee"] and all(isinstance(value, str) for value in values):
            columns = values[1:]
            if len(set(columns)) != len(columns):
                raise ValueError(f"{path.name}, line {number}: a column twice")
        elif len(values) != len(columns):
            raise ValueError(f"{path.name}, line {number}: {len(values)} values for {len(columns)} columns")
        else:
            yield number, dict(zip(columns, values, strict=True))


# 7. The journal, again from the events


def check_journal(package: Path, events: Events, verdict: Verdict) -> None:
    folder = package / "data" / "registers"
    told = json_of(content_of(folder / "hashes.json"))
    held = dict(reference.rsplit("@", 1) for reference in told["quarantine"])
    schema = lru_cache(lambda event_type: Schema(package, event_type))
    lifted, met = 0, set()
    waiting = {committee: iter(places) for committee, places in events.places.items()}

    def next_of(committee: str) -> dict[str, Any] | None:
        for place in waiting.get(committee, ()):
            event = events.at(place)
            stopped = int(held.get(event["stream"], event["revision"] + 1))
            if event["revision"] < stopped:
                return event
            if event["revision"] == stopped:
                met.add(event["stream"])
                if readable(event, schema):
                    vi, en = "đọc được mà sổ bỏ qua", "can be read, and is left out of the registers"
                    verdict.bad(f"{event['stream']}@{stopped}", vi, en)
        return None

    for number, row in rows_of(folder / "journal.ndjson"):
        event = next_of(row["committee"])
        if event is None:
            verdict.bad(
                row["reference"], "dòng nhật ký thừa", f"the journal has a row too many, line {number}"
            )
            continue
        expected = journal_row(event, schema(event["type"]).number)
        lifted += "data" not in expected
        if row.keys() != {*expected, "data"}:
            raise ValueError(f"journal.ndjson: its columns are not those of a journal, line {number}")
        later = schema(event["type"]).defaults
        if differ := [name for name, value in expected.items() if not within(value, row[name], later)]:
            where = f"{event['stream']}@{event['revision']}"
            verdict.bad(
                where, f"dòng nhật ký khác ở {', '.join(differ)}", "the journal does not follow from it"
            )
    for committee in waiting:
        if (event := next_of(committee)) is not None:
            where = f"{event['stream']}@{event['revision']}"
            verdict.bad(where, "không có trong sổ nhật ký", "is not in the journal")
    for stream in sorted(held.keys() - met):
        verdict.bad(f"{stream}@{held[stream]}", "không có trong gói", "is not in the package")
    if lifted:
        vi, en = "dòng nhật ký ở dạng mới hơn sự kiện", "rows of the journal show an event in a newer shape"
        verdict.note(f"{lifted} {vi}: dữ liệu chưa so", f"{lifted} {en}: their data was not compared")


def readable(event: dict[str, Any], schema: Callable[[str], Schema]) -> bool:
    """Whether an event is of a known type and shape, as far as this can be told without its rules."""
    try:
        row = journal_row(event, schema(event["type"]).number)
        is_object = isinstance(json.loads(stored(event, "data")), dict)
        return is_object and bool(row["metadata"]["schema"] <= row["shape"])
    except Exception:  # whatever is wrong with it: it cannot be read
        return False


def journal_row(event: dict[str, Any], shape: int) -> dict[str, Any]:
    """The fields of the journal that are a plain function of the stored event.

    An event of an older shape stands there in the newer one: how its data was lifted takes its rules.
    """
    data, meta = json.loads(stored(event, "data")), json.loads(stored(event, "metadata"))
    actor, document, source = meta["actor"], meta.get("document"), meta.get("source")
    earliest, latest = days_of(meta["effective_at"])
    row = {
        "committee": meta["committee"],
        "position": event["position"],
        "event_id": event["id"],
        "reference": f"{event['stream']}@{event['revision']}",
        "stream": event["stream"],
        "revision": event["revision"],
        "type": event["type"],
        "recorded": (BEGINNING + timedelta(microseconds=event["recorded_us"])).isoformat(),
        "effective": meta["effective_at"],
        "earliest": earliest.isoformat(),
        "latest": latest.isoformat(),
        "person": actor["person"],
        "capacity": actor["capacity"],
        "mandate": actor["mandate"]["capacity"],
        "ground": actor["mandate"]["ground"],
        "acts_for": actor["mandate"].get("acts_for"),
        "bound": int(actor["mandate"].get("bound", True)),
        "entered_by": meta.get("entered_by"),
        "clauses": meta["clauses"],
        "document": cited(document) if document else None,
        "source": source["reference"] if source else None,
        "causation": meta["$causationId"],
        "correlation": meta["$correlationId"],
        "metadata": meta,
        "shape": shape,
    }
    return row | ({"data": data} if meta["schema"] == shape else {})


class Schema:
    """The number of the newest shape of a type, and what its optional fields say where nobody filled them."""

    def __init__(self, package: Path, event_type: str) -> None:
        if not event_type.isalnum():
            raise ValueError(f"{event_type!r} is no type of an event")
        told = json_of(content_of(package / "data" / "schemas" / f"{event_type}.json"))
        self.number = int(told["$id"].rpartition(":")[2])
        fields = [told["properties"], *(one.get("properties", {}) for one in told.get("$defs", {}).values())]
        self.defaults: dict[str, list[Any]] = {}
        for field in fields:
            for name, said in field.items():
                self.defaults.setdefault(name, []).append(said.get("default"))


def days_of(moment: str) -> tuple[date, date]:
    """The first and the last day that a moment can mean: YYYY, YYYY-MM, YYYY-MM-DD, or an instant in UTC."""
    if "T" in moment:
        on = datetime.fromisoformat(moment).astimezone(VIETNAM).date()
        return on, on
    year, month, day = [*map(int, moment.split("-")), 0, 0][:3]
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


def cited(document: dict[str, Any]) -> str:
    day = document.get("date")
    return str(document["number"]) + (f" {date.fromisoformat(day):%d/%m/%Y}" if day else "")


def within(told: Any, shown: Any, later: dict[str, list[Any]]) -> bool:
    """Whether a row shows what was stored; fields that came to the shape `later` may stand beside it, with
    their defaults."""
    if isinstance(told, dict) and isinstance(shown, dict):
        if not all(name in shown and within(value, shown[name], later) for name, value in told.items()):
            return False
        beside = [(name, value) for name, value in shown.items() if name not in told]
        return all(value in (None, False, "", [], {}, *later.get(name, ())) for name, value in beside)
    if isinstance(told, list) and isinstance(shown, list):
        return len(told) == len(shown) and all(
            within(one, other, later) for one, other in zip(told, shown, strict=True)
        )
    return type(told) is type(shown) and bool(told == shown)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path)
    parser.add_argument("--key", help="the verifier key, from a source that you trust")
    parser.add_argument("--checkpoint", action="append", default=[], type=Path, help="one that you kept")
    parser.add_argument("--without-signature", action="store_true")
    asked = parser.parse_args(arguments)
    if sys.version_info < (3, 11):  # noqa: UP036 as above
        parser.error("cần Python 3.11 / needs Python 3.11")
    if not asked.package.is_dir():
        parser.error(f"{asked.package}: không có thư mục này / there is no such folder")
    verdict = verify(asked.package, asked.key, asked.checkpoint, not asked.without_signature)
    lines = [f"  {remark}" for remark in verdict.remarks]
    lines += [f"✗ {where}: {vi} / {en}" for where, vi, en in verdict.problems[:MOST_TOLD]]
    if len(verdict.problems) > MOST_TOLD:
        lines.append(f"✗ … {len(verdict.problems) - MOST_TOLD}")
    told = {
        0: "KHỚP / ALL IS WELL",
        1: f"KHÔNG KHỚP: {len(verdict.problems)} / NOT WELL: {len(verdict.problems)} findings",
        3: "CHƯA KIỂM TRA AI KÝ; còn lại khớp / WHO SIGNED WAS NOT CHECKED; all else agrees",
    }
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal that has no such letters is no reason to fail
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.stdout.write("\n".join([*lines, told[verdict.status]]) + "\n")
    return verdict.status


if __name__ == "__main__":
    sys.exit(main())
