"""`bcd projections`: what makes the registers of the events: how far it is, pause, rebuild, quarantine."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from services.cli import quarantine
from services.cli.addresses import running
from services.cli.console import complain, output, print_json
from services.cli.followers import FollowerHealth, Lags, followers_of
from services.cli.opened import of_read_database, opened, opened_database
from services.cli.rebuild import command as rebuild
from services.cli.status import followers_table, pause_told, waited
from services.cli.tables import grid
from services.records.operating import Standing, standing
from services.records.pausing import FOLLOWER, unpause, who
from services.records.pausing import pause as begin_pause
from shared.catalogue import both, say, word
from shared.catalogue.presentation import day

app = typer.Typer(no_args_is_help=True)
app.add_typer(quarantine.app, name="quarantine", help=both("cli.projections_quarantine"))
app.command("rebuild", help=both("cli.rebuild"))(rebuild)

Json = Annotated[bool, typer.Option("--json", help=both("cli.json"))]


@app.command("list", help=both("cli.projections_list"))
def list_(as_json: Json = False) -> None:
    from services.records.everything import MODELS

    settings = running("esdb_uri", "database_url")
    with opened(settings) as (store, database):
        lags = Lags(store)
        found = standing(database, MODELS)
        followers = followers_of(settings.data, lags)
        lag = lags.of(found.position) if found else None
    state = next((one.state for one in followers if one.name == FOLLOWER), "not_running")
    if found is not None and found.pause is not None:
        state = "paused"
    if as_json:
        print_json({**_document(found, state, lag), "followers": [asdict(one) for one in followers]})
        return
    _show(found, state, lag, followers)


@app.command("pause", help=both("cli.projections_pause"))
def pause(
    why: Annotated[str, typer.Option("--why", help=both("cli.projections_why"))],
    by: Annotated[str, typer.Option("--by", help=both("cli.projections_by"))] = "",
) -> None:
    with opened_database(of_read_database()) as database, database.control() as db:
        begun = begin_pause(db, why, by or who())
    output().print(pause_told(begun.as_dict()), soft_wrap=True, markup=False)
    if begun.why != why:
        complain(both("operations.paused_before"))


@app.command("resume", help=both("cli.projections_resume"))
def resume() -> None:
    with opened_database(of_read_database()) as database, database.control() as db:
        ended = unpause(db)
    if ended is None:
        output().print(both("operations.not_paused"), soft_wrap=True)
        return
    told = {**ended.as_dict(), "since": day(ended.since)}
    output().print(both("operations.resumed_after_pause", **told), soft_wrap=True, markup=False)


def _document(found: Standing | None, state: str, lag: Any) -> dict[str, Any]:
    if found is None:
        return {"generation": None, "models": []}
    common = {
        "position": found.position,
        "behind": lag.events if lag else None,
        "more": bool(lag and lag.more),
        "seconds": lag.seconds if lag else None,
        "state": state,
        "generation": found.generation,
    }
    models = [{**asdict(one), **common} for one in found.models or ()]
    return {**asdict(found), **common, "models": models}


def _show(found: Standing | None, state: str, lag: Any, followers: list[FollowerHealth]) -> None:
    console = output()
    if found is None:
        console.print(both("operations.none_yet"), soft_wrap=True)
    else:
        columns = ("model", "rows", "position", "behind", "waiting_for", "quarantined", "state", "generation")
        headings = [word("column", name) for name in columns]
        common = (str(found.position), str(lag or "—"), waited(lag.seconds if lag else None))
        rows = [
            (
                word("register", one.name),
                str(one.rows),
                *common,
                str(one.quarantine),
                word("state", state),
                str(found.generation),
            )
            for one in found.models or ()
        ]
        console.print(grid(say("operations.models"), headings, rows, right=(1, 2, 3, 4, 5, 7)))
        if found.models is None:
            console.print(both("records.out_of_date"), style="red", soft_wrap=True)
        if found.pause is not None:
            console.print(pause_told(found.pause.as_dict()), style="yellow", soft_wrap=True, markup=False)
        for other in found.others:
            console.print(both(f"operations.is_{other.state}", **asdict(other)), soft_wrap=True)
    console.print(followers_table(followers))
