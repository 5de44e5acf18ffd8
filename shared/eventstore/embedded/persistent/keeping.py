"""What groups keep in the log, as events of system streams, so that it survives the process."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from shared.eventstore.embedded.log import changes, stream_metadata
from shared.eventstore.embedded.log.changes import Change, Done, Outcome
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.records import Proposed, Row
from shared.eventstore.embedded.log.rules import Loose
from shared.eventstore.embedded.log.transactions import Answer
from shared.eventstore.embedded.log.writer import Writer
from shared.eventstore.embedded.persistent.links import LINK
from shared.eventstore.embedded.persistent.settings import GroupName, Settings, from_entry, to_entry

CONFIGURATION: Final = "$persistentSubscriptionConfig"
_METADATA: Final = "$metadata"
_TWO = {"$maxCount": 2}
"""Only the last event counts, and the one before it for those who are reading."""
_OWN_WRITES: Final = 30.0
"""Seconds that a write of ours may wait for its turn."""


class NotWrittenError(Exception):
    """The log did not take it; `answer` says why."""

    def __init__(self, stream: str, answer: Answer) -> None:
        super().__init__(f"{stream} could not be written: {answer}")
        self.stream, self.answer = stream, answer


@dataclass(frozen=True, slots=True)
class ToPark:
    """A message that was given up: `<revision>@<stream>` of the event it is about, and why."""

    target: str
    position: int
    reason: str


class Keeping:
    """The system streams of one group."""

    def __init__(self, log: Log, writer: Writer, name: GroupName) -> None:
        self._log, self._writer = log, writer
        self._checkpoints = f"$persistentsubscription-{name}-checkpoint"
        self.parked_stream = f"$persistentsubscription-{name}-parked"

    def checkpoint(self) -> str | None:
        """The text of the last checkpoint."""
        row = _last(self._log, self._checkpoints)
        return None if row is None else str(json.loads(row.data))

    async def write_checkpoint(self, text: str) -> None:
        """Raises NotWrittenError."""
        event = _event("$SubscriptionCheckpoint", json.dumps(text))
        await self._submit(self._checkpoints, _described(self._checkpoints, _TWO, [event]))

    async def park(self, messages: Sequence[ToPark]) -> None:
        """All of them, in one write, or none: NotWrittenError."""
        links = [
            _event(
                LINK,
                each.target,
                {
                    "added": datetime.now(UTC).isoformat(),
                    "reason": each.reason,
                    "subscriptionEventNumber": each.position,
                },
            )
            for each in messages
        ]
        await self._submit(self.parked_stream, changes.append(self.parked_stream, Loose.ANY, links))

    def parked(self) -> range:
        """The revisions of the parked messages that are still to be replayed."""
        at = self._log.standing(self.parked_stream)
        return range(at.first, at.last + 1) if at.exists else range(0)

    async def forget_parked(self, before: int) -> None:
        """Hide those that were replayed and are done. Raises NotWrittenError."""
        stream = stream_metadata.metadata_stream(self.parked_stream)
        event = _event(_METADATA, json.dumps({"$tb": before}))
        await self._submit(stream, changes.append(stream, Loose.ANY, [event]))

    async def delete(self) -> None:
        """The group is no more. Raises NotWrittenError."""
        for stream in (self._checkpoints, self.parked_stream):
            if self._log.standing(stream).exists:
                await self._submit(stream, changes.delete(stream, Loose.ANY))

    async def _submit(self, stream: str, change: Change) -> None:
        await _submit(self._writer, stream, change, _OWN_WRITES)


class Configuration:
    """Which groups there are: one event that names them all, written anew with each change."""

    def __init__(self, log: Log, writer: Writer) -> None:
        self._log, self._writer = log, writer

    def read(self) -> dict[GroupName, Settings]:
        """Raises ValueError where the event is not one that `write` made."""
        row = _last(self._log, CONFIGURATION)
        if row is None:
            return {}
        try:
            return dict(from_entry(entry) for entry in json.loads(row.data)["entries"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ValueError(
                f"revision {row.revision} of {CONFIGURATION} is no configuration, so the persistent "
                f"subscriptions are not known ({error!r}); append one that is, or delete the stream, "
                f"and restart the subsystem"
            ) from None

    async def write(self, groups: dict[GroupName, Settings], timeout: float) -> None:
        """Raises NotWrittenError; `timeout` is in seconds."""
        said = {
            "version": "2",
            "updated": datetime.now(UTC).isoformat(),
            "entries": [to_entry(name, settings) for name, settings in groups.items()],
        }
        event = _event("$PersistentConfig", json.dumps(said))
        await _submit(self._writer, CONFIGURATION, _described(CONFIGURATION, _TWO, [event]), timeout)


def _last(log: Log, stream: str) -> Row | None:
    at = log.standing(stream)
    return log.event_at(stream, at.last) if at.exists else None


def _event(type_: str, data: str, metadata: dict[str, Any] | None = None) -> Proposed:
    said = b"" if metadata is None else json.dumps(metadata).encode()
    kind = "application/octet-stream" if type_ == LINK else stream_metadata.JSON
    return Proposed(uuid.uuid4().bytes, type_, kind, said, data.encode())


def _described(stream: str, metadata: dict[str, int], events: Sequence[Proposed]) -> Change:
    """Append; a stream that has no such metadata yet gets it first."""
    meta = stream_metadata.metadata_stream(stream)

    def change(log: Log) -> Outcome:
        if log.standing(stream).max_count is None:
            changes.append(meta, Loose.ANY, [_event(_METADATA, json.dumps(metadata))])(log)
        return changes.append(stream, Loose.ANY, events)(log)

    return change


async def _submit(writer: Writer, stream: str, change: Change, timeout: float) -> None:
    answer = await writer.submit(change, timeout)
    if not isinstance(answer, Done):
        raise NotWrittenError(stream, answer)
