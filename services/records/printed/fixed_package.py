"""A written package (.docx, .xlsx) without the clock of the machine: the same content is the same bytes."""

import re
import shutil
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIXED: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can tell; it says nothing about when the package was made."""
CORE: Final = "docProps/core.xml"
_TIMES: Final = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")


def without_clock(made: Path, target: Path) -> None:
    """Write the package again with fixed times, part by part, in the order in which it was made."""
    with ZipFile(made) as source, ZipFile(target, "w", ZIP_DEFLATED) as package:
        for one in source.infolist():
            part = ZipInfo(one.filename, FIXED)
            part.compress_type = ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            part.create_system = 3
            if one.filename == CORE:
                package.writestr(part, _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", source.read(one)))
                continue
            part.file_size = one.file_size  # tells whether the part needs the large form of a zip
            with source.open(one) as read, package.open(part, "w") as write:
                shutil.copyfileobj(read, write)
