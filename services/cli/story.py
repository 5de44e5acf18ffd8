"""`bcd story FILE`: a story of a committee, told to the running system."""

import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from threading import Event as Flag
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from services.cli.addresses import running
from services.cli.console import complain, output
from services.cli.errors import BROKEN_OFF, INTERRUPTED, OK, REFUSED, USAGE, CliError, cli_error
from services.cli.stories.checking import Step, Story, load
from services.cli.stories.clock import FileClock, clock_file
from services.cli.stories.reading import StoryError
from services.cli.stories.telling import NotAsTold, Report, Telling
from shared.bus.rpc import Services, ServiceUnavailable
from shared.catalogue import both, say
from shared.contents.connect import open_contents
from shared.contents.port import ContentsError
from shared.errors import Contended, StoreDown
from shared.eventstore.connect import open_store
from shared.settings import Settings


def command(
    file: Annotated[Path, typer.Argument(help=both("cli.story_file"))],
    check: Annotated[bool, typer.Option("--check", help=both("cli.story_check"))] = False,
) -> None:
    story = read(file)
    console = output()
    if check:
        counted = {"steps": len(story.steps), "commands": len({step.taken.command for step in story.steps})}
        console.print(both("story.checked", title=story.title, **counted), soft_wrap=True)
        return
    settings = running("amqp_uri", "esdb_uri")
    with _until_ctrl_c() as leaving:
        status = tell(story, settings, console, leaving)
    raise typer.Exit(status)


@contextmanager
def _until_ctrl_c() -> Iterator[Flag]:
    """A flag that the first Ctrl-C sets, so that the step that is being asked gets its answer; the second one
    is as hard as any."""
    leaving, before = Flag(), signal.getsignal(signal.SIGINT)

    def leave(_number: int, _frame: object) -> None:
        leaving.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, leave)
    try:
        yield leaving
    finally:
        signal.signal(signal.SIGINT, before)


def read(file: Path) -> Story:
    """The story of a file; raises CliError with every fault, one a line."""
    if not file.is_file():
        raise cli_error("no_file", USAGE, file=file)
    try:
        return load(file)
    except StoryError as error:
        raise CliError(f"{both('error.story')}:\n{error}", USAGE) from error


def tell(story: Story, settings: Settings, console: Console, leaving: Flag) -> int:
    """Tell a story to the system of these settings, and say what became of it; the exit status."""
    file = clock_file(settings)
    services = Services(str(settings.amqp_uri))
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with (
            closing(services),
            closing(open_store(settings)) as store,
            Progress(*bar, console=console, transient=True, disable=not console.is_terminal) as progress,
        ):
            task = progress.add_task(story.title, total=len(story.steps))

            def told(step: Step) -> None:
                said = f"{step.day:%d/%m/%Y} {step.note or step.taken.command.__name__}"
                progress.update(task, advance=1, description=said[:60])

            clock = FileClock(file, store, settings.data, settings.start_limit, leaving)
            contents = open_contents(settings)

            def keep(words: str) -> None:
                contents.put(BytesIO(words.encode()))

            telling = Telling(story, services, store, clock, settings.call_limit, leaving, told, keep)
            report = telling.tell()
    except NotAsTold as otherwise:
        complain(str(otherwise))
        return REFUSED
    except (ServiceUnavailable, StoreDown, Contended, ContentsError) as away:
        if leaving.is_set():
            return INTERRUPTED
        complain(both("story.broken_off", why=away))
        return BROKEN_OFF
    _show(story, report, console)
    return INTERRUPTED if report.left else OK


def _show(story: Story, report: Report, console: Console) -> None:
    counted = {
        "asked": report.asked,
        "known": report.known,
        "events": report.events,
        "refused": len(report.refused),
    }
    key = "story.left" if report.left else "story.told"
    console.print(both(key, title=story.title, until=f"{story.until:%d/%m/%Y}", **counted), soft_wrap=True)
    for step, no in report.refused:
        why = say(no.sentence) if no.sentence else no.because
        console.print(f"  {step.day:%d/%m/%Y} {step.note} → {no.rule}: {why}", markup=False, soft_wrap=True)
