"""The data folder: what this product keeps in it, the marker that says it is ours, and its deletion."""

import shutil
from pathlib import Path
from typing import Final

from services.cli.errors import cli_error
from shared.catalogue import both
from shared.runtime.supervisor import read_status

MARKER: Final = ".bcd-data"
KEPT: Final = (
    "store",
    "rabbitmq",
    "logs",
    "records*",
    "addresses.json",
    "status",
    "status.json*",
    "supervisor.lock",
    "clock*",
    "notary",
)
"""Everything that the product's processes keep there, as patterns."""


def claim(folder: Path) -> None:
    """Make the folder ours, or find that it is; raises CliError where it holds things of somebody else."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MARKER).exists():
        if _strangers(folder):
            raise cli_error("not_ours", folder=folder, marker=MARKER)
        (folder / MARKER).write_text(both("cli.marker") + "\n", encoding="utf-8")


def reset(folder: Path) -> list[Path]:
    """Delete what the product made there; what somebody else put beside it stays, and is returned.

    Raises CliError where the folder is not ours or a system runs on it.
    """
    if not folder.exists():
        return []
    claim(folder)
    if read_status(folder) is not None:
        raise cli_error("in_use", folder=folder)
    for pattern in KEPT:
        for path in folder.glob(pattern):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    return _strangers(folder)


def _strangers(folder: Path) -> list[Path]:
    ours = {path for pattern in (*KEPT, MARKER) for path in folder.glob(pattern)}
    return sorted(set(folder.iterdir()) - ours)
