"""The write side in one process: the four services over a memory store, called as over RPC, without wires."""

import json
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

    def follow(self) -> list[dict[str, Any]]:
        """Let all policies catch up with the store, also with what they caused; the refusals they met."""
        refusals: list[dict[str, Any]] = []
        holdings, done = MemoryHoldings(), 0
        while fresh := self.history()[done:]:
            done += len(fresh)
            for envelope in fresh:
                questions = [
                    Question(policy.name, asked, envelope)
                    for policy in POLICIES
                    for asked in policy.react(envelope, holdings)
                ]
                refusals += filter(None, (ask(self, question, 1.0) for question in questions))
                for policy in POLICIES:
                    if policy.remember:
                        policy.remember(envelope, holdings)
        return refusals
