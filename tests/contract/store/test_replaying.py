"""A replay that is asked for while refused messages are still on their way to the disk."""

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

from shared.eventstore.embedded.errors import StreamDeletedError
from shared.eventstore.embedded.log.changes import Change
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.news import News
from shared.eventstore.embedded.log.transactions import Answer
from shared.eventstore.embedded.persistent.connection import Connection, Peer
from shared.eventstore.embedded.persistent.consumers import Message
from shared.eventstore.embedded.persistent.group import Answer as Refusal
from shared.eventstore.embedded.persistent.group import Group
from shared.eventstore.embedded.persistent.settings import GroupName, Settings
from tests.contract.store.folders import CREATED, proposed
from tests.contract.store.stores import PATIENCE

READER = Peer("127.0.0.1:1", "somebody", "test")
FROM_START = Settings(start_from=0, start_after=-1)


class SlowDisk:
    """Stands in for the writer: a change is made when it is told to go on."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.goes_on = asyncio.Event()

    async def submit(self, change: Change, _timeout: float) -> Answer:
        await self.goes_on.wait()
        self._log.begin()
        outcome = change(self._log)
        self._log.commit()
        return outcome


async def refused(group: Group, count: int) -> tuple[Connection, list[Message]]:
    """A reader of the group, and its first messages, which it has asked to park."""
    reader = group.join(10, READER)
    messages = [await reader.next() for _ in range(count)]
    group.refuse([message.id for message in messages], Refusal.PARK, "not now")
    return reader, messages


def with_two_events(path: Path) -> Log:
    log = Log(path / "events.sqlite")
    log.create(CREATED)
    log.begin()
    log.add("s", 0, [proposed(), proposed()], CREATED)
    log.commit()
    return log


def run(log: Log, scene: Any) -> None:
    """Play the scene with a group of the stream and its slow disk, in time."""

    async def play() -> None:
        disk: Any = SlowDisk(log)
        group = Group(GroupName("s", "g"), FROM_START, log, News(log.head()), disk)
        group.start()
        await asyncio.wait_for(scene(group, disk), PATIENCE)
        disk.goes_on.set()
        await group.stop(StreamDeletedError("s"))

    asyncio.run(play())


def test_what_was_refused_before_is_replayed(tmp_path: Path) -> None:
    async def scene(group: Group, disk: SlowDisk) -> None:
        reader, messages = await refused(group, 2)
        before = [group.content(message)[0] for message in messages]
        replay = asyncio.create_task(group.replay(None))
        await asyncio.sleep(0)  # it has begun, and nothing is parked yet
        disk.goes_on.set()
        await replay
        again = [await reader.next() for _ in messages]
        assert [message.replayed for message in again] == [True, True]
        assert [group.content(message)[0] for message in again] == before

    with closing(with_two_events(tmp_path)) as log:
        run(log, scene)


def test_a_replay_that_is_given_up_parks_what_was_refused_all_the_same(tmp_path: Path) -> None:
    async def scene(group: Group, disk: SlowDisk) -> None:
        await refused(group, 2)
        replay = asyncio.create_task(group.replay(None))
        await asyncio.sleep(0)
        replay.cancel()
        await asyncio.wait([replay])
        disk.goes_on.set()
        await group.stop(StreamDeletedError("s"))  # waits for what is being written
        assert group.keeping.parked() == range(2)

    with closing(with_two_events(tmp_path)) as log:
        run(log, scene)
