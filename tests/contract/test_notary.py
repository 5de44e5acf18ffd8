"""The notary as a process of its own over a real store: killed and begun again it makes one log."""

import json
import signal
from functools import partial
from pathlib import Path

import pytest

from shared.audit.cosigning import Seen, cosign, source_of
from shared.audit.leaf import entry_of
from shared.audit.log import LogError
from shared.audit.merkle import root
from shared.audit.notes import COSIGNATURE, Signer, Verifier
from shared.audit.proofs import proof_of
from shared.audit.tiles import Tiles
from shared.audit.witnesses import post_http
from shared.eventstore.port import EventStore
from tests.contract.notaries import Make, NotaryProcess, Quiet, make, served, store, until
from tests.contract.store.stores import fill, own_server
from tests.unit.audit.logs import KEY, a_store, follow, happened, head_of, log_of, notary
from tests.unit.audit.test_witnesses import SIGNER, SpecWitness

__all__ = ["make", "own_server", "store"]  # fixtures


def _more(process: NotaryProcess, than: int) -> bool:
    return process.signed() > than


def test_killed_while_events_come_it_signs_every_event_once(store: EventStore, make: Make) -> None:
    process = make(notary_interval="0.05")
    for round_ in range(2):
        before = process.signed()
        process.start()
        fill(store, f"test-mau.{round_}", 700)
        until(partial(_more, process, before), "something new is signed")
        process.end(signal.SIGKILL)
    process.start()
    events = list(store.read_all())
    until(lambda: process.signed() == len(events), "all is signed")
    assert process.end() == 0

    head, folder = head_of(process.folder).checkpoint, log_of(process.folder)
    tiles = Tiles(folder, head.size)
    assert list(tiles.entries()) == [entry_of(event) for event in events]
    assert root(head.size, tiles.node) == head.root
    assert (process.folder / "key").stat().st_mode & 0o077 == 0
    status = json.loads((process.data / "status" / "notary.json").read_text())
    assert (status["signed"], status["state"]) == (len(events), "stopped")
    last = events[-1]
    keys = [Verifier.parse(line) for line in (folder / "keys").read_text().split()]
    proof_of(folder, last.stream, last.revision).verify(keys, entry_of(last))


def test_another_key_ends_it_with_a_sentence(store: EventStore, make: Make) -> None:
    process = make()
    process.start()
    until(lambda: process.signed() > 0, "something is signed")
    process.end()
    fill(store, "test-mau.a", 3)
    process = make(notary_key=Signer.new("bcd.local").secret())
    process.start()
    assert process.wait() == 78
    assert "was not given to the notary" in (process.data / "log").read_text()


def test_a_witness_over_http_cosigns_what_is_published(store: EventStore, make: Make, tmp_path: Path) -> None:
    witness, stranger = SpecWitness(), Signer.new("away.example", COSIGNATURE)

    class Handler(Quiet):
        def do_POST(self) -> None:  # noqa: N802 (the name that http.server calls)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, text = witness.post(f"https://witness.example{self.path}", body)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

    (tmp_path / "key").write_text(KEY.secret())
    with served(Handler) as url:
        both = f"{url} {SIGNER.verifier} http://127.0.0.1:9/ {stranger.verifier}"
        process = make(notary_key_file=str(tmp_path / "key"), notary_witnesses=both)
        process.start()
        fill(store, "test-mau.a", 300)
        until(
            lambda: (
                process.signed() == 301 and bool(head_of(process.folder).note.signed_by([SIGNER.verifier]))
            ),
            "the witness cosigns",
        )
        assert process.end() == 0
    assert witness.seen == head_of(process.folder).checkpoint
    status = json.loads((process.data / "status" / "notary.json").read_text())
    assert status["witnesses"][1]["cosigned"] == 0
    assert "refused" in status["witnesses"][1]["error"]


def test_a_second_office_cosigns_over_http(tmp_path: Path) -> None:
    store = a_store(300)
    follow(store, notary(store, tmp_path / "log"))
    with served(partial(Quiet, directory=str(log_of(tmp_path / "log")))) as url:
        seen = cosign(source_of(url), Seen(KEY.verifier), SIGNER, 1_790_000_000)
        happened(store, 400)
        follow(store, notary(store, tmp_path / "log"))
        seen = cosign(source_of(f"{url}/"), seen, SIGNER, 1_790_000_060)
        assert seen.head is not None
        assert seen.head.checkpoint == head_of(tmp_path / "log").checkpoint
        with pytest.raises(LogError, match="lacks a file"):
            cosign(source_of(f"{url}/nothing"), seen, SIGNER, 1_790_000_060)
        status, _ = post_http(f"{url}/add-checkpoint", b"")
        assert status == 501
    with pytest.raises(OSError, match="refused"):
        cosign(source_of(url), seen, SIGNER, 1_790_000_060)
