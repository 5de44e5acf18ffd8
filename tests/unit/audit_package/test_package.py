"""What a package holds, what it leaves out, and that one that is half done is none."""

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.copies import Copy
from services.audit.exporting import ExportError
from services.audit.logfile import write_log
from services.audit.package import event_of, events_of, line_of
from services.audit.reopened import NoPackage, verify_package
from services.audit.verifier.verify_bcd import verify
from shared.eventstore.port import RecordedEvent
from tests.unit.audit_package.packages import FEW, OTHER, exported, mend, rehash, system
from tests.unit.rows import BEGAN


@given(data=st.binary(), metadata=st.binary(), leaf=st.integers(0, 2**63))
def test_a_line_gives_back_the_stored_bytes_exactly(data: bytes, metadata: bytes, leaf: int) -> None:
    event = RecordedEvent(UUID(int=leaf), "Loại", data, metadata, "dòng-một.α", 3, leaf, BEGAN)
    line = line_of(leaf, event)
    assert event_of(line) == event
    assert line.count("\n") == 1
    assert json.loads(line)["leaf"] == leaf


def test_it_is_a_bag_and_holds_every_event_document_and_register(untouched: Path, whole: Copy) -> None:
    bagit.Bag(str(untouched)).validate()
    assert (untouched / "bagit.txt").read_text().startswith("BagIt-Version: 1.0\n")
    assert list(events_of(untouched)) == whole.events()
    documents = {path.name for path in (untouched / "data" / "documents").glob("*/*")}
    assert documents == set(whole.contents.digests())
    assert len(documents) == 4
    registers = {path.stem for path in (untouched / "data" / "registers").glob("*.ndjson")}
    assert registers == {model.name for model in FEW.models}
    types = {event.type for event in whole.events()}
    assert types <= {path.stem for path in (untouched / "data" / "schemas").iterdir()}


def test_one_committee_is_opened_and_of_the_others_only_hashes_are_there(
    whole: Copy, tmp_path: Path, key: str
) -> None:
    made = exported(whole, tmp_path / "package", committee=OTHER)
    streams = {event.stream for event in events_of(tmp_path / "package")}
    assert streams == {"store.epoch", f"committee-{OTHER}.charter", f"member-{OTHER}.roster"}
    assert (made.opened, made.leaves) == (4, len(whole.events()))
    everything = b"".join(path.read_bytes() for path in (tmp_path / "package").rglob("*") if path.is_file())
    assert "Số liệu giả định".encode() not in everything
    assert verify(tmp_path / "package", key).status == 0
    assert verify_package(tmp_path / "package", FEW).well


def test_until_a_position_the_rest_of_the_log_stays_closed(whole: Copy, tmp_path: Path, key: str) -> None:
    half = whole.events()[100]
    made = exported(whole, tmp_path / "package", until=half.position)
    assert (made.opened, made.position) == (101, half.position)
    assert verify(tmp_path / "package", key).status == 0
    assert verify_package(tmp_path / "package", FEW).well


def test_what_is_not_published_yet_is_left_out_and_counted(whole: Copy, tmp_path: Path, key: str) -> None:
    checkpoint = whole.published / "checkpoint"
    newest, kept = checkpoint.read_bytes(), whole.published / "checkpoints"
    sizes = sorted(int(path.name) for path in kept.iterdir())
    checkpoint.write_bytes((kept / str(sizes[0])).read_bytes())
    try:
        made = exported(whole, tmp_path / "package")
    finally:
        checkpoint.write_bytes(newest)
    assert (made.leaves, made.opened, made.left_out) == (sizes[0], sizes[0], sizes[-1] - sizes[0])
    assert verify(tmp_path / "package", key).status == 0


def test_a_document_that_is_not_kept_is_named(whole: Copy, tmp_path: Path, key: str) -> None:
    digest = next(d for d in whole.contents.digests())
    path = next(whole.folder.glob(f"contents/*/{digest}"))
    content = path.read_bytes()
    path.write_bytes(b"!")
    try:
        made = exported(whole, tmp_path / "package")
    finally:
        path.write_bytes(content)
    assert (made.documents, made.absent) == (3, 1)
    absent = (tmp_path / "package" / "data" / "documents-absent.txt").read_text()
    assert absent == f"{digest} damaged\n"
    verdict = verify(tmp_path / "package", key)
    assert verdict.status == 0
    assert any("documents-absent" in remark for remark in verdict.remarks)


def test_one_that_was_stopped_is_no_package_and_the_next_begins_anew(whole: Copy, tmp_path: Path) -> None:
    def stop(_events: int, _position: int, _head: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exported(whole, tmp_path / "package", progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["package.part"]
    with pytest.raises(NoPackage):
        verify_package(tmp_path / "package", FEW)
    exported(whole, tmp_path / "package")
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_it_is_never_written_over_and_an_unknown_committee_makes_none(
    whole: Copy, untouched: Path, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match="exists already"):
        exported(whole, untouched)
    with pytest.raises(ExportError, match="no event of the committee khongco"):
        exported(whole, tmp_path / "package", committee="khongco")
    assert list(tmp_path.iterdir()) == []


def test_events_that_the_registers_do_not_have_yet_are_counted(tmp_path: Path) -> None:
    copy = system(tmp_path, streams=2, length=6)
    (done,) = copy.verified(["records"]).parts
    assert done.remarks == []
    events = copy.events()
    write_log(copy.log_file, [*events, replace(events[-1], id=UUID(int=1))])
    (done,) = copy.verified(["records"]).parts
    assert "1 events after that are not in the registers yet" in done.remarks[0]


def test_a_register_that_does_not_follow_from_the_events_is_found_by_folding_anew(
    package: Path, key: str
) -> None:
    """With every hash and manifest made to fit, only the rules of the projections tell."""
    path = package / "data" / "registers" / "outgoing.ndjson"
    path.write_text(path.read_text().replace("01/TB-BCĐ", "91/TB-BCĐ"))
    rehash(package, "outgoing")
    mend(package)
    assert verify(package, key).status == 0
    report = verify_package(package, FEW)
    assert [(one.kind, one.where) for one in report.findings] == [("register_differs", "outgoing")]
