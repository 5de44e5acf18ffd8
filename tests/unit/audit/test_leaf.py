"""The entry of an event: its bytes are settled for ever, and every change of the event changes them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.audit.leaf import entry_of
from shared.audit.merkle import leaf_hash
from shared.dates import VIETNAM
from shared.eventstore.port import RecordedEvent

EVENT = RecordedEvent(
    id=UUID("0190a3b4-5c6d-7e8f-9012-3456789abcde"),
    type="MeetingConvened",
    data='{"title":"Họp quý I"}'.encode(),
    metadata=b"{}",
    stream="meeting-langson.phiên họp/1%",
    revision=3,
    position=4711,
    recorded_at=datetime(2026, 3, 2, 1, 30, 0, 250001, tzinfo=UTC),
)
ENTRY = (
    b"bcd-event/v1\n"
    b"meeting-langson.phi%C3%AAn%20h%E1%BB%8Dp%2F1%25\n"
    b"3\n"
    b"0190a3b4-5c6d-7e8f-9012-3456789abcde\n"
    b"MeetingConvened\n"
    b"1772415000250001\n"
    b"1c2c0e20d083ddf9cb0c59aaec465f7d6f3f3d46a1b5afcaf06ce089ccc65c56\n"
    b"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n"
)


def test_the_bytes_of_an_entry_are_settled() -> None:
    assert entry_of(EVENT) == ENTRY
    assert leaf_hash(ENTRY).hex() == "ac1a800a4964736cef6b41430ba02662a82086282bef72a264d98b1f801abdab"


@pytest.mark.parametrize(
    "change",
    [
        {"id": UUID(int=1)},
        {"type": "MeetingConvened2"},
        {"data": b"{}"},
        {"metadata": b"{ }"},
        {"stream": "meeting-langson.phiên họp/1"},
        {"revision": 4},
        {"recorded_at": EVENT.recorded_at + timedelta(microseconds=1)},
    ],
)
def test_every_change_of_the_event_changes_it(change: dict[str, Any]) -> None:
    assert entry_of(replace(EVENT, **change)) != ENTRY


def test_a_position_is_not_part_of_it() -> None:
    """A move to another server may number the same facts otherwise; their order is the tree's."""
    assert entry_of(replace(EVENT, position=1)) == ENTRY


def test_a_moment_is_the_same_in_every_time_zone() -> None:
    assert entry_of(replace(EVENT, recorded_at=EVENT.recorded_at.astimezone(VIETNAM))) == ENTRY
