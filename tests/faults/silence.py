"""A server that falls silent: what writers, readers and followers must do meanwhile, and afterwards."""

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest

from shared.eventstore.esdb import EsdbStore
from shared.eventstore.port import StoreUnavailable
from tests.contract.store.stores import PATIENCE, EmbeddedServer
from tests.faults.following import Accountant, following
from tests.faults.ledger import Account, Ledger
from tests.faults.writers import Answers, Writer, at_work

WRITERS = 8
SOME = 100
"""Answers: enough to have everybody at work."""


def through_silence(
    server: EmbeddedServer,
    fall_silent: Callable[[], None],
    speak_again: Callable[[], None],
    seconds: float,
    say: Callable[[str], None],
) -> None:
    """Write, fall silent for so long, speak again, write on.

    Every call ends while the silence lasts, a follower notices it by keepalive, and in the end each event is
    there once and was followed once.
    """
    ledger, answers, accountant = Ledger(), Answers(), Accountant()
    writers = [Writer("silence", number, ledger, seed="silence") for number in range(WRITERS)]
    store = _opened(server)
    with following(_opened(server), accountant, PATIENCE) as status:
        _write(writers, store, answers, meanwhile=fall_silent)
        silent_since = time.monotonic()
        say(f"silent after {ledger.appends} appends; {ledger.doubts} answers are missing")
        for call in (store.head, store.subscribe_all, partial(store.read_stream, "silence.own-1")):
            with pytest.raises(StoreUnavailable):
                call()
        _until(lambda: status.content["state"] == "retrying")
        say(f"calls and follower had noticed after {time.monotonic() - silent_since:.1f} s")
        threading.Event().wait(silent_since + seconds - time.monotonic())
        assert accountant.account.events > 0
        speak_again()

        patient = EsdbStore(server.uri, deadline=PATIENCE)
        for writer in writers:
            writer.settle(patient)
        _write(writers, store, answers, meanwhile=store.close)
        for writer in writers:
            writer.settle(patient)
        with accountant.at(patient.head(), PATIENCE) as account:
            ledger.check(account)
            assert Account().take(patient.read_all()).hash == account.hash
        patient.close()
    say(f"{ledger.appends} appends in the end, {account.events} events, each once")


def _opened(server: EmbeddedServer) -> EsdbStore:
    """A store that gives up soon."""
    return EsdbStore(server.uri, call_timeout=2, deadline=5, keepalive=2, keepalive_timeout=2)


def _write(writers: list[Writer], store: EsdbStore, answers: Answers, meanwhile: Callable[[], None]) -> None:
    """Let all writers write until what happens meanwhile makes them fail."""
    with at_work([partial(writer.write, store, answers) for writer in writers], PATIENCE):
        assert answers.wait(SOME, PATIENCE), "the writers do not get on"
        meanwhile()


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        threading.Event().wait(0.05)
