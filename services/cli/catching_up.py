"""How far the followers of the store are, and the bounded wait until they have read all of it."""

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Event
from typing import Any, Final

from services.cli.errors import cli_error
from services.cli.system import FOLLOWERS
from shared.eventstore.connect import open_store
from shared.followers.status import read_statuses
from shared.settings import Settings

LOOK_EVERY: Final = 0.3
STEADY_FOR: Final = 1.5
"""Seconds for which nothing may move: a policy that read the last event may still ask for another."""


def positions(data: Path) -> dict[str, int]:
    """What every follower of the store has handled, by its name; 0 for one that has not begun."""
    said = read_statuses(data)
    return {name: int(said.get(name, {}).get("position") or 0) for name in FOLLOWERS}


def unhandled(reached: Mapping[str, int], head: int) -> Iterable[str]:
    """The followers that have not reached the head."""
    return [name for name, position in reached.items() if position < head]


def wait_until_caught_up(settings: Settings, leaving: Event) -> int:
    """The head of the store, once every follower has handled it and it no longer moves.

    Ends early when `leaving` is set; raises CliError after the start limit without any progress.
    """
    store = open_store(settings)
    seen: tuple[Any, ...] = ()
    changed = time.monotonic()
    try:
        while True:
            head, reached = store.head(), positions(settings.data)
            now = time.monotonic()
            if (head, *reached.values()) != seen:
                seen, changed = (head, *reached.values()), now
            quiet = now - changed
            if leaving.is_set() or (not unhandled(reached, head) and quiet >= STEADY_FOR):
                return head
            if quiet > settings.start_limit:
                raise cli_error("behind", limit=f"{settings.start_limit:g}")
            leaving.wait(LOOK_EVERY)
    finally:
        store.close()
