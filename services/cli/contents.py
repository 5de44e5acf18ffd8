"""`bcd contents`: the bytes of documents, by their SHA-256: put in, taken out, hashed again."""

import mimetypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, BinaryIO, Final

import typer

from services.cli.addresses import running
from services.cli.console import complain, notes, output, print_json
from services.cli.errors import FAILED, OK, REFUSED, USAGE, CliError
from services.cli.records import Json
from services.cli.tables import grid
from shared.catalogue import both, say, word
from shared.contents.connect import open_contents
from shared.contents.port import ContentDamaged, Contents, is_digest

app = typer.Typer(no_args_is_help=True)
UNKNOWN: Final = "application/octet-stream"
HEADINGS: Final = ("sha256", "file_name")


@app.command("add", help=both("cli.contents_add"))
def add(
    files: Annotated[list[Path], typer.Argument(help=both("cli.contents_file"))],
    as_json: Json = False,
) -> None:
    for file in files:
        _require_no_secret(file.name)
    contents = open_contents(running())
    kept = [_kept(contents, file) for file in files]
    if as_json:
        print_json(kept)
        return
    # A digest takes two thirds of a line: what else is said of a file stands below its name.
    headings = [word("column", name) for name in HEADINGS]
    rows = [(str(one["digest"]), f"{one['name']}\n{one['media_type']}, {one['size']} byte") for one in kept]
    output().print(grid(say("contents.added"), headings, rows, whole=(0,)))


def _require_no_secret(name: str) -> None:
    from services.meetings.casefile.names import name_in_words
    from services.meetings.document.secrecy import is_marked

    if is_marked(name_in_words(name) or ""):
        raise CliError(both("contents.secret", name=name), REFUSED)


def _kept(contents: Contents, file: Path) -> dict[str, object]:
    """What a command says of the file: see `FileDocument.content`."""
    with _readable(file) as source:
        content = contents.put(source)
    media_type = mimetypes.guess_type(file.name)[0] or UNKNOWN
    return {"digest": content.digest, "name": file.name, "media_type": media_type, "size": content.size}


@contextmanager
def _readable(file: Path) -> Iterator[BinaryIO]:
    try:
        source = file.open("rb")
    except OSError as error:
        raise CliError(both("contents.no_file", file=file, why=error.strerror), USAGE) from error
    with source:
        yield source


@app.command("get", help=both("cli.contents_get"))
def get(
    digest: Annotated[str, typer.Argument(help=both("cli.contents_digest"))],
    to: Annotated[Path | None, typer.Option("--to", help=both("cli.contents_to"))] = None,
) -> None:
    if not is_digest(digest):
        raise CliError(both("contents.not_a_digest", digest=digest), USAGE)
    contents = open_contents(running())
    if to is None:
        for chunk in contents.read(digest):
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    complain(both("contents.written", size=_written(contents, digest, to), file=to))


def _written(contents: Contents, digest: str, to: Path) -> int:
    """The bytes in a new file; none is left behind where they are not whole."""
    try:
        target = to.open("xb")
    except FileExistsError:
        raise CliError(both("contents.exists", file=to), USAGE) from None
    except OSError as error:
        raise CliError(both("contents.no_file", file=to, why=error.strerror), USAGE) from error
    try:
        with target:
            return sum(target.write(chunk) for chunk in contents.read(digest))
    except BaseException:
        with suppress(OSError):
            to.unlink()
        raise


@app.command("check", help=both("cli.contents_check"))
def check(as_json: Json = False) -> None:
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    contents, console = open_contents(running()), notes()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    count, size = 0, 0
    damaged: list[ContentDamaged] = []
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(say("contents.checking"), total=None)
        for digest in contents.digests():
            try:
                size += sum(map(len, contents.read(digest)))
            except ContentDamaged as found:
                damaged.append(found)
            count += 1
            bar.update(task, description=f"{say('contents.checking')}: {count}")
    if as_json:
        told = [{"digest": one.digest, "found": one.found} for one in damaged]
        print_json({"contents": count, "bytes": size, "damaged": told})
    elif damaged:
        output().print(both("contents.faulty", count=count, bad=len(damaged)), style="red", soft_wrap=True)
        for one in damaged:
            output().print(str(one), soft_wrap=True, markup=False)
    else:
        output().print(both("contents.whole", count=count, size=size), style="green", soft_wrap=True)
    raise typer.Exit(FAILED if damaged else OK)
