"""`bcd notary show`: the newest log, how old its head is, its keys, and which witnesses cosigned it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.console import output, print_json
from services.cli.errors import FAILED, NOT_FOUND, cli_error
from services.cli.tables import grid
from shared.catalogue import both, say, word
from shared.catalogue.presentation import day
from shared.followers.status import read_statuses
from shared.settings import Settings, load_settings

if TYPE_CHECKING:  # what signs and verifies is loaded by the commands that need it
    from shared.audit.log import Head
    from shared.audit.notes import Verifier


def command(as_json: Annotated[bool, typer.Option("--json", help=both("cli.json"))] = False) -> None:
    settings = load_settings()
    found = _state(settings, current_log(settings))
    if as_json:
        print_json(found)
        return
    rows = [(say(f"notary.{name}"), str(found[name])) for name in ("origin", "size", "root", "folder")]
    rows.append((say("notary.signed_at"), say("notary.ago", at=day(found["at"]), seconds=found["age"])))
    rows += [(say("notary.key"), key) for key in found["keys"]]
    rows += [(say("notary.witness"), _witness(one)) for one in found["witnesses"]]
    output().print(grid(say("notary.heading"), ("", ""), rows), soft_wrap=True)


def current_log(settings: Settings) -> Path:
    """The folder of the newest log in the data folder. Raises CliError where there is none."""
    from shared.audit.keys import FOLDER
    from shared.audit.log import CHECKPOINT

    logs = settings.data / FOLDER
    try:
        folder = logs / (logs / "current").read_text(encoding="utf-8").strip()
    except OSError:
        raise cli_error("no_log", NOT_FOUND, folder=logs) from None
    if not (folder / CHECKPOINT).exists():
        raise cli_error("no_log", NOT_FOUND, folder=folder)
    return folder


def _state(settings: Settings, folder: Path) -> dict[str, Any]:
    from shared.audit.log import CHECKPOINT, HISTORY, KEYS, Head
    from shared.audit.witnesses import witnesses_of

    with _readable(folder):
        head = Head.parse((folder / CHECKPOINT).read_text(encoding="utf-8"))
        keys = (folder / KEYS).read_text(encoding="utf-8").split()
        signed = (folder / HISTORY / str(head.size)).stat().st_mtime
        witnesses = [one.verifier for one in witnesses_of(settings.notary_witnesses or "")]
        said = read_statuses(settings.data).get("notary", {}).get("witnesses", [])
        errors = {one["witness"]: one["error"] for one in said}
        return {
            "origin": head.checkpoint.origin,
            "size": head.size,
            "root": head.checkpoint.root.hex(),
            "folder": str(folder),
            "at": datetime.fromtimestamp(signed, UTC).isoformat(timespec="seconds"),
            "age": max(0, int(time.time() - signed)),
            "keys": keys,
            "witnesses": [
                {"key": str(one), "cosigned": _cosigned(head, one), "error": errors.get(one.name)}
                for one in witnesses
            ],
        }


def _cosigned(head: "Head", witness: "Verifier") -> str | None:
    """When the witness cosigned this head; None where it has not."""
    for signature in head.note.signatures:
        if (signature.name, signature.key_id) == (witness.name, witness.key_id):
            at = witness.time_of(head.note.body, signature.value)
            return datetime.fromtimestamp(at or 0, UTC).isoformat(timespec="seconds")
    return None


def _witness(one: dict[str, Any]) -> str:
    when = day(one["cosigned"]) if one["cosigned"] else word("notary", "not_yet")
    return f"{one['key']}: {when}" + (f" ({one['error']})" if one["error"] else "")


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    from shared.audit.notes import NoteError

    try:
        yield
    except (NoteError, OSError, UnicodeDecodeError) as damage:
        raise cli_error("damaged_log", FAILED, folder=folder, why=damage) from damage
