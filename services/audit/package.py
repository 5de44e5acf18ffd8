"""The shape of a package: which files it has, and how an event is a line of one."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from shared.audit.leaf import BEGINNING_OF_TIME, microseconds
from shared.eventstore.port import RecordedEvent

FORMAT: Final = "bcd-package/v1"
ABOUT: Final = "package.json"
EVENTS: Final = "events"
LOG: Final = "log"
DOCUMENTS: Final = "documents"
ABSENT: Final = "documents-absent.txt"
SCHEMAS: Final = "schemas"
REGISTERS: Final = "registers"
HASHES: Final = "hashes.json"
VERIFIER: Final = "verify_bcd.py"
README: Final = "README.txt"
EVENTS_IN_A_FILE: Final = 10_000


def line_of(leaf: int, event: RecordedEvent) -> str:
    """One line of JSON. Data and metadata stand as the text that was stored, byte for byte; where they are no
    UTF-8, as base64 under another name."""
    told: dict[str, Any] = {
        "leaf": leaf,
        "position": event.position,
        "stream": event.stream,
        "revision": event.revision,
        "id": str(event.id),
        "type": event.type,
        "recorded_us": microseconds(event.recorded_at),
    }
    for name, stored in (("data", event.data), ("metadata", event.metadata)):
        try:
            told[name] = stored.decode()
        except UnicodeDecodeError:
            told[f"{name}_base64"] = base64.b64encode(stored).decode()
    return json.dumps(told, ensure_ascii=False) + "\n"


def event_of(line: str) -> RecordedEvent:
    """Raises ValueError, KeyError, TypeError for what is no such line."""
    told = json.loads(line)
    return RecordedEvent(
        id=UUID(told["id"]),
        type=told["type"],
        data=_stored(told, "data"),
        metadata=_stored(told, "metadata"),
        stream=told["stream"],
        revision=int(told["revision"]),
        position=int(told["position"]),
        recorded_at=BEGINNING_OF_TIME + timedelta(microseconds=int(told["recorded_us"])),
    )


def events_of(package: Path) -> Iterator[RecordedEvent]:
    """The opened events, in order. Raises OSError, and as `event_of`."""
    for path in sorted((package / "data" / EVENTS).glob("*.ndjson")):
        with path.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                yield event_of(line)


def _stored(told: dict[str, Any], name: str) -> bytes:
    return told[name].encode() if name in told else base64.b64decode(told[f"{name}_base64"], validate=True)
