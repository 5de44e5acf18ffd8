"""`bcd audit`: verify everything, hand it out, and drill the detection of changes."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.addresses import running
from services.cli.bars import bars
from services.cli.console import output, print_json
from services.cli.errors import UNAVAILABLE, USAGE, CliError, cli_error
from shared.catalogue import both

if TYPE_CHECKING:
    from services.audit.findings import Report
    from shared.audit.notes import Verifier
    from shared.contents.port import Contents
    from shared.eventstore.port import EventStore
    from shared.settings import Settings

app = typer.Typer(no_args_is_help=True)

PARTS = ("log", "documents", "records")
Json = Annotated[bool, typer.Option("--json", help=both("cli.json"))]
Key = Annotated[str | None, typer.Option("--key", help=both("cli.audit_key"))]
Log = Annotated[Path | None, typer.Option("--log", help=both("cli.audit_log"))]


@app.command("verify", help=both("cli.audit_verify"))
def verify(
    only: Annotated[str, typer.Option(help=both("cli.audit_only", parts=", ".join(PARTS)))] = "",
    key: Key = None,
    checkpoint: Annotated[list[Path] | None, typer.Option(help=both("cli.audit_checkpoint"))] = None,
    log: Log = None,
    package: Annotated[Path | None, typer.Option(help=both("cli.audit_package"))] = None,
    as_json: Json = False,
) -> None:
    from services.cli.audit_told import tell

    parts, pinned, seen = _parts(only), _verifier(key), tuple(checkpoint or ())
    if package is not None:
        tell(_of_package(package, key, seen), as_json)
    tell(_of_system(parts, pinned, seen, log), as_json)


def _of_package(package: Path, key: str | None, seen: Sequence[Path]) -> "Report":
    from services.audit.reopened import NoPackage, verify_package
    from services.records.everything import MODELS

    try:
        with bars() as begin:
            return verify_package(package, MODELS, key=key, seen=seen, progress=begin("audit.verifying"))
    except NoPackage as error:
        raise cli_error("audit_no_package", USAGE, folder=package, why=error) from error


def _of_system(
    parts: Collection[str], pinned: "Verifier | None", seen: Sequence[Path], log: Path | None
) -> "Report":
    from services.audit.subject import Subject, verified
    from services.records.database import read_database
    from services.records.everything import MODELS

    settings = running("esdb_uri")
    with bars() as begin, _told(), _store(settings) as store, closing(read_database(settings)) as database:
        subject = Subject(
            facts=store,
            contents=_contents(settings),
            database=database,
            models=MODELS,
            notary=_notary(settings),
            log=log,
            pinned=pinned,
            seen=seen,
        )
        return verified(subject, parts, begin("audit.verifying"))


@app.command("export", help=both("cli.audit_export"))
def export(
    folder: Annotated[Path, typer.Argument(help=both("cli.audit_folder"))],
    committee: Annotated[str | None, typer.Option(help=both("cli.audit_committee"))] = None,
    until: Annotated[int | None, typer.Option(min=0, help=both("cli.audit_until"))] = None,
    log: Log = None,
    as_json: Json = False,
) -> None:
    from services.audit import exporting
    from services.audit.published import PublishedLog, Unreadable
    from services.audit.verifying import epoch_of
    from services.records.everything import MODELS

    settings = running("esdb_uri")
    with bars() as begin, _told(), _store(settings) as store:
        if (epoch := epoch_of(store)) is None:
            raise cli_error("audit_no_epoch")
        try:
            made = exporting.export(
                store,
                PublishedLog.open(log or _notary(settings) / epoch),
                _contents(settings),
                MODELS,
                folder.resolve(),
                committee=committee,
                until=until,
                progress=begin("audit.exporting"),
            )
        except Unreadable as error:
            raise cli_error("audit_log_damaged", why=f"{error.path}: {error}") from error
        except exporting.ExportError as error:
            raise CliError(str(error)) from error
        except OSError as error:
            raise cli_error("audit_not_written", why=error) from error
    if as_json:
        print_json(asdict(made))
        return
    console = output()
    told = {name: value for name, value in asdict(made).items() if name != "opened"}
    console.print(both("audit.exported", events=made.opened, **told), soft_wrap=True, markup=False)
    for count, key in ((made.left_out, "audit.left_out"), (made.absent, "audit.absent")):
        if count:
            console.print(both(key, count=count), soft_wrap=True)


@app.command("drill", help=both("cli.audit_drill"))
def drill(
    sample: Annotated[bool, typer.Option("--sample", help=both("cli.audit_sample"))] = False,
    events: Annotated[int, typer.Option(min=10, help=both("cli.audit_events"))] = 1000,
    as_json: Json = False,
) -> None:
    from services.audit import drilling
    from services.cli.audit_told import tell_drill
    from services.records.everything import MODELS

    with bars() as begin, _told(), ExitStack() as open_:
        if sample:
            copy = open_.enter_context(drilling.made_up(MODELS))
        else:
            settings = running("esdb_uri")
            store = open_.enter_context(_store(settings))
            contents = _contents(settings)
            copy = open_.enter_context(drilling.copied(store, contents, MODELS, events, None))
        told = begin("audit.drilling")
        done = drilling.drill(copy, lambda tried, all_: told(tried, tried, all_))
    tell_drill(done, as_json)


def _parts(only: str) -> Collection[str]:
    asked = [part.strip() for part in only.split(",") if part.strip()]
    if unknown := [part for part in asked if part not in PARTS]:
        raise cli_error("audit_parts", USAGE, unknown=", ".join(unknown), parts=", ".join(PARTS))
    return asked or PARTS


def _verifier(key: str | None) -> "Verifier | None":
    from shared.audit.notes import NoteError, Verifier

    try:
        return None if key is None else Verifier.parse(key)
    except NoteError as error:
        raise cli_error("audit_key", USAGE, why=error) from error


@contextmanager
def _store(settings: "Settings") -> "Iterator[EventStore]":
    from shared.eventstore.connect import open_store

    with closing(open_store(settings)) as store:
        yield store


def _contents(settings: "Settings") -> "Contents":
    from shared.contents.connect import open_contents

    return open_contents(settings)


def _notary(settings: "Settings") -> Path:
    from shared.audit.keys import FOLDER

    return settings.data / FOLDER


@contextmanager
def _told() -> Iterator[None]:
    """A store of contents that does not answer is no finding."""
    from shared.contents.port import ContentsError

    try:
        yield
    except ContentsError as error:
        raise cli_error("audit_contents", UNAVAILABLE, why=error) from error
