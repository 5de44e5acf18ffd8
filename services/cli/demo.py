"""The demonstration data of `bcd run --demo`: a story, told to a system that goes by a clock of its own."""

from pathlib import Path
from typing import Any, Final

from services.cli.errors import USAGE, cli_error
from services.cli.stories import clock
from services.cli.stories.checking import Story
from services.cli.story import read
from shared.settings import Settings

STORY: Final = Path("examples/nam-mau/nam-mau.yaml")
POLL: Final = 0.1
"""Seconds after which the policies look at the clock: a year of weeks is told while somebody watches."""
COMMANDS: Final = (
    "bcd status",
    "bcd compliance --committee {committee} --as-of 2025-12-31",
    "bcd records list quarters --committee {committee}",
    "bcd records list tasks --committee {committee} --as-of 2025-06-30",
    "bcd events --stream meeting-{committee} --limit 20",
)
"""Commands to try first where the story's committee is shown."""


def story(chronicle: Path | None) -> Story:
    if chronicle is not None:
        raise cli_error("demo_alone", USAGE)
    if not STORY.is_file():
        raise cli_error("no_demo", USAGE, file=STORY)
    return read(STORY)


def began(settings: Settings) -> bool:
    """Whether the data folder holds invented data: it goes on as such, and takes no chronicle."""
    return (settings.data / clock.FILE).exists()


def by_its_clock(settings: Settings, told: Story | None) -> Settings:
    """A data folder of invented data goes by its own clock, for ever; one of real data never does."""
    file = settings.clock or settings.data / clock.FILE
    if told is not None and not file.exists() and (settings.data / "store").exists():
        raise cli_error("real_data", folder=settings.data)
    given: dict[str, Any] = {"clock": file} if told is not None or file.exists() else {}
    if told is not None:
        given["committee"] = told.committee
        given["follower_poll"] = POLL
        if not file.exists():
            clock.begin(file)
    return settings.model_copy(update=given)
