"""An Office file with nothing in it but its content: parts in a fixed order, without times."""

import io
import zipfile
from typing import Final

FIRST: Final = "[Content_Types].xml"
BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP entry can bear; it says nothing."""


def sealed(package: bytes) -> bytes:
    """The same package with its parts in the order of their names, each with the same time and rights."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != FIRST, name)):
            entry = zipfile.ZipInfo(name, BEGINNING)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(name), compresslevel=6)
    return made.getvalue()
