"""`bcd run`: the whole system under one supervisor, the example imported or a story told, until Ctrl-C."""

import os
import signal
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from services.cli import datafolder, demo
from services.cli.addresses import forget_addresses, write_addresses
from services.cli.catching_up import wait_until_caught_up
from services.cli.console import complain, output
from services.cli.errors import EXPECTED, FAILED, OK, USAGE, CliError, cli_error, explained
from services.cli.importer import committee_of
from services.cli.importer import run as import_file
from services.cli.stories.checking import Story
from services.cli.story import tell
from services.cli.summary import print_summary
from services.cli.system import System, compose
from shared.audit.keys import notary_keys
from shared.audit.witnesses import witnesses_of
from shared.catalogue import both
from shared.eventstore.connect import open_store
from shared.eventstore.port import StoreUnavailable
from shared.runtime.supervisor import Supervisor, read_status
from shared.settings import Settings, load_settings

EXAMPLE: Final = Path("examples/lang-son/lang-son.yaml")
"""What is imported where nothing else is said, as long as it is there."""
COMMANDS: Final = (
    "bcd status",
    "bcd records names",
    "bcd records list members --as-of 2022-09-28",
    "bcd records list tasks",
    "bcd events --limit 20",
)
"""Commands to try first, each in another terminal."""


def command(
    reset: Annotated[bool, typer.Option("--reset", help=both("cli.run_reset"))] = False,
    chronicle: Annotated[Path | None, typer.Option("--import", help=both("cli.run_import"))] = None,
    nothing: Annotated[bool, typer.Option("--no-import", help=both("cli.run_no_import"))] = False,
    invented: Annotated[bool, typer.Option("--demo", help=both("cli.run_demo"))] = False,
    leave: Annotated[bool, typer.Option("--exit-after-import", help=both("cli.run_exit"))] = False,
) -> None:
    console = output()
    if chronicle is not None and not chronicle.is_file():
        raise cli_error("no_file", USAGE, file=chronicle)
    settings = load_settings()
    settings = settings.model_copy(update={"data": settings.data.resolve()})
    _require_notary(settings)
    invented = invented or (demo.began(settings) and not reset and not nothing)
    story = demo.story(chronicle) if invented else None
    if reset:
        _reset(settings.data, console)
    datafolder.claim(settings.data)
    if read_status(settings.data) is not None:
        raise cli_error("in_use", folder=settings.data)
    if settings.esdb_uri is not None:
        _require_store(settings)
    system = compose(demo.by_its_clock(settings, story), complain)
    file = None if nothing or invented else chronicle or (EXAMPLE if EXAMPLE.is_file() else None)
    raise typer.Exit(Run(system, file, story, leave, console).run())


def _require_store(settings: Settings) -> None:
    """Ask the store that was named once, before anything is started: a no to our certificate, user or words
    does not pass by waiting. One that does not answer yet may still come, and is waited for later.

    Raises SettingsError, StoreRejected.
    """
    with suppress(StoreUnavailable), closing(open_store(settings)) as store:
        store.head()


def _require_notary(settings: Settings) -> None:
    """Read the keys and witnesses that were given before anything is started: the notary would end on a wrong
    one only when all others run. Raises SettingsError."""
    if settings.notary_key is not None or settings.notary_key_file is not None:
        notary_keys(settings)
    witnesses_of(settings.notary_witnesses or "")


def _reset(folder: Path, console: Console) -> None:
    left = datafolder.reset(folder)
    console.print(both("run.reset", folder=folder), soft_wrap=True)
    if left:
        console.print(both("run.left_alone", names=", ".join(path.name for path in left)), soft_wrap=True)


class Run:
    """One life of the system. What a person sees happens in a thread beside the supervisor's loop."""

    def __init__(
        self, system: System, chronicle: Path | None, story: Story | None, leave: bool, console: Console
    ) -> None:
        self._system, self._chronicle, self._story = system, chronicle, story
        self._leave, self._console = leave, console
        self._began = time.monotonic()
        self._leaving = threading.Event()
        self._work = threading.Thread(target=self._when_ready, name="after-start", daemon=True)
        self._status = OK

    def run(self) -> int:
        """Until Ctrl-C, or until the import is done where that was asked; the exit status."""
        settings = self._system.settings
        self._say(both("run.title"))
        self._say(both("run.folder", folder=settings.data))
        supervisor = Supervisor(settings.data, self._system.stages, self._say)
        supervisor.run(self._start_work)
        forget_addresses(settings)
        self._say(both("run.stopped"))
        return self._status

    def _start_work(self) -> None:
        """Called by the supervisor, in the main thread, when all are ready."""
        before: dict[int, Any] = {n: signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT)}

        def leave(number: int, frame: object) -> None:
            if not self._leaving.is_set():
                self._leaving.set()
                self._say(both("run.stopping"))
            before[number](number, frame)

        for number in before:
            signal.signal(number, leave)
        write_addresses(self._system.settings, self._system.gateway)
        self._work.start()

    def _when_ready(self) -> None:
        count, seconds = len(self._system.processes), round(time.monotonic() - self._began)
        self._say(both("run.all_ready", count=count, seconds=seconds))
        try:
            self._import_and_show()
        except EXPECTED as error:
            if self._leaving.is_set():  # the services were stopped under it, as asked
                return
            sentence, self._status = explained(error)
            complain(sentence)
        except Exception:
            self._status = FAILED
            self._console.print_exception()
        if self._leave and not self._leaving.is_set():
            os.kill(os.getpid(), signal.SIGTERM)

    def _committee(self) -> str:
        """Whose registers are shown: of the committee that was imported, or else of the setting, which is
        the story's where one is told."""
        return committee_of(self._chronicle) if self._chronicle else self._system.settings.committee

    def _import_and_show(self) -> None:
        settings = self._system.settings
        if self._chronicle is not None:
            self._say(both("run.importing", file=self._chronicle))
            self._status = import_file(self._chronicle, None, settings, self._console)
        if self._story is not None:
            self._say(both("story.invented", title=self._story.title))
            self._say(both("story.telling", file=demo.STORY))
            status = tell(self._story, settings, self._console, self._leaving)
            if self._leaving.is_set():  # left on the way, as asked; the next run goes on from there
                return
            self._status = status
        try:
            position = wait_until_caught_up(settings, self._leaving)
            self._say(both("run.caught_up", position=position))
        except CliError as behind:  # what there is can be shown all the same
            complain(str(behind))
            self._status = behind.status
        if self._leaving.is_set():
            return
        committee = self._committee()
        print_summary(settings.model_copy(update={"committee": committee}), self._console)
        if self._story is not None:
            self._say(both("story.invented", title=self._story.title))
            self._say(both("story.clock_at", day=f"{self._story.until:%d/%m/%Y}"))
        self._say(f"{both('run.pages')}: {self._system.gateway}")
        self._say(f"{both('run.commands')}:")
        for line in demo.COMMANDS if self._story is not None else COMMANDS:
            self._say(f"  {line.format(committee=committee)}")
        if not self._leave:
            self._say(both("run.stay"))

    def _say(self, line: str) -> None:
        with suppress(BrokenPipeError):
            self._console.print(line, markup=False, soft_wrap=True)
