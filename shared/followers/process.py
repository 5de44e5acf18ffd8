"""The life of a follower's process: settings, signals, the loop, and an exit status that tells its end."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NoReturn

from shared.eventstore.connect import open_store
from shared.eventstore.epoch import WrongEpoch
from shared.eventstore.port import EventStore, StoreRejected
from shared.followers.errors import NeedsAPerson, Unhealthy
from shared.followers.loop import Follower, Loop, Pace
from shared.followers.status import StatusFile
from shared.runtime.logs import configure_logs
from shared.settings import CONFIGURATION_ERROR, Settings, SettingsError, settings_or_exit

log = logging.getLogger(__name__)

FAILED: Final = 1
"""Exit status after which the supervisor starts the process again."""


def run_follower(name: str, make: Callable[[Settings, EventStore], Follower]) -> NoReturn:
    """Follow the store that the settings name until SIGTERM or SIGINT; never returns."""
    settings = settings_or_exit()
    configure_logs(name, settings.log_level)
    status = StatusFile(name, settings.data)

    def follow() -> None:
        store = open_store(settings)
        follower = make(settings, store)
        pace = Pace(
            poll=settings.follower_poll,
            quiet=settings.follower_quiet,
            failures=settings.follower_failures,
        )
        loop = Loop(store, follower, status, pace)
        stop_on_signals(loop.stop, settings.stop_limit)
        loop.run()
        store.close()

    leave(follow, status)


def leave(run: Callable[[], None], status: StatusFile) -> NoReturn:
    """Run to the end and leave: status 0 after a stop, FAILED when starting again may help,
    CONFIGURATION_ERROR when a person has to do something first.

    Leaves by `os._exit`, so that no thread of a client library keeps the process alive.
    """
    code: int = FAILED
    try:
        run()
        code = 0
    except (WrongEpoch, NeedsAPerson, SettingsError) as wrong:
        log.critical("%s", wrong)
        status.error(str(wrong))
        code = CONFIGURATION_ERROR
    except Unhealthy as failure:
        log.error("%s", failure)
    except StoreRejected as refusal:
        log.error("%s", refusal)
        status.error(str(refusal))
    except SystemExit as wrong_setting:
        code = wrong_setting.code if isinstance(wrong_setting.code, int) else FAILED
    except Exception as failure:
        log.exception("the process died")
        status.error(repr(failure))
    finally:
        with suppress(Exception):
            status.note("stopped" if code == 0 else "dead")
            status.write()
        logging.shutdown()
        sys.stderr.flush()
        os._exit(code)


def stop_on_signals(stop: Callable[[], None], limit: float) -> None:
    """A signal asks for the end; `limit` seconds later the process ends in any case."""

    def on_signal(_number: int, _frame: object) -> None:
        stop()
        timer = threading.Timer(limit, os._exit, (FAILED,))
        timer.daemon = True
        timer.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
