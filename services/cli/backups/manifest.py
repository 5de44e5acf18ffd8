"""The manifest of a backup: what it holds, up to where, the SHA-256 of every file; its own is beside it."""

import hashlib
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from services.cli.backups.files import write_file
from services.cli.errors import cli_error

NAME: Final = "manifest.json"
SUM: Final = "manifest.sha256"
"""The manifest's own digest, in the form that `sha256sum --check` reads."""
LOG: Final = "store/events.sqlite"
CONTENTS: Final = "contents"
KEYS: Final = "keys"
NOTARY: Final = "notary"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Store(_Part):
    """The log: `head` is the position of its last event."""

    epoch: str
    head: int
    events: int


class Tree(_Part):
    """A Merkle tree over the first `size` events; the root in hex. `origin` names the log that signed it."""

    size: int
    root: str
    origin: str | None = None


class Model(_Part):
    hash: str
    rows: int


class Records(_Part):
    """The read models at a position; `shape` and `code` are of the software that made them."""

    position: int
    shape: str
    code: str | None
    models: dict[str, Model]
    quarantine: tuple[str, ...]


class File(_Part):
    sha256: str
    bytes: int


class Manifest(_Part):
    """`warnings` are sentences about what the backup found amiss and could not leave out of sight."""

    format: Literal["bcd-backup/1"] = "bcd-backup/1"
    id: str
    made_at: str
    by: str
    versions: dict[str, str]
    store: Store
    tree: Tree
    notary: Tree | None
    records: Records | None
    with_keys: bool
    warnings: tuple[str, ...]
    files: dict[str, File]

    def write(self, folder: Path) -> None:
        content = (self.model_dump_json(indent=1) + "\n").encode()
        write_file(folder / NAME, [content])
        write_file(folder / SUM, [f"{hashlib.sha256(content).hexdigest()}  {NAME}\n".encode()])

    @staticmethod
    def read(folder: Path) -> "Manifest":
        """Raises CliError where there is none, or where it is not as it was written."""
        path = folder / NAME
        try:
            content, said = path.read_bytes(), (folder / SUM).read_bytes()
        except OSError as error:
            raise cli_error("not_a_backup", folder=folder, file=error.filename, why=error.strerror) from error
        if said != f"{hashlib.sha256(content).hexdigest()}  {NAME}\n".encode():
            raise cli_error("backup_damaged", file=path, why=f"{SUM}")
        try:
            return Manifest.model_validate_json(content)
        except ValidationError as wrong:
            first = wrong.errors(include_input=False, include_url=False, include_context=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise cli_error("backup_unknown", file=path, why=f"{where}: {first['msg']}") from None
