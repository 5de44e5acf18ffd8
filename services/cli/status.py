"""`bcd status`: is everything well? Processes, followers against the store's head, quarantine, epoch."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from services.cli.addresses import running
from services.cli.console import output, print_json
from services.cli.errors import FAILED, OK
from services.cli.followers import FollowerHealth
from services.cli.health import Health, examine
from services.cli.tables import grid
from shared.catalogue import both, catalogue, say, say_en, word, word_en
from shared.catalogue.presentation import day


def command(as_json: Annotated[bool, typer.Option("--json", help=both("cli.json"))] = False) -> None:
    health = examine(running("amqp_uri", "esdb_uri"))
    if as_json:
        print_json(health.as_dict())
    else:
        _show(health)
    raise typer.Exit(FAILED if health.faults else OK)


def _show(health: Health) -> None:
    console = output()
    if health.processes is not None:
        headings = [word("column", name) for name in ("process", "state", "pid", "restarts", "started")]
        rows = [
            (
                one["name"],
                _coloured(str(one["state"])),
                str(one["pid"] or ""),
                str(one["restarts"]),
                day(str(one["since"])),
            )
            for one in health.processes
        ]
        console.print(grid(say("status.processes"), headings, rows, right=(2, 3), whole=(0, 1, 4)))
    console.print(followers_table(health.followers))
    for one in health.followers:
        if one.pause is not None:
            console.print(pause_told(one.pause), style="yellow", soft_wrap=True, markup=False)
    if health.head is not None:
        console.print(both("status.head", head=health.head), soft_wrap=True)
        console.print(both("status.epoch", epoch=health.epoch), soft_wrap=True)
    if health.clock is not None:
        known = {"day": day(str(health.clock.get("day") or "")), "alarms": health.clock.get("alarms", 0)}
        console.print(both("status.clock", **known, refusals=health.refusals), soft_wrap=True)
    if health.quarantine:
        headings = [word("column", name) for name in ("stream", "since_event", "behind", "reason")]
        held = [
            (str(one["stream"]), f"@{one['revision']} {one['type']}", str(one["held"]), str(one["why"]))
            for one in health.quarantine
        ]
        console.print(grid(say("status.quarantine"), headings, held))
    if health.faults:
        vi = say("status.unhealthy", what=faults_told(health.faults, word))
        en = say_en("status.unhealthy", what=faults_told(health.faults, word_en))
        console.print(f"{vi} / {en}", style="red", soft_wrap=True, markup=False)
    else:
        console.print(both("status.healthy"), style="green", soft_wrap=True)


def followers_table(followers: Sequence[FollowerHealth]) -> Table:
    """Each follower with its state, how far it is, and what waits for it: events, and for how long."""
    columns = ("follower", "state", "position", "behind", "waiting_for", "quarantined")
    headings = [word("column", name) for name in columns]
    rows = [
        (
            one.name,
            _coloured(one.state),
            "—" if one.position is None else str(one.position),
            "—" if one.lag is None else str(one.lag),
            waited(one.seconds),
            str(one.quarantine),
        )
        for one in followers
    ]
    return grid(say("status.followers"), headings, rows, right=(2, 3, 4, 5))


def faults_told(faults: Sequence[str], words: Callable[[str, str], str]) -> str:
    """Each as `who: what`, what in the words of one language."""
    told = []
    for fault in faults:
        who, _, what = fault.partition(": ")
        number, _, rest = what.partition(" ") if what[:1].isdigit() else ("", "", what)
        code = rest.replace(" ", "_")
        said = words("fault" if f"fault.{code}" in catalogue() else "state", code)
        told.append(f"{who}: {number} {said[:1].lower()}{said[1:]}".replace(":  ", ": "))
    return "; ".join(told)


def pause_told(pause: Mapping[str, Any]) -> str:
    """Since when, by whom and why the projections take no events, and how it ends."""
    return both("operations.paused_since", **{**pause, "since": day(str(pause["since"]))})


def waited(seconds: float | None) -> str:
    """A time as people read it: 0 s, 12 s, 1:02:03."""
    if seconds is None:
        return "—"
    return f"{seconds:.0f} s" if seconds < 120 else str(timedelta(seconds=round(seconds)))


def _coloured(state: str) -> Text:
    colour = {"ready": "green", "following": "green", "failed": "red", "dead": "red"}.get(state, "yellow")
    return Text(word("state", state), style=colour)
