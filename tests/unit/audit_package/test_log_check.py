"""The log part of a verification: which key has to have signed, what is proven, and what is not yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.audit.checking_log import LogCheck
from services.audit.exporting import export
from services.audit.findings import Done, Findings
from services.audit.published import PublishedLog, Unreadable
from services.audit.tree import RunningTree
from services.audit.verifier.verify_bcd import verify
from services.audit.verifying import epoch_of
from shared.audit.leaf import entry_of
from shared.audit.log import Log
from shared.audit.merkle import leaf_hash
from shared.audit.notes import Signer, Verifier
from shared.audit.rotation import STREAM, TYPE, adopt
from shared.audit.tiles import TileWriter
from shared.contents.folder import FolderContents
from shared.eventstore.epoch import current_epoch
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import NO_STREAM, NewEvent, RecordedEvent
from tests.unit.audit.test_merkle import defined
from tests.unit.audit_package.packages import FEW
from tests.unit.records.facts import Recorder, appointed

ROSTER = "member-langson.roster"


@dataclass
class World:
    """A store and its notary, step by step."""

    folder: Path
    store: MemoryStore = field(default_factory=MemoryStore)

    def __post_init__(self) -> None:
        self.epoch = str(current_epoch(self.store))
        self.log = Log(self.folder, f"sample/{self.epoch}")
        self.writer = TileWriter(self.folder, 0)
        self._recorder = Recorder(self.store)

    def happens(self, count: int) -> None:
        for number in range(count):
            self._recorder.record(ROSTER, appointed(f"s{number}"))

    def published(self, *signers: Signer) -> None:
        events = list(self.store.read_all())
        self.writer.append([entry_of(event) for event in events[self.writer.size :]])
        adopted = [(leaf, event.data) for leaf, event in enumerate(events) if event.type == TYPE]
        self.log.publish(len(events), adopted, lambda: signers)

    def checked(
        self,
        pinned: Verifier | None = None,
        seen: Sequence[Path] = (),
        events: list[RecordedEvent] | None = None,
    ) -> tuple[list[tuple[str, str]], Done]:
        findings = Findings()
        check = LogCheck(PublishedLog.open(self.folder), findings, pinned=pinned, seen=seen)
        check.take(list(self.store.read_all()) if events is None else events)
        done = check.finish()
        return [(one.kind, one.where) for one in findings.kept], done


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "log")


OLD, NEW = Signer.new("sample"), Signer.new("sample")


def rotated(world: World) -> World:
    world.happens(3)
    world.published(OLD)
    adopt(world.store, NEW.verifier, OLD.verifier, "test")
    world.happens(2)
    world.published(OLD, NEW)
    world.happens(300)
    world.published(OLD, NEW)
    return world


def test_the_running_tree_is_that_of_the_definition() -> None:
    entries = [bytes([n]) for n in range(70)]
    tree = RunningTree()
    for size, entry in enumerate(entries):
        assert tree.root() == defined(entries[:size])
        list(tree.add(leaf_hash(entry)))


def test_the_first_key_is_enough_to_trust_the_one_that_it_was_changed_for(world: World) -> None:
    found, done = rotated(world).checked(pinned=OLD.verifier)
    assert found == []
    assert done.counts["checkpoints"] == 5  # four that are kept, and the newest
    assert world.checked(pinned=NEW.verifier)[0] == []
    ((kind, _),) = world.checked(pinned=Signer.new("sample").verifier)[0]
    assert kind == "key_unfit"


def test_a_package_of_a_log_whose_key_was_changed_is_well_with_either_key(
    world: World, tmp_path: Path
) -> None:
    rotated(world)
    contents, log = FolderContents(tmp_path / "contents"), PublishedLog.open(world.folder)
    export(world.store, log, contents, FEW, tmp_path / "package")
    for signer, status in ((OLD, 0), (NEW, 0), (Signer.new("sample"), 1)):
        verdict = verify(tmp_path / "package", str(signer.verifier))
        assert verdict.status == status, verdict.problems


def test_a_change_of_keys_that_the_old_key_does_not_vouch_for_is_found(world: World) -> None:
    """The thief of nothing but the store adopts a key of his own, and signs with it."""
    rotated(world)
    kept = sorted((world.folder / "checkpoints").iterdir(), key=lambda path: int(path.name))
    text = kept[1].read_text()
    body, _, signatures = text.rpartition("\n\n")
    new_alone = [line for line in signatures.splitlines() if line == str(NEW.sign(f"{body}\n")).strip()]
    assert len(new_alone) == 1
    kept[1].write_text(f"{body}\n\n{new_alone[0]}\n")
    found, _ = world.checked(pinned=OLD.verifier)
    assert found[0] == ("signature", str(kept[1]))


def test_what_is_not_published_yet_is_said_and_is_no_fault(world: World) -> None:
    world.happens(5)
    world.published(OLD)
    world.happens(2)
    found, done = world.checked(OLD.verifier)
    assert found == []
    assert any("2 events after the checkpoint" in remark for remark in done.remarks)


def test_a_checkpoint_that_somebody_kept_and_that_is_larger_shows_a_roll_back(
    world: World, tmp_path: Path
) -> None:
    world.happens(5)
    world.published(OLD)
    early = (world.folder / "checkpoint").read_bytes()
    world.happens(5)
    world.published(OLD)
    seen = tmp_path / "seen"
    seen.write_bytes((world.folder / "checkpoint").read_bytes())
    assert world.checked(OLD.verifier, [seen])[0] == []

    (world.folder / "checkpoint").write_bytes(early)
    (world.folder / "checkpoints" / "11").unlink()
    assert world.checked(OLD.verifier)[0] == []  # nobody could know
    assert world.checked(OLD.verifier, [seen])[0] == [("rolled_back", str(world.folder / "checkpoint"))]


def test_the_first_of_many_bad_events_is_named_and_the_others_after_it(world: World) -> None:
    world.happens(20)
    world.published(OLD)
    events = list(world.store.read_all())
    spoiled = [
        RecordedEvent(
            e.id, e.type, e.data + b" ", e.metadata, e.stream, e.revision, e.position, e.recorded_at
        )
        if e.revision in (7, 9) and e.stream == ROSTER
        else e
        for e in events
    ]
    found, _ = world.checked(OLD.verifier, events=spoiled)
    assert found == [("event_changed", f"{ROSTER}@7"), ("event_changed", f"{ROSTER}@9")]


@pytest.mark.parametrize(
    "content", [b"", b"x", b"\xff", b"a\n1\nAA==\n\n", b"a\n-1\n" + b"A" * 43 + b"=\n\n\n"]
)
def test_a_checkpoint_that_is_none_is_told(world: World, content: bytes) -> None:
    world.happens(1)
    world.published(OLD)
    (world.folder / "checkpoint").write_bytes(content)
    with pytest.raises(Unreadable):
        PublishedLog.open(world.folder)


@pytest.mark.parametrize("content", [b"", b"x", b"sample+00000000+AAAA"])
def test_keys_that_are_none_are_told(world: World, content: bytes) -> None:
    world.happens(1)
    world.published(OLD)
    (world.folder / "keys").write_bytes(content)
    found, _ = world.checked()
    assert [kind for kind, _ in found] == ["no_key"]


RUNS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Some events, two tiles, two checkpoints."""
    world = World(tmp_path_factory.mktemp("fuzzed") / "log")
    world.happens(100)
    world.published(OLD)
    world.happens(170)
    world.published(OLD)
    return world


@RUNS
@given(file=st.integers(0, 100), place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_bit_of_any_tile_is_found(quiet: World, file: int, place: float, bit: int) -> None:
    tiles = sorted(path for path in (quiet.folder / "tile").rglob("*") if path.is_file())
    path = tiles[file % len(tiles)]
    before = path.read_bytes()
    content = bytearray(before)
    content[int(place * len(content))] ^= 1 << bit
    path.write_bytes(content)
    try:
        assert quiet.checked(OLD.verifier)[0], path
    finally:
        path.write_bytes(before)


@RUNS
@given(
    name=st.sampled_from(["keys", "checkpoints/101", "checkpoint"]),
    content=st.binary(max_size=300) | st.text(max_size=100).map(str.encode),
    keep=st.integers(0, 400),
)
def test_whatever_the_small_files_hold_is_a_finding(
    quiet: World, name: str, content: bytes, keep: int
) -> None:
    """The whole content, or what follows its first bytes."""
    path = quiet.folder / name
    before = path.read_bytes()
    path.write_bytes(before[:keep] + content)
    try:
        assert path.read_bytes() == before or quiet.checked()[0] or keep >= len(before) - 5
    except Unreadable:
        assert name == "checkpoint"
    finally:
        path.write_bytes(before)


def test_a_store_that_was_never_used_has_no_epoch() -> None:
    assert epoch_of(MemoryStore()) is None


def test_a_checkpoint_of_no_leaves_does_not_keep_the_others_from_being_compared(
    world: World, tmp_path: Path
) -> None:
    """It comes first of all, and was once waited for until the end."""
    world.happens(5)
    world.published(OLD)
    newest = world.folder / "checkpoint"
    text = newest.read_text()
    empty = text.replace("\n6\n", "\n0\n", 1)
    (world.folder / "checkpoints" / "0").write_text(empty)
    newest.write_text(text.replace(text.split("\n")[2], "A" * 43 + "="))
    told = [("root", str(world.folder / "checkpoints" / "0")), ("root", str(newest))]
    assert world.checked(OLD.verifier)[0] == told
    (world.folder / "checkpoints" / "0").unlink()
    seen = tmp_path / "seen"
    seen.write_text(empty)
    assert world.checked(OLD.verifier, [seen])[0] == [("root", str(seen)), ("root", str(newest))]


def test_a_key_that_is_published_and_signed_nothing_is_told(world: World) -> None:
    rotated(world)
    keys, strange = world.folder / "keys", Signer.new("sample").verifier
    whole = keys.read_text()
    keys.write_text(f"{whole}{strange}\n")
    found, done = world.checked(OLD.verifier)
    assert found == []
    assert any(str(strange) in remark for remark in done.remarks)
    keys.write_text(f"{whole.splitlines()[0]}\n{strange}\n")
    assert world.checked(OLD.verifier)[0] == [("key_published", str(keys))]


@pytest.mark.parametrize(
    "data", [b"[", b"[" * 100_000, b"{}", b'{"previous": "%s", "verifier": "x"}' % str(OLD.verifier).encode()]
)
def test_an_adoption_that_says_nothing_is_a_leaf_like_any_other(
    world: World, tmp_path: Path, data: bytes
) -> None:
    """Whoever may write to the store cannot keep the log from being verified."""
    world.happens(3)
    world.published(OLD)
    world.store.append(STREAM, [NewEvent(UUID(int=1), TYPE, data, b"{}")], expected=NO_STREAM)
    world.published(OLD)
    assert world.checked(OLD.verifier)[0] == []
    log = PublishedLog.open(world.folder)
    export(world.store, log, FolderContents(tmp_path / "contents"), FEW, tmp_path / "package")
    verdict = verify(tmp_path / "package", str(OLD.verifier))
    assert verdict.status == 0, verdict.problems


def test_a_package_has_the_keys_of_its_size(world: World, tmp_path: Path) -> None:
    """The key was changed while the log was copied."""
    world.happens(3)
    world.published(OLD)
    log = PublishedLog.open(world.folder)
    adopt(world.store, NEW.verifier, OLD.verifier, "test")
    world.published(OLD, NEW)
    export(world.store, log, FolderContents(tmp_path / "contents"), FEW, tmp_path / "package")
    assert (tmp_path / "package" / "data" / "log" / "keys").read_text() == f"{OLD.verifier}\n"
    assert verify(tmp_path / "package", str(OLD.verifier)).status == 0
