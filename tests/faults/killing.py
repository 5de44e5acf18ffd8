"""Rounds of writing and killing over one data folder: what was acknowledged must be there ever after."""

import random
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

from shared.eventstore.esdb import EsdbStore
from tests.contract.store.stores import PATIENCE, EmbeddedServer
from tests.faults.following import Accountant, following
from tests.faults.ledger import Account, Ledger
from tests.faults.writers import Answers, Writer, at_work

WRITERS = 8
WHOLE = 20
"""After so many rounds the whole log is read, and not only what is new."""


def kill_again_and_again(data: Path, rounds: int, seed: object, say: Callable[[str], None]) -> Ledger:
    """Start, write until a random number of answers came or a random time has passed, kill; then look.

    A follower goes along over all restarts. Raises AssertionError at the first thing that is wrong.
    """
    chance = random.Random(f"{seed}")
    server, ledger, answers, accountant = EmbeddedServer(data), Ledger(), Answers(), Accountant()
    server.start()
    writers = [Writer("kill", number, ledger, seed) for number in range(WRITERS)]
    patient = EsdbStore(server.uri, deadline=PATIENCE)
    try:
        with following(patient, accountant, PATIENCE):
            for number in range(1, rounds + 1):
                impatient = EsdbStore(server.uri, deadline=0.3)
                with at_work([partial(w.write, impatient, answers) for w in writers], PATIENCE):
                    answers.wait(chance.randrange(400), limit=chance.uniform(0.0, 2.0))
                    server.kill()
                impatient.close()
                if chance.random() < 0.2:
                    _kill_while_it_starts(server, chance.uniform(0.0, 1.0))
                server.start()
                with accountant.at(patient.head(), PATIENCE) as account:
                    ledger.check(account)
                    if number % WHOLE == 0 or number == rounds:
                        _compare(account, patient)
                    events = account.events
                said = f"round {number} of {rounds}: {events} events, {ledger.appends} appends acknowledged"
                say(f"{said}, {ledger.doubts} answers lost")
        assert server.stop() == 0
    finally:
        patient.close()
        server.kill()
    return ledger


def _kill_while_it_starts(server: EmbeddedServer, after: float) -> None:
    process = server.spawn()
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate(timeout=PATIENCE)
    else:
        raise AssertionError("the server ended by itself")


def _compare(followed: Account, store: EsdbStore) -> None:
    """The whole log read anew, forwards and stream by stream, is what the follower saw piece by piece."""
    read = Account().take(store.read_all())
    assert read.hash == followed.hash
    for name, ids in read.streams.items():
        assert [(event.id, event.position) for event in store.read_stream(name)] == ids
