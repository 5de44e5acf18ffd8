"""`bcd projections quarantine`: the streams that stopped at an event, and another try after a mend."""

from typing import Annotated, Any

import typer

from services.cli.addresses import running
from services.cli.console import output, print_json
from services.cli.errors import NOT_FOUND, cli_error
from services.cli.opened import of_read_database, opened, opened_database
from services.cli.rebuild import rebuilt
from services.cli.tables import grid
from services.records.database import Database
from services.records.operating import standing, still_fails
from services.records.pausing import FOLLOWER
from shared.catalogue import both, say, word
from shared.followers.status import read_statuses
from shared.settings import Settings

app = typer.Typer(invoke_without_command=True)

Json = Annotated[bool, typer.Option("--json", help=both("cli.json"))]


@app.callback()
def list_(context: typer.Context, as_json: Json = False) -> None:
    if context.invoked_subcommand is not None:
        return
    settings = of_read_database()
    with opened_database(settings) as database:
        held = _quarantine(settings, database)
    if as_json:
        print_json(held)
        return
    if not held:
        output().print(both("operations.nothing_held"), soft_wrap=True)
        return
    columns = ("follower", "stream", "since_event", "since", "waiting", "reason")
    rows = [
        (
            str(one["follower"]),
            str(one["stream"]),
            f"@{one['revision']} {one['type']}",
            str(one["since"]),
            str(one["held"]),
            str(one["why"]),
        )
        for one in held
    ]
    headings = [word("column", name) for name in columns]
    output().print(grid(say("status.quarantine"), headings, rows, right=(4,)))
    output().print(both("operations.held_by_others"), soft_wrap=True)


@app.command("retry", help=both("cli.projections_retry"))
def retry(
    stream: Annotated[str, typer.Argument(help=both("cli.projections_stream"))], as_json: Json = False
) -> None:
    """A stream folded late, after others that came later, would not make the rows that the order of the store
    makes: so everything is rebuilt, once the stream alone has shown that it no longer fails."""
    from services.records.everything import MODELS

    settings = running("esdb_uri", "database_url")
    with opened(settings) as (store, database):
        held = {one["stream"] for one in _quarantine(settings, database) if one["follower"] == FOLLOWER}
        if stream not in held:
            raise cli_error("not_held", NOT_FOUND, stream=stream, held=", ".join(sorted(held)) or "—")
        if (failing := still_fails(store, MODELS, stream)) is not None:
            reference = f"{stream}@{failing.revision}"
            raise cli_error("still_fails", event=reference, type=failing.type, why=failing.why)
    raise typer.Exit(rebuilt(settings, None, as_json))


def _quarantine(settings: Settings, database: Database) -> list[dict[str, Any]]:
    """The streams that any follower holds: those of the projections from their own books."""
    from services.records.everything import MODELS

    found = standing(database, MODELS)
    mine = [{"follower": FOLLOWER, **one.as_dict()} for one in (found.held if found else ())]
    others = [
        {"follower": name, **one}
        for name, said in read_statuses(settings.data).items()
        if name != FOLLOWER
        for one in said.get("quarantine", [])
    ]
    return [*mine, *others]
