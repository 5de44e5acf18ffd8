"""An Office file with nothing in it but its content: parts in a fixed order, without a clock."""

import re
import shutil
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST: Final = "[Content_Types].xml"
BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP entry can bear; it says nothing."""
CORE: Final = "docProps/core.xml"
_TIMES: Final = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")

File = Path | BinaryIO


def sealed(made: File, target: File, *, timeless: bool = False) -> None:
    """Write the package again, its parts in the order of their names, each with the same time and rights.

    `timeless` takes the times out of its properties too, where the library that made it wrote the clock.
    """
    with ZipFile(made) as old, ZipFile(target, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != FIRST, name)):
            part = ZipInfo(name, BEGINNING)
            part.compress_type, part.create_system = ZIP_DEFLATED, 3
            part.external_attr = 0o644 << 16
            if timeless and name == CORE:
                new.writestr(part, _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", old.read(name)))
                continue
            part.file_size = old.getinfo(
                name
            ).file_size  # tells whether the part needs the large form of a zip
            with old.open(name) as read, new.open(part, "w") as write:
                shutil.copyfileobj(read, write)
