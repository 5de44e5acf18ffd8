"""The policies' follower: after each event all policies react, then all remember, then the next event.
When all events are known, the alarms ring whose day has come.

While it waits for a service it holds no transaction. The checkpoint moves behind an event only after every
command that followed from it was answered; asked again after a crash, the same commands have the same ids.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Engine, RowMapping, func, select

from shared.bus.remote_errors import RemoteFailure
from shared.dates import today
from shared.envelope import Envelope
from shared.errors import UnknownEvent
from shared.eventstore.epoch import of_store
from shared.eventstore.paging import stream_events
from shared.eventstore.port import EventStore, RecordedEvent
from shared.followers.asking import Caller, Question, ask
from shared.followers.books import Held, as_state
from shared.followers.database import OUT_OF_REACH, Place
from shared.followers.errors import NotNow
from shared.followers.holdings import (
    BOOKS,
    TABLES,
    StoredHoldings,
    due,
    note_refusal,
    refusals,
    rung,
    try_again,
    waiting_and_broken,
)
from shared.history import Codec
from shared.messages import Event
from shared.policies import Alarm, Policy

log = logging.getLogger(__name__)

NAME: Final = "policies"
PATIENCE: Final = 5
"""Failures of a service over one command before the stream of its cause goes into quarantine."""
ALARMS: Final = 200
"""Alarms that ring before new events are looked at again."""
REMEDY: Final = "process.policies_start_over"


class Poison(Exception):
    """A policy failed over an event; the text says which and why."""


@dataclass
class PolicyFollower:
    """Runs every policy; `limit` is the longest wait for a service, in seconds."""

    policies: Sequence[Policy]
    codec: Codec
    store: EventStore
    services: Caller
    place: Place
    limit: float = 15.0
    today: Callable[[], date] = today
    name: str = NAME

    def __post_init__(self) -> None:
        self._position = 0
        self._held: dict[str, Held] = {}
        self._refused = 0
        self._clock: date | None = None
        self._waiting, self._broken = 0, 0
        self._failures: Counter[UUID] = Counter()

    @cached_property
    def _engine(self) -> Engine:
        self.place.create(TABLES)
        return self.place.engine("write")

    def resume(self, epoch: UUID) -> int:
        """The checkpoint. Streams in quarantine are tried again first: the code may have learned."""
        with self._transaction() as db:
            self._position = BOOKS.resume(db, self.name, epoch, REMEDY)
            try_again(db)
            self._look(db)
        for held in list(self._held.values()):
            self._heal(held)
        return self._position

    def handle(self, batch: Sequence[RecordedEvent]) -> None:
        for event in batch:
            if of_store(event):
                continue
            if event.stream in self._held:
                with self._transaction() as db:
                    BOOKS.advance(db, self._position, event.position)
                    BOOKS.hold(db, event.stream)
                held = self._held[event.stream]
                self._held[event.stream] = replace(held, held=held.held + 1)
                self._position = event.position
                continue
            self._clock = None
            try:
                self._follow(event, moving=True)
            except (Poison, UnknownEvent) as poison:
                self._stop_stream(event, poison)
            self._position = event.position
        if batch[-1].position > self._position:
            with self._transaction() as db:
                BOOKS.advance(db, self._position, batch[-1].position)
            self._position = batch[-1].position

    def idle(self) -> None:
        """All that was recorded is known: what the clock brings is rung, day by day."""
        now = self.today()
        with self._transaction() as db:
            self._waiting, self._broken = waiting_and_broken(db)
            rings = due(db, now, ALARMS)
        for row in rings:
            self._ring(row)
        if not rings:
            self._clock = now

    def state(self) -> dict[str, Any]:
        clock = {
            "day": self._clock.isoformat() if self._clock else None,
            "alarms": self._waiting,
            "failed": self._broken,
        }
        return {**as_state(list(self._held.values())), "refusals": self._refused, "clock": clock}

    def _ring(self, row: RowMapping) -> None:
        """Ask what a policy wants on a day that has come, and forget the day; a failing one is kept aside."""
        try:
            alarm = Alarm(self._event(row["event"]), row["item"], date.fromisoformat(row["day"]))
            with self._transaction() as db:
                questions = list(self._rings(alarm, row["policy"], StoredHoldings(db)))
            answers = [self._ask(question) for question in questions]
        except (Poison, UnknownEvent) as poison:
            log.error("alarm %s of %s rings no more: %s", row["item"], row["policy"], poison)
            with self._transaction() as db:
                rung(db, row, str(poison)[:2000])
            return
        with self._transaction() as db:
            rung(db, row)
            for no in filter(None, answers):
                note_refusal(db, no)
                self._refused += 1

    def _event(self, reference: str) -> Envelope[Event]:
        stream, _, revision = reference.rpartition("@")
        found = self.store.read_stream(stream, after=int(revision) - 1, limit=1)
        if not found:
            raise NotNow(f"the store does not have {reference}")
        return self.codec.decode(found[0])

    def _rings(self, alarm: Alarm, name: str, holdings: StoredHoldings) -> Iterator[Question]:
        for policy in self.policies:
            if policy.name == name and policy.ring is not None:
                with _blaming(policy):
                    asked = list(policy.ring(alarm, holdings))
                yield from (Question(policy.name, one, alarm.because, alarm.day) for one in asked)

    def _follow(self, event: RecordedEvent, *, moving: bool) -> None:
        """React, ask, remember; `moving` the checkpoint unless the event lies behind it already."""
        envelope = self.codec.decode(event)
        with self._transaction() as db:
            questions = list(self._reactions(envelope, StoredHoldings(db)))
        answers = [self._ask(question) for question in questions]
        with self._transaction() as db:
            if moving:
                BOOKS.advance(db, self._position, event.position)
            for no in filter(None, answers):
                note_refusal(db, no)
                self._refused += 1
            self._remember(envelope, StoredHoldings(db))

    def _ask(self, question: Question) -> dict[str, Any] | None:
        """As `ask`; a service that fails over one command again and again must not stop all others."""
        try:
            return ask(self.services, question, self.limit)
        except RemoteFailure as failure:
            self._failures[question.command_id] += 1
            if self._failures[question.command_id] < PATIENCE:
                raise NotNow(f"{question.asked.service} failed: {failure}") from failure
            raise Poison(f"{question.asked.service} failed {PATIENCE} times: {failure}") from failure

    def _reactions(self, envelope: Envelope[Event], holdings: StoredHoldings) -> Iterator[Question]:
        for policy in self.policies:
            with _blaming(policy):
                asked = list(policy.react(envelope, holdings))
            yield from (Question(policy.name, one, envelope) for one in asked)

    def _remember(self, envelope: Envelope[Event], holdings: StoredHoldings) -> None:
        for policy in self.policies:
            if policy.remember is not None:
                with _blaming(policy):
                    policy.remember(envelope, holdings)

    def _stop_stream(self, event: RecordedEvent, poison: Exception) -> None:
        with self._transaction() as db:
            BOOKS.advance(db, self._position, event.position)
            self._held[event.stream] = BOOKS.quarantine_stream(db, event, str(poison))
        log.error("stream %s is in quarantine from revision %d on: %s", event.stream, event.revision, poison)

    def _heal(self, held: Held) -> None:
        """Handle what a stream in quarantine holds, up to the checkpoint; it stays there if that fails.

        A service that does not answer now must not hold up the other streams either.
        """
        told = stream_events(self.store, held.stream, after=held.revision - 1)
        waiting = takewhile(lambda event: event.position <= self._position, told)
        for event in waiting:
            try:
                self._follow(event, moving=False)
            except (Poison, UnknownEvent) as poison:
                log.error("stream %s stays in quarantine: %s", held.stream, poison)
                self._replace(held.stream, event, poison, later=sum(1 for _ in waiting))
                return
            except NotNow as away:
                log.error("stream %s stays in quarantine for now: %s", held.stream, away)
                return
        self._replace(held.stream, None, None, later=0)
        log.warning("stream %s left quarantine", held.stream)

    def _replace(
        self,
        stream: str,
        event: RecordedEvent | None,
        poison: Exception | None,
        later: int,
    ) -> None:
        with self._transaction() as db:
            BOOKS.release(db, stream)
            if event is not None:
                BOOKS.quarantine_stream(db, event, str(poison))
                BOOKS.hold(db, stream, later)
            self._look(db)

    def _look(self, db: Connection) -> None:
        self._held = BOOKS.held(db)
        self._refused = db.execute(select(func.count()).select_from(refusals)).scalar_one()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as db:
                yield db
        except OUT_OF_REACH as error:
            raise NotNow(f"the policies' database does not answer: {error}") from error


@contextmanager
def _blaming(policy: Policy) -> Iterator[None]:
    try:
        yield
    except OUT_OF_REACH:
        raise
    except Exception as error:
        raise Poison(f"policy {policy.name}: {type(error).__name__}: {error}") from error
