"""Whether a disk has no room left, which passes, or refuses for another reason."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Final

FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_BYTES: Final = 1024 * 1024


def is_full(folder: Path) -> bool:
    """Whether a megabyte cannot be had in a folder: of the disk, or of this user's share of it."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            os.posix_fallocate(file.fileno(), 0, _BYTES)
    except OSError as error:
        return error.errno in FULL
    return False
