"""`bcd notary key new`, `bcd notary rotate`: a new key of the log or of a witness, and the change to it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.addresses import running
from services.cli.console import notes
from services.cli.errors import FAILED, USAGE, cli_error
from shared.catalogue import both
from shared.settings import Settings, load_settings

if TYPE_CHECKING:  # what signs and verifies is loaded by the commands that need it
    from shared.audit.notes import Signer, Verifier


app = typer.Typer(no_args_is_help=True)


@app.command("new", help=both("cli.notary_key"))
def new(
    name: Annotated[str, typer.Argument(help=both("cli.notary_name"))],
    to: Annotated[Path | None, typer.Option("--to", help=both("cli.notary_key_to"), dir_okay=False)] = None,
    witness: Annotated[bool, typer.Option("--witness", help=both("cli.notary_for_witness"))] = False,
) -> None:
    from shared.audit.keys import FOLDER, write_key
    from shared.audit.notes import COSIGNATURE, ED25519, NoteError, Signer

    path = to or load_settings().data / FOLDER / ("witness-key" if witness else "key")
    try:
        signer = Signer.new(name, COSIGNATURE if witness else ED25519)
        write_key(path, signer)
    except NoteError as wrong:
        raise cli_error("bad_key", USAGE, where=name, why=wrong) from wrong
    except OSError as error:
        raise cli_error("not_written", FAILED, file=path, why=error.strerror) from error
    notes().print(both("notary.key_written", file=path), soft_wrap=True, markup=False)
    typer.echo(signer.verifier)


def rotate(
    new_key: Annotated[Path, typer.Option("--new", help=both("cli.notary_new"), exists=True, dir_okay=False)],
    why: Annotated[str, typer.Option("--why", help=both("cli.notary_why"))],
) -> None:
    from shared.audit.keys import notary_keys, read_keys
    from shared.audit.notes import NoteError
    from shared.audit.rotation import adopt, last_adopted
    from shared.eventstore.connect import open_store

    settings = running("esdb_uri")
    try:
        (signer,) = read_keys(new_key.read_text(encoding="utf-8"))
    except (NoteError, ValueError, OSError) as wrong:
        raise cli_error("bad_key", USAGE, where=new_key, why=wrong) from wrong
    store = open_store(settings)
    try:
        previous = last_adopted(store, _first_key(settings)) or notary_keys(settings)[0].verifier
        if signer.verifier == previous or signer.name != previous.name:
            raise cli_error("key_does_not_follow", USAGE, new=signer.verifier, previous=previous)
        _hand_over(settings, signer)
        adopt(store, signer.verifier, previous, why)
    finally:
        store.close()
    notes().print(
        both("notary.rotated", previous=previous, new=signer.verifier), soft_wrap=True, markup=False
    )


def _first_key(settings: Settings) -> "Verifier | None":
    """The key that the newest log began with; None before its first checkpoint."""
    from shared.audit.keys import FOLDER
    from shared.audit.log import KEYS
    from shared.audit.notes import NoteError, Verifier

    logs = settings.data / FOLDER
    try:
        current = (logs / "current").read_text(encoding="utf-8").strip()
        return Verifier.parse((logs / current / KEYS).read_text(encoding="utf-8").split()[0])
    except FileNotFoundError:
        return None
    except (NoteError, OSError, UnicodeDecodeError, IndexError) as damage:
        raise cli_error("damaged_log", FAILED, folder=logs, why=damage) from damage


def _hand_over(settings: Settings, signer: "Signer") -> None:
    """Let the notary have the new key beside the old one; it reads the file again at each signing."""
    from shared.audit.keys import add_key, key_file, notary_keys
    from shared.audit.notes import NoteError

    path = key_file(settings)
    if path is None:
        if signer not in notary_keys(settings):
            raise cli_error("key_not_given", USAGE, variable="BCD_NOTARY_KEY")
        return
    try:
        add_key(path, signer)
    except NoteError as wrong:
        raise cli_error("bad_key", FAILED, where=path, why=wrong) from wrong
    except OSError as error:
        raise cli_error("not_written", FAILED, file=path, why=error.strerror) from error
