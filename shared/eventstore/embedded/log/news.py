"""Wakes readers when the log has grown: they wait for a position and fetch the events themselves."""

import asyncio


class StoppingError(Exception):
    """The server is stopping; nothing more will be told."""


class News:
    """The position of the last committed event, and a way to wait for more. For the event loop only.

    `waiting` counts the readers that have seen everything.
    """

    def __init__(self, head: int) -> None:
        self.head = head
        self.waiting = 0
        self._stopping = False
        self._changed = asyncio.Event()

    def announce(self, head: int) -> None:
        """Wake everyone who waits for something up to `head`."""
        self.head = head
        self._wake()

    def stop(self) -> None:
        """Raise StoppingError in everyone who waits, now or later."""
        self._stopping = True
        self._wake()

    async def beyond(self, position: int) -> None:
        """Return when the log has grown beyond a position.

        Nothing is queued for the one who waits: however slow it reads, it costs no memory here.
        """
        while self.head <= position:
            if self._stopping:
                raise StoppingError
            self.waiting += 1
            try:
                await self._changed.wait()
            finally:
                self.waiting -= 1

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
