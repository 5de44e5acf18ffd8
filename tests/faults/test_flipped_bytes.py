"""A byte of the log's file is not what was written: the same answers as before, or an error; never others."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from esdbclient import EventStoreDBClient, NewEvent, StreamState
from esdbclient.exceptions import EventStoreDBClientException, NotFound, StreamIsDeleted, WrongCurrentVersion

from tests.contract.store.stores import PATIENCE, EmbeddedServer
from tests.faults.conftest import ROUNDS, SEED, Say

Ask = Callable[[EventStoreDBClient], Any]
STREAMS, EVENTS = 5, 60
NAMES = UUID("00000000-0000-5000-8000-0000000fa075")
ERROR = "an error"


def _event(stream: str, number: int) -> NewEvent:
    return NewEvent(id=uuid5(NAMES, f"{stream} {number}"), type="Counted", data=b'{"number": %d}' % number)


def _name(number: int) -> str:
    return f"flipped-{number}"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with streams that are whole, deleted, begun again and cut short; the server has stopped."""
    server = EmbeddedServer(tmp_path_factory.mktemp("flipped"))
    server.start()
    with EventStoreDBClient(server.uri) as client:
        for stream in map(_name, range(STREAMS)):
            for first in range(0, EVENTS, 10):
                events = [_event(stream, n) for n in range(first, first + 10)]
                state = first - 1 if first else StreamState.NO_STREAM
                client.append_to_stream(stream, current_version=state, events=events)
        client.delete_stream(_name(1), current_version=EVENTS - 1)
        client.delete_stream(_name(2), current_version=EVENTS - 1)
        client.append_to_stream(_name(2), current_version=StreamState.NO_STREAM, events=[_event("more", 1)])
        client.set_stream_metadata(_name(3), metadata={"$maxCount": 7}, current_version=StreamState.NO_STREAM)
        client.tombstone_stream(_name(4), current_version=StreamState.ANY)
    assert server.stop() == 0
    assert not (server.data / "events.sqlite-wal").exists()
    return server.data


def _read_stream(stream: str, backwards: bool) -> Ask:
    return lambda client: [_shown(e) for e in client.get_stream(stream, backwards=backwards)]


def _read_all(backwards: bool) -> Ask:
    return lambda client: [_shown(e) for e in client.read_all(backwards=backwards, filter_exclude=())]


def _shown(event: Any) -> tuple[Any, ...]:
    return event.stream_name, event.stream_position, event.commit_position, event.id, event.type, event.data


def _append_again(stream: str) -> Ask:
    """An append of long ago, repeated: it is answered with its position, and written no second time."""
    events = [_event(stream, n) for n in range(10)]
    return _append(stream, StreamState.NO_STREAM, events)


def _append(stream: str, expected: int | StreamState, events: list[NewEvent]) -> Ask:
    return lambda client: client.append_to_stream(stream, current_version=expected, events=events)


def _read_metadata(stream: str) -> Ask:
    return lambda client: client.get_stream_metadata(stream)


def _questions() -> dict[str, Ask]:
    asked: dict[str, Ask] = {"$all": _read_all(False), "$all backwards": _read_all(True)}
    for stream in map(_name, range(STREAMS)):
        asked[stream] = _read_stream(stream, False)
        asked[f"{stream} backwards"] = _read_stream(stream, True)
        asked[f"metadata of {stream}"] = _read_metadata(stream)
    for stream in (_name(0), _name(2), _name(3)):
        asked[f"an append to {stream}, repeated"] = _append_again(stream)
    asked["an append that expects too much"] = _append(_name(0), EVENTS, [_event("other", 0)])
    asked["$all after all that"] = _read_all(False)
    return asked


def _answers(uri: str) -> dict[str, Any]:
    """What a server says to each question; ERROR where it says that it cannot."""
    answers: dict[str, Any] = {}
    with EventStoreDBClient(uri) as client:
        for question, ask in _questions().items():
            try:
                answers[question] = ask(client)
            except (NotFound, WrongCurrentVersion) as answer:
                answers[question] = str(answer)
            except StreamIsDeleted:
                answers[question] = "deleted"
            except EventStoreDBClientException:
                answers[question] = ERROR
    return answers


@pytest.mark.timeout(300 + 15 * ROUNDS)
def test_a_flipped_byte_never_changes_an_answer(data: Path, tmp_path: Path, say: Say) -> None:
    right = _answers_of(data, tmp_path)
    assert right is not None
    assert not [question for question, answer in right.items() if answer == ERROR]
    size, chance = (data / "events.sqlite").stat().st_size, random.Random(SEED)
    same = refused = errors = 0
    wrong: list[str] = []
    for number in range(1, ROUNDS + 1):
        place, change = chance.randrange(size), chance.randrange(1, 256)
        found = _answers_of(data, tmp_path, place, change)
        if found is None:
            refused += 1
        elif found == right:
            same += 1
        else:
            errors += 1
            wrong += [
                f"byte {place} ^ {change}: {question}: {_difference(right.get(question), answer)}"
                for question, answer in found.items()
                if answer not in (right.get(question), ERROR)
            ]
        if number % 20 == 0:
            say(f"{number} of {ROUNDS}: {same} same, {refused} refused, {errors} errors, {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)


def _answers_of(data: Path, tmp_path: Path, place: int = 0, change: int = 0) -> dict[str, Any] | None:
    """What a server says over a copy with one byte changed; None where it refuses, with a sentence."""
    copy = tmp_path / "copy"
    shutil.copytree(data, copy)
    with (copy / "events.sqlite").open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ change]))
    process = EmbeddedServer(copy).spawn(port=0)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        if line.startswith("ready "):
            return _answers(line.split()[1])
        _, said = process.communicate(timeout=PATIENCE)
        return None if said.startswith("error: ") else {"the start": said.splitlines()[-1]}
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)
        shutil.rmtree(copy)


def _difference(right: Any, found: Any) -> str:
    if isinstance(right, list) and isinstance(found, list):
        first = next(
            (n for n, pair in enumerate(zip(right, found, strict=False)) if pair[0] != pair[1]), None
        )
        return f"{len(found)} events where there were {len(right)}, the first other one: {first}"
    return f"{str(found)[:150]} where it was {str(right)[:150]}"
