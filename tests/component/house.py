"""The write side in one process: the four services over a memory store, called as over RPC, without wires."""

import json
from datetime import date
from typing import Any

from services.feedback.service import FeedbackService
from services.meetings.service import MeetingsService
from services.members.mandates import Mandates
from services.members.service import MembersService
from services.published import CODEC, POLICIES
from services.tasks.service import TasksService
from shared.decider import Decider
from shared.envelope import Envelope
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import EventStore
from shared.followers.asking import Question, ask
from shared.handling import CommandHandler
from shared.messages import Command, Event
from tests.unit.holdings import MemoryHoldings

SERVICES = (MembersService, MeetingsService, TasksService, FeedbackService)


class Direct:
    """Stands where a service has its `Commands`: handles at once, in this thread."""

    def __init__(self, store: EventStore) -> None:
        self._handler = CommandHandler(store, CODEC, Mandates(store))

    def handle(
        self, decider: Decider[Any, Any, Any], command_type: type[Command], request: dict[str, Any]
    ) -> dict[str, Any]:
        return self._handler.handle(decider, command_type, request)


class House:
    """Answers like `shared.bus.rpc.Services`; what crosses it is JSON, as on the bus."""

    def __init__(self, store: EventStore | None = None) -> None:
        self.store = store or MemoryStore()
        self._services: dict[str, Any] = {}
        self._holdings, self._followed = MemoryHoldings(), 0
        for service_class in SERVICES:
            service: Any = service_class()
            service.commands = Direct(self.store)
            self._services[service.name] = service

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        answer = getattr(self._services[service], method)(json.loads(json.dumps(payload)))
        told: dict[str, Any] = json.loads(json.dumps(answer))
        return told

    def history(self) -> list[Envelope[Event]]:
        """Every event of the store, in order."""
        return [CODEC.decode(recorded) for recorded in self.store.read_all()]

    def follow(self, today: date = date.min) -> list[dict[str, Any]]:
        """Let all policies catch up with the store, also with what they caused, and ring what falls due by
        `today`; the refusals that they met."""
        refusals = self._catch_up()
        while due := self._holdings.next_due(today):
            name, alarm = due
            rings = [policy.ring for policy in POLICIES if policy.name == name and policy.ring]
            asked = [one for ring in rings for one in ring(alarm, self._holdings)]
            refusals += self._ask([Question(name, one, alarm.because, alarm.day) for one in asked])
            refusals += self._catch_up()
        return refusals

    def _catch_up(self) -> list[dict[str, Any]]:
        refusals: list[dict[str, Any]] = []
        while fresh := list(self.store.read_all(after=self._followed)):
            for envelope in map(CODEC.decode, fresh):
                questions = [
                    Question(policy.name, asked, envelope)
                    for policy in POLICIES
                    for asked in policy.react(envelope, self._holdings)
                ]
                refusals += self._ask(questions)
                for policy in POLICIES:
                    if policy.remember:
                        policy.remember(envelope, self._holdings)
                self._followed = envelope.position
        return refusals

    def _ask(self, questions: list[Question]) -> list[dict[str, Any]]:
        return [no for question in questions if (no := ask(self, question, 1.0))]
