"""Text that is read from the store is composed, whether or not it has to be looked at for it."""

import json
from dataclasses import replace
from unicodedata import normalize

import pytest

from services.published import CODEC
from services.tasks.events import TaskAssigned, TaskOrigin
from shared.errors import UnknownEvent
from shared.eventstore.port import RecordedEvent
from shared.history import encode
from shared.messages import COMPOSED, context_of
from tests.unit.given import act
from tests.unit.records.facts import envelope
from tests.unit.rows import metadata_of

COMPOSED_TITLE = "Chuyển đổi số"
DECOMPOSED_TITLE = normalize("NFD", COMPOSED_TITLE)
TASK = TaskAssigned(task_id="t", title=COMPOSED_TITLE, origin=TaskOrigin.EXTERNAL)


def recorded(data: str) -> RecordedEvent:
    told = envelope(TASK)
    new = encode(TASK, told.event_id, metadata_of(TASK, act("chair")))
    return RecordedEvent(
        id=new.id,
        type=new.type,
        data=data.encode(),
        metadata=new.metadata,
        stream=told.stream,
        revision=0,
        position=1,
        recorded_at=told.recorded_at,
    )


@pytest.mark.parametrize("escaped", [False, True])
@pytest.mark.parametrize("title", [COMPOSED_TITLE, DECOMPOSED_TITLE])
def test_whatever_the_form_of_the_record_the_event_is_composed(title: str, escaped: bool) -> None:
    data = json.dumps({**TASK.model_dump(mode="json"), "title": title}, ensure_ascii=escaped)
    assert CODEC.decode(recorded(data)).event == TASK


def test_only_what_is_composed_as_a_whole_is_not_looked_at_again() -> None:
    assert context_of(COMPOSED_TITLE.encode()) is COMPOSED
    assert context_of(b"plain") is COMPOSED
    assert context_of(DECOMPOSED_TITLE.encode()) is None
    assert context_of(rb"o\u0302") is None


@pytest.mark.parametrize("data", ['{"task_id": "a\\u0000", "title": "b", "origin": "external"}'])
def test_a_nul_or_bytes_that_are_no_text_are_still_refused(data: str) -> None:
    with pytest.raises(UnknownEvent):
        CODEC.decode(recorded(data))
    with pytest.raises(UnknownEvent):
        CODEC.decode(replace(recorded("{}"), data=b"\xff"))
