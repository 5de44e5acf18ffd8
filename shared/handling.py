"""The only loop of the write side: read, decide, append; and where the stream moved, decide again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid5

from pydantic import BaseModel, ValidationError

from shared.dates import Moment
from shared.decider import Decider
from shared.digests import Digest, digest_of
from shared.envelope import Act, Actor, Envelope, Mandate, Metadata, Request
from shared.errors import Contended, InvalidRequest, StoreDown
from shared.eventstore.paging import stream_events
from shared.eventstore.port import EventStore, StoreUnavailable, WrongExpectedRevision
from shared.history import Codec, History, encode
from shared.messages import Command, CommitteeId, Event
from shared.personal.sealing import Sealed, Sealing

ATTEMPTS = 5
"""How often a command is decided again because its stream moved, before the caller is told."""


class Authority(Protocol):
    """What recorded events say about the moment of an act."""

    def mandate(self, request: Request, at: Moment) -> Mandate:
        """Prove the claim, or raise Refused."""
        ...

    def terms(self, request: Request, at: Moment) -> Mapping[str, Any]:
        """The parameters of the regulation in force at that moment; empty where there is none.

        Asked after `mandate`, and answered from what that has read.
        """
        ...


@dataclass(frozen=True)
class Receipt:
    """What a command made happen: the stream, its revision and position after it, and the events."""

    stream: str
    revision: int
    position: int
    events: tuple[str, ...]
    repeated: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "stream": self.stream,
            "revision": self.revision,
            "position": self.position,
            "events": list(self.events),
            "repeated": self.repeated,
        }


def stream_name(category: str, committee: CommitteeId, stream_id: str) -> str:
    return f"{category}-{committee}.{stream_id}"


@dataclass(frozen=True)
class CommandHandler:
    """Handles the commands of one context against a store. Without `sealing`, personal values stay plain."""

    store: EventStore
    codec: Codec
    authority: Authority
    sealing: Sealing | None = None

    def handle(
        self, decider: Decider[Any, Any, Any], command_type: type[Command], payload: dict[str, Any]
    ) -> dict[str, Any]:
        """Decide a command once and for all; a repetition gets the first answer.

        Raises InvalidRequest, Refused, CommandIdReused, Contended, UnknownEvent, StoreDown.
        """
        request = _valid(Request, payload, where=command_type.__name__)
        command = _valid(command_type, request.data, where=f"{command_type.__name__}.data")
        stream_id = decider.stream_id(command)
        stream = stream_name(decider.category, request.committee, stream_id)
        sealed = Sealed(command)
        if self.sealing is not None:
            sealed = self.sealing.seal(command, request, f"{decider.category}:{stream_id}")
        digest = digest_of(command, sealed, request)
        try:
            return self._decide(decider, sealed, request, digest, stream).as_dict()
        except StoreUnavailable as error:
            raise StoreDown(str(error)) from error

    def _decide(
        self, decider: Decider[Any, Any, Any], sealed: Sealed, request: Request, digest: Digest, stream: str
    ) -> Receipt:
        at = request.effective_at or Moment.now()
        for _ in range(ATTEMPTS):
            recorded = map(self.codec.decode, stream_events(self.store, stream))
            history = History.fold(recorded, decider.initial, decider.evolve, request.command_id, digest)
            if history.answer:
                return _receipt(history.answer)
            sealed.require_keys()
            mandate = self.authority.mandate(request, at)
            actor = Actor(person=request.actor.person, capacity=request.actor.capacity, mandate=mandate)
            terms = self.authority.terms(request, at)
            act = Act(actor, at, document=request.document, source=request.source, terms=terms)
            events: list[Event] = decider.decide(sealed.command, act, history.state)
            if not events:
                return Receipt(stream, history.revision, 0, ())
            new = [
                encode(
                    event,
                    _event_id(request.command_id, stream, n),
                    _metadata(event, request, actor, at, digest),
                )
                for n, event in enumerate(events)
            ]
            try:
                appended = self.store.append(stream, new, expected=history.revision)
            except WrongExpectedRevision:
                continue
            return Receipt(stream, appended.revision, appended.position, tuple(e.type for e in new))
        raise Contended(stream)


def _event_id(command_id: UUID, stream: str, n: int) -> UUID:
    return uuid5(command_id, f"{stream}:{n}")


def _metadata(event: Event, request: Request, actor: Actor, at: Moment, digest: Digest) -> Metadata:
    return Metadata(
        correlation_id=request.correlation_id or request.command_id,
        causation_id=request.causation_id or request.command_id,
        command_id=request.command_id,
        command_digest=str(digest),
        schema_number=event.schema_number,
        committee=request.committee,
        actor=actor,
        clauses=event.clauses,
        effective_at=at,
        entered_by=request.entered_by,
        document=request.document,
        source=request.source,
    )


def _receipt(answered: tuple[Envelope[Event], ...]) -> Receipt:
    last = answered[-1]
    return Receipt(last.stream, last.revision, last.position, tuple(e.type for e in answered), repeated=True)


M = TypeVar("M", bound=BaseModel)


def _valid(model: type[M], data: Any, where: str) -> M:
    try:
        return model.model_validate(data, extra="forbid")
    except ValidationError as error:
        raise InvalidRequest(where, describe(error)) from error


def describe(error: ValidationError) -> str:
    """Every fault of a malformed message in one line: field, what is wrong."""
    faults = (
        f"{'.'.join(str(part) for part in fault['loc']) or 'message'}: {fault['msg']}"
        for fault in error.errors()
    )
    return "; ".join(faults)
