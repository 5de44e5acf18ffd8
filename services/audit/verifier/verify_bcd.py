#!/usr/bin/env python3
"""Verifies a package that `bcd audit export` made: offline, without the software that made it.

    python verify_bcd.py PACKAGE [--key VERIFIER] [--checkpoint FILE] [--without-signature]

Needs Python 3.11 and, for the signature alone, the library `cryptography`. It checks, in this order:

1. the bag: every file has the SHA-256 of its manifest, and there is no other file (RFC 8493);
2. every opened event: the entry of its stored bytes is the entry that the log published at its place, and no
   event that should be opened is held back; the revisions of every stream are without a gap;
3. the tree: the entries give the hash tiles, and the root of every signed checkpoint (RFC 6962, C2SP);
4. the signatures of the checkpoints, and that each key was adopted by the one before it (Ed25519);
5. the documents: each has the SHA-256 that events name it by;
6. the registers: each has its hash, and every row names an event of the package as its ground;
7. the journal: every field of every row follows from the stored event, and no row is missing.

That the other registers follow from the events takes their rules: `bcd audit verify --package PACKAGE`.

Get VERIFIER, and better this file too, from somewhere else than the package. Exit status: 0 all is well,
1 something is not, 2 not a request, 3 all is well but the signature, which was not checked.
"""

import argparse
import base64
import calendar
import json
import os
import re
import sys
from array import array
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

WIDTH, HASH = 256, 32  # of a tile: hashes, and bytes of each
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
VIETNAM = timezone(timedelta(hours=7))
MOST_TOLD = 20


class Verdict:
    """Collects what is wrong, where, in Vietnamese and English."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str, str]] = []  # where, and what in both languages
        self.remarks: list[str] = []
        self.signed = False

    def bad(self, where: object, vi: str, en: str) -> None:
        self.problems.append((str(where), vi, en))

    def note(self, vi: str, en: str) -> None:
        self.remarks.append(f"{vi} / {en}")

    @property
    def status(self) -> int:
        return 1 if self.problems else 0 if self.signed else 3


def verify(
    package: Path, key: str | None = None, seen: Sequence[Path] = (), signature: bool = True
) -> Verdict:
    """Every check, each guarded: whatever a malformed file does to one is a finding, and not a crash."""
    verdict = Verdict()
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


def check_bag(package: Path, verdict: Verdict) -> None:
    if not (package / "bagit.txt").read_text(encoding="utf-8").startswith("BagIt-Version: 1.0\n"):
        verdict.bad("bagit.txt", "không phải BagIt 1.0", "is not BagIt 1.0")
    listed = {"tagmanifest-sha256.txt"}
    for manifest in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        for line in lines_of(package / manifest):
            if not (fields := re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line)) or unsafe(fields[2]):
                verdict.bad(manifest, f"dòng sai: {line!r}", f"a malformed line: {line!r}")
                continue
            listed.add(fields[2])
            path = package / fields[2]
            if not path.is_file():
                verdict.bad(fields[2], "tệp bị thiếu", "the file is missing")
            elif hash_of(path) != fields[1]:
                verdict.bad(fields[2], "nội dung đã bị sửa", "the content was changed")
    for folder, folders, files in os.walk(package):
        for name in [*files, *(one for one in folders if (Path(folder) / one).is_symlink())]:
            found = (Path(folder) / name).relative_to(package).as_posix()
            if found not in listed or (package / found).is_symlink():
                verdict.bad(found, "tệp không có trong bản kê", "the file is not in the manifest")


def unsafe(path: str) -> bool:
    return path.startswith("/") or ".." in path.split("/")


def lines_of(path: Path) -> list[str]:
    text = path.read_bytes().decode("utf-8")
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
            with open(path, "rb") as file:
                offset = 0
                for line in file:
                    if not line.endswith(b"\n"):
                        raise ValueError(f"{path.name} ends within a line")
                    yield number << 40 | offset, json.loads(line)
                    offset += len(line)

    def at(self, place: int) -> dict[str, Any]:
        with open(self.files[place >> 40], "rb") as file:
            file.seek(place & (1 << 40) - 1)
            event: dict[str, Any] = json.loads(file.readline())
            return event

    def take(self, place: int, leaf: int, event: dict[str, Any]) -> None:
        self.count, self.position = self.count + 1, event["position"]
        self.last[event["stream"]] = event["revision"]
        reference = f"{event['stream']}@{event['revision']}"
        data = stored(event, "data")
        for digest in re.findall(rb'"(?:[a-z_]*_)?digest"\s*:\s*"([0-9a-f]{64})"', data):
            self.digests.setdefault(digest.decode(), reference)
        if event["stream"] == "store.notary" and event["type"] == "NotaryKeyAdopted":
            told = json.loads(data)
            self.adoptions.append((leaf, told["previous"], told["verifier"]))
        if not event["stream"].startswith("store."):  # in which the store speaks of itself
            self.types.add(event["type"])
            try:
                committee = str(json.loads(stored(event, "metadata"))["committee"])
            except (ValueError, KeyError, TypeError):
                committee = ""  # nobody can read it: it must be in quarantine, and in no register
            self.places.setdefault(committee, array("Q")).append(place)


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


def check_log(package: Path, log: "PublishedLog", events: Events, verdict: Verdict) -> None:
    about = json.loads((package / "data" / "package.json").read_bytes())
    newest = log.checkpoint(log.folder / "checkpoint")
    log.open(newest["size"])
    if (about["origin"], about["leaves"]) != (newest["origin"], newest["size"]):
        verdict.bad("package.json", "không thuộc nhật ký này", "does not belong to this log")
    read, committee = about["read"], about["committee"]
    if about["until"] is None and read != newest["size"]:
        verdict.bad(
            "package.json", "gói không tới hết nhật ký", "the package stops before the end of the log"
        )
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
            events.take(place, leaf, event)
            place, event = next(opened, (0, None))
        elif leaf < read and belongs(stream, committee):
            verdict.bad(f"{stream}@{revision}", f"lá {leaf} bị giữ lại", f"leaf {leaf} is held back")
        log.add(entry, verdict)
    if event is not None:
        verdict.bad(f"{event['stream']}@{event['revision']}", "không có trong nhật ký", "is not in the log")
    if events.count != about["opened"]:
        verdict.bad("package.json", "số sự kiện không khớp", f"{events.count} events, not {about['opened']}")
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

    def open(self, size: int) -> None:
        """`seen` are checkpoints that somebody else kept: the tree must have had their roots too."""
        self.size = size
        self.wanted = {size, *(self.checkpoint(path)["size"] for path in (*self.kept(), *self.seen))}
        self.roots = {0: sha256(b"").digest()}

    def kept(self) -> list[Path]:
        return sorted((self.folder / "checkpoints").iterdir(), key=lambda path: int(path.name))

    def checkpoint(self, path: Path) -> dict[str, Any]:
        """A signed note: origin, size and root, an empty line, signatures."""
        text = path.read_bytes().decode("utf-8")
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
        content = (self.folder / name).read_bytes()
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
    verdict.signed = bool(verified) or not signature


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
    except ValueError:
        return False
    told = adopted.split("+")[1]
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
    text = (package / "data" / "documents-absent.txt").read_bytes().decode()
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
    told = json.loads((folder / "hashes.json").read_bytes())
    if told["position"] < events.position:
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
        stopped = ", ".join(map(str, told["quarantine"][:5]))
        verdict.note(f"sự kiện chưa đọc được: {stopped}", f"events that could not be read: {stopped}")


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every row as (line, {column: value}). Tables follow each other, each after a line with its name and its
    columns, of which the first is `committee`."""
    columns: list[str] = []
    with open(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            values = json.loads(line)
            if values[1:2] == ["committee"] and all(isinstance(value, str) for value in values):
                columns = values[1:]
            elif len(values) != len(columns):
                raise ValueError(
                    f"{path.name}, line {number}: {len(values)} values for {len(columns)} columns"
                )
            else:
                yield number, dict(zip(columns, values, strict=True))


# 7. The journal, again from the events


def check_journal(package: Path, events: Events, verdict: Verdict) -> None:
    folder = package / "data" / "registers"
    told = json.loads((folder / "hashes.json").read_bytes())
    held = dict(reference.rsplit("@", 1) for reference in told["quarantine"])
    shape = lru_cache(lambda event_type: shape_of(package, event_type))
    waiting = {committee: iter(places) for committee, places in events.places.items()}

    def next_of(committee: str) -> dict[str, Any] | None:
        for place in waiting.get(committee, ()):
            event = events.at(place)
            if event["revision"] < int(held.get(event["stream"], event["revision"] + 1)):
                return event
        return None

    for number, row in rows_of(folder / "journal.ndjson"):
        event = next_of(row["committee"])
        if event is None:
            verdict.bad(
                row["reference"], "dòng nhật ký thừa", f"the journal has a row too many, line {number}"
            )
            continue
        expected = journal_row(event, shape(event["type"]))
        if wrong := [name for name, value in expected.items() if not within(value, row[name])]:
            where = f"{event['stream']}@{event['revision']}"
            verdict.bad(
                where, f"dòng nhật ký khác ở {', '.join(wrong)}", "the journal does not follow from it"
            )
    for committee in waiting:
        if (event := next_of(committee)) is not None:
            where = f"{event['stream']}@{event['revision']}"
            verdict.bad(where, "không có trong sổ nhật ký", "is not in the journal")


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


def shape_of(package: Path, event_type: str) -> int:
    """The number of the newest shape of a type, by the package's schema of it."""
    schema = json.loads((package / "data" / "schemas" / f"{event_type}.json").read_bytes())
    return int(schema["$id"].rpartition(":")[2])


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


def within(told: Any, shown: Any) -> bool:
    """Whether a row shows what was stored; fields that came to the shape later may stand beside it."""
    if isinstance(told, dict) and isinstance(shown, dict):
        return all(name in shown and within(value, shown[name]) for name, value in told.items())
    if isinstance(told, list) and isinstance(shown, list):
        return len(told) == len(shown) and all(map(within, told, shown))
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
        3: "CHỮ KÝ CHƯA ĐƯỢC KIỂM TRA; còn lại khớp / THE SIGNATURE WAS NOT CHECKED; all else is well",
    }
    sys.stdout.write("\n".join([*lines, told[verdict.status]]) + "\n")
    return verdict.status


if __name__ == "__main__":
    sys.exit(main())
