"""`bcd`: the command line. Each command has its own file beside this one; see README.md for exit codes."""

import sys
from typing import Any, cast

import typer
from typer.exceptions import TyperException

from services.cli import (
    ask,
    audit,
    authority,
    backup,
    completeness,
    compliance,
    contents,
    diff,
    events,
    export,
    forget,
    import_,
    looks,
    notary,
    print_,
    projections,
    rebuild,
    records,
    replay,
    report,
    restore,
    run,
    status,
    store,
    story,
    tail,
)
from services.cli.console import complain
from services.cli.errors import EXPECTED, FAILED, INTERRUPTED, OK, USAGE, explained
from shared.catalogue import both

app = typer.Typer(
    name="bcd",
    help=both("cli.app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run", help=both("cli.run"))(run.command)
app.command("import", help=both("cli.import"))(import_.command)
app.command("story", help=both("cli.story"))(story.command)
records.app.command("looks", help=both("looking.looks"))(looks.command)
app.add_typer(records.app, name="records", help=both("cli.records"))
records.app.command("completeness", help=both("cli.completeness"))(completeness.command)
app.command("events", help=both("cli.events"))(events.command)
app.add_typer(export.app, name="export", help=both("cli.export"))
app.add_typer(print_.app, name="print", help=both("cli.print"))
app.command("ask", help=both("cli.ask"))(ask.command)
app.add_typer(contents.app, name="contents", help=both("cli.contents"))
app.command("authority", help=both("cli.authority"))(authority.command)
app.command("report", help=both("cli.report"))(report.command)
app.command("compliance", help=both("cli.compliance"))(compliance.command)
app.command("diff", help=both("cli.diff"))(diff.command)
app.command("replay", help=both("cli.replay"))(replay.command)
app.command("forget", help=both("cli.forget"))(forget.command)
app.command("rebuild", help=both("cli.rebuild"))(rebuild.command)
app.add_typer(projections.app, name="projections", help=both("cli.projections"))
app.command("status", help=both("cli.status"))(status.command)
app.add_typer(notary.app, name="notary", help=both("cli.notary"))
app.add_typer(audit.app, name="audit", help=both("cli.audit"))
app.command("backup", help=both("cli.backup"))(backup.command)
app.command("restore", help=both("cli.restore"))(restore.command)
app.add_typer(store.app, name="store", help=both("cli.store"))
app.command("tail", help=both("cli.tail"))(tail.command)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; an expected error is one sentence, never a traceback."""
    try:
        ended = cast(Any, app)(arguments, standalone_mode=False)
        if ended != INTERRUPTED:
            return ended if isinstance(ended, int) else OK
        complain(both("error.interrupted"))
        return INTERRUPTED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else FAILED
    except TyperException as wrong:
        _misused(wrong)
        return USAGE
    except (KeyboardInterrupt, typer.Abort):
        complain(both("error.interrupted"))
        return INTERRUPTED
    except EXPECTED as error:
        sentence, status_code = explained(error)
        complain(sentence)
        return status_code


def _misused(wrong: Any) -> None:
    """A command that cannot be read, Vietnamese first; nothing where the help itself was just printed."""
    context = getattr(wrong, "ctx", None)
    if what := wrong.format_message().strip():
        complain(f"{both('error.usage')}: {what}")
        if context is not None:
            complain(both("error.usage_help", command=f"{context.command_path} --help"))


if __name__ == "__main__":
    sys.exit(main())
