"""The notary's signing keys: where they come from, and the one that is made where nobody gave any."""

import logging
import os
from pathlib import Path
from typing import Final

from shared.audit.notes import ED25519, NoteError, Signer
from shared.catalogue import both
from shared.settings import Settings, SettingsError, variable

log = logging.getLogger(__name__)

FOLDER: Final = "notary"
"""Below the data folder: the logs, one folder each, and the key that was made here."""
LOCAL_NAME: Final = "bcd.local"
"""The name of a key that was made because none was given."""


def read_keys(text: str) -> tuple[Signer, ...]:
    """The signing keys of a text, one a line, in the order in which they were adopted.

    Raises NoteError, which shows nothing of them.
    """
    signers = tuple(dict.fromkeys(Signer.parse(line) for line in text.split()))
    if not signers or any(signer.kind != ED25519 for signer in signers):
        raise NoteError("a log signs with an Ed25519 key of the kind 01; none such is given")
    if len({signer.name for signer in signers}) != 1:
        raise NoteError("the keys of one log have one name")
    return signers


def key_file(settings: Settings) -> Path | None:
    """The file that the notary reads its keys from; None where they come from the environment."""
    if settings.notary_key is not None:
        return None
    return settings.notary_key_file or settings.data / FOLDER / "key"


def notary_keys(settings: Settings) -> tuple[Signer, ...]:
    """The keys that the settings give; without any, one is made in the data folder, once.

    Raises SettingsError.
    """
    if settings.notary_key is not None and settings.notary_key_file is not None:
        one, other = variable("notary_key"), variable("notary_key_file")
        raise SettingsError(both("settings.one_of", one=one, other=other))
    path = key_file(settings)
    try:
        if path is None:
            assert settings.notary_key is not None
            return read_keys(settings.notary_key.get_secret_value())
        if settings.notary_key_file is None and not path.exists():
            signer = Signer.new(LOCAL_NAME)
            write_key(path, signer)
            log.warning("%s", both("notary.key_made", file=path, verifier=signer.verifier))
        return read_keys(path.read_text())
    except (NoteError, OSError, UnicodeDecodeError) as wrong:
        name = variable("notary_key" if path is None else "notary_key_file")
        why = f"{path}: {wrong}" if path is not None and isinstance(wrong, NoteError) else wrong
        raise SettingsError(both("settings.malformed", name=name, why=why)) from None


def write_key(path: Path, signer: Signer) -> None:
    """A new file that nobody else may read. Raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{signer.secret()}\n")


def add_key(path: Path, signer: Signer) -> None:
    """One more line in a file of keys; nothing where it is there already. Raises NoteError, OSError."""
    if not path.exists():
        write_key(path, signer)
        return
    held = path.read_text()
    if signer not in read_keys(f"{held}\n{signer.secret()}")[: len(read_keys(held))]:
        with path.open("a") as file:
            file.write(("" if held.endswith("\n") else "\n") + f"{signer.secret()}\n")
