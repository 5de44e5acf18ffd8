"""All groups of the server: made, changed, deleted, and woken once a second."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from shared.eventstore.embedded.errors import BadRequestError
from shared.eventstore.embedded.log.log import Log
from shared.eventstore.embedded.log.news import News, StoppingError
from shared.eventstore.embedded.log.records import DamagedError
from shared.eventstore.embedded.log.writer import Writer
from shared.eventstore.embedded.persistent import refusals
from shared.eventstore.embedded.persistent.group import Group
from shared.eventstore.embedded.persistent.keeping import Configuration
from shared.eventstore.embedded.persistent.refusals import RefusedError
from shared.eventstore.embedded.persistent.settings import GroupName, Settings, SettingsError

TICK_SECONDS = 1.0
"""As coarse as EventStoreDB's. Clients gather their answers for a while before they send them: a finer
clock would call messages late whose answers are on their way."""

Remake = Callable[[Settings], Settings]


class UnreadableError(Exception):
    """The configuration in the log is not one; the text says how to mend it."""


class Groups:
    """Runs from `start` to `stop`, on the event loop."""

    def __init__(self, log: Log, news: News, writer: Writer) -> None:
        self._log, self._news, self._writer = log, news, writer
        self._configuration = Configuration(log, writer)
        self._groups: dict[GroupName, Group] = {}
        self._changing = asyncio.Lock()
        self._clock: asyncio.Task[None] | None = None
        self._unreadable: str | None = None
        self._changes: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Take up the groups that the log knows."""
        self._begin()
        self._clock = asyncio.get_running_loop().create_task(self._tick())

    async def stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
        await asyncio.gather(*self._changes, return_exceptions=True)
        groups, self._groups = self._groups, {}
        for group in groups.values():
            await group.stop(StoppingError())

    def find(self, name: GroupName) -> Group:
        """Raises RefusedError where there is none, UnreadableError where that is not known."""
        self._require_readable()
        group = self._groups.get(name)
        if group is None:
            raise refusals.does_not_exist(name)
        return group

    def of(self, stream: str | None) -> list[Group]:
        """The groups of a stream, or of all streams, by name. Raises UnreadableError."""
        self._require_readable()
        found = (group for name, group in self._groups.items() if stream in (None, name.stream))
        return sorted(found, key=lambda group: (group.name.stream, group.name.group))

    async def create(self, name: GroupName, settings: Settings, timeout: float) -> None:
        """Return when it is on disk.

        Raises RefusedError, BadRequestError, NotWrittenError, UnreadableError.
        """
        await self._to_the_end(self._create(name, settings, timeout))

    async def update(self, name: GroupName, remake: Remake, timeout: float) -> None:
        """Go on from the checkpoint with other settings; readers are dropped. Raises as `create` does."""
        await self._to_the_end(self._update(name, remake, timeout))

    async def delete(self, name: GroupName, timeout: float) -> None:
        """Forget its checkpoint and parked messages too; readers are dropped. Raises as `create` does."""
        await self._to_the_end(self._delete(name, timeout))

    async def restart(self) -> None:
        """Drop all readers and begin anew from the log."""
        await self._to_the_end(self._restart())

    async def _create(self, name: GroupName, settings: Settings, timeout: float) -> None:
        async with self._changing:
            self._require_readable()
            if name in self._groups:
                raise refusals.exists(name)
            group = self._make(name, settings)
            await group.keeping.delete()  # left by one of this name, if the server ended while it was deleted
            await self._configuration.write({**self._settings(), name: settings}, timeout)
            self._run(self._make(name, settings))

    async def _update(self, name: GroupName, remake: Remake, timeout: float) -> None:
        async with self._changing:
            before = self.find(name)
            settings = remake(before.settings)
            self._make(name, settings)  # refuses what cannot be
            await self._configuration.write({**self._settings(), name: settings}, timeout)
            await before.stop(refusals.dropped(name))
            self._run(self._make(name, settings))

    async def _delete(self, name: GroupName, timeout: float) -> None:
        async with self._changing:
            group = self.find(name)
            left = {other: settings for other, settings in self._settings().items() if other != name}
            await self._configuration.write(left, timeout)
            del self._groups[name]
            await group.stop(refusals.dropped(name))
            await group.keeping.delete()

    async def _restart(self) -> None:
        async with self._changing:
            for group in self._groups.values():
                await group.stop(refusals.dropped(group.name))
            self._groups.clear()
            self._begin()

    async def _to_the_end(self, change: Coroutine[Any, Any, None]) -> None:
        """A change that has begun is carried through, also when the call for it is given up."""
        task = asyncio.get_running_loop().create_task(change)
        self._changes.add(task)
        task.add_done_callback(self._changes.discard)
        await asyncio.shield(task)

    def _begin(self) -> None:
        self._unreadable = None
        try:
            configured = self._configuration.read()
        except (ValueError, DamagedError) as error:  # the rest of the server has no need of it
            self._unreadable = str(error)
            return
        for name, settings in configured.items():
            try:
                self._run(self._make(name, settings))
            except (RefusedError, BadRequestError, DamagedError) as error:
                self._unreadable = str(error)

    def _require_readable(self) -> None:
        if self._unreadable is not None:
            raise UnreadableError(self._unreadable)

    def _make(self, name: GroupName, settings: Settings) -> Group:
        try:
            settings.check()
            return Group(name, settings, self._log, self._news, self._writer)
        except SettingsError as error:
            raise refusals.failed(name, str(error)) from None
        except (ValueError, RecursionError) as error:
            reason = f"its checkpoint is none ({error}): delete that stream, and restart the subsystem"
            raise refusals.failed(name, reason) from None

    def _run(self, group: Group) -> None:
        self._groups[group.name] = group
        group.start()

    def _settings(self) -> dict[GroupName, Settings]:
        return {name: group.settings for name, group in self._groups.items()}

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            for group in list(self._groups.values()):
                try:
                    group.tick()
                except Exception as error:  # told to its readers; the other groups go on
                    group.end(error)
