"""`bcd notary`: the public log as people meet it: its state, proofs of single events, cosignatures, keys."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli import notary_keys, notary_show
from services.cli.console import notes, output
from services.cli.errors import FAILED, NOT_FOUND, USAGE, CliError, cli_error
from services.cli.notary_show import current_log
from shared.catalogue import both
from shared.settings import load_settings

if TYPE_CHECKING:  # what signs and verifies is loaded by the commands that need it
    from shared.audit.notes import Verifier

app = typer.Typer(no_args_is_help=True)
app.command("show", help=both("cli.notary_show"))(notary_show.command)
app.add_typer(notary_keys.app, name="key", help=both("cli.notary_keys"))
app.command("rotate", help=both("cli.notary_rotate"))(notary_keys.rotate)

To = Annotated[Path | None, typer.Option("--to", help=both("cli.notary_to"), dir_okay=False)]


@app.command("prove", help=both("cli.notary_prove"))
def prove(
    reference: Annotated[str, typer.Argument(metavar="STREAM@REVISION", help=both("cli.notary_reference"))],
    to: To = None,
    epoch: Annotated[str | None, typer.Option("--epoch", help=both("cli.notary_epoch"))] = None,
) -> None:
    from shared.audit.keys import FOLDER
    from shared.audit.proofs import NoProof, proof_of

    stream, _, revision = reference.rpartition("@")
    if not stream or not (revision.isascii() and revision.isdigit()):
        raise cli_error("notary_reference", USAGE, given=reference)
    settings = load_settings()
    folder = settings.data / FOLDER / Path(epoch).name if epoch else current_log(settings)
    try:
        _give(str(proof_of(folder, stream, int(revision))), to)
    except NoProof as missing:
        raise cli_error("no_proof", NOT_FOUND, why=missing) from missing


@app.command("check", help=both("cli.notary_check"))
def check(
    proof: Annotated[Path, typer.Argument(help=both("cli.notary_proof"))],
    key: Annotated[list[str], typer.Option("--key", help=both("cli.notary_trusted"))],
) -> None:
    from shared.audit.proofs import Proof, ProofError

    keys = [verifier(one) for one in key]
    try:
        found = Proof.parse(proof.read_text(encoding="utf-8"))
        found.verify(keys)
    except (ProofError, OSError, UnicodeDecodeError) as wrong:
        raise cli_error("proof_fails", FAILED, why=wrong) from wrong
    head = found.head.checkpoint
    output().print(
        both("notary.proven", leaf=found.index, size=head.size, origin=head.origin),
        soft_wrap=True,
        markup=False,
    )
    output().print(found.entry.decode("utf-8", "replace"), markup=False, soft_wrap=True, end="")


@app.command("cosign", help=both("cli.notary_cosign"))
def cosign_(
    log: Annotated[str, typer.Argument(metavar="FOLDER|URL", help=both("cli.notary_log"))],
    state: Annotated[Path, typer.Option("--state", help=both("cli.notary_state"), dir_okay=False)],
    key: Annotated[
        Path, typer.Option("--key", help=both("cli.notary_witness_key"), exists=True, dir_okay=False)
    ],
    trusted: Annotated[str | None, typer.Option("--log-key", help=both("cli.notary_log_key"))] = None,
    to: To = None,
) -> None:
    from shared.audit.cosigning import Seen, cosign, source_of
    from shared.audit.log import LogError
    from shared.audit.notes import NoteError, Signer

    try:
        signer = Signer.parse(key.read_text(encoding="utf-8").strip())
    except (NoteError, OSError, UnicodeDecodeError) as wrong:
        raise cli_error("bad_key", USAGE, where=key, why=wrong) from wrong
    try:
        if state.exists():
            seen = Seen.read(state)
        elif trusted:
            seen = Seen(verifier(trusted))
        else:
            raise cli_error("notary_first", USAGE, option="--log-key")
        seen = cosign(source_of(log), seen, signer, int(time.time()))
        assert seen.head is not None
        seen.write(state)  # remembered before anybody sees it
    except (LogError, OSError) as refusal:
        raise cli_error("not_cosigned", FAILED, why=refusal) from refusal
    told = both("notary.cosigned", size=seen.head.size, origin=seen.head.checkpoint.origin)
    notes().print(told, soft_wrap=True, markup=False)
    _give(str(seen.head.note), to)


def verifier(text: str) -> "Verifier":
    """A verifier key that somebody typed. Raises CliError."""
    from shared.audit.notes import NoteError, Verifier

    try:
        return Verifier.parse(text)
    except NoteError as wrong:
        raise cli_error("bad_key", USAGE, where=text, why=wrong) from wrong


def _give(text: str, to: Path | None) -> None:
    """To a new file, or to standard output as it is."""
    if to is None:
        typer.echo(text, nl=False)
        return
    try:
        with to.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise CliError(both("error.not_written", file=to, why=error.strerror)) from error
    notes().print(both("notary.written", file=to), soft_wrap=True, markup=False)
