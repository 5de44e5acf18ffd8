"""A .docx as PDF, by LibreOffice where it is installed: one at a time, within a time limit.

The same document gives the same bytes with the same version of LibreOffice and the same fonts: the times, the
file identifier and the check sum that LibreOffice takes from its clock are taken from the document instead.
"""

import hashlib
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from services.records.printed.errors import NoPdf
from shared.runtime.child import stop_child

LIMIT: Final = 60.0
"""Seconds that one document may take; a long register takes some."""
PATIENCE: Final = 30.0
"""Seconds to wait for another document that is being made."""
STOP: Final = 2.0
NAMES: Final = ("soffice", "libreoffice")
EPOCH: Final = "315532800"
"""1 January 1980 as SOURCE_DATE_EPOCH, which newer versions of LibreOffice take for the clock."""
_turn: Final = threading.Lock()


def soffice(named: Path | None = None) -> Path:
    """The program: the one that a setting names, else the one on the path. Raises NoPdf."""
    if named is not None:
        if os.access(named, os.X_OK) and named.is_file():
            return named
        raise NoPdf("no_such_soffice", path=str(named))
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise NoPdf("no_soffice")


def as_pdf(docx: bytes, named: Path | None = None, limit: float = LIMIT, patience: float = PATIENCE) -> bytes:
    """The document as PDF; `named` is the program of the setting. Raises NoPdf, which says why."""
    program = soffice(named)
    if not _turn.acquire(timeout=patience):
        raise NoPdf("pdf_busy", seconds=f"{patience:g}")
    try:
        with TemporaryDirectory(prefix="bcd-pdf-") as folder:
            document = Path(folder) / "document.docx"
            document.write_bytes(docx)
            made = _converted(program, document, Path(folder), limit)
    finally:
        _turn.release()
    return without_clock(made, hashlib.sha256(docx).hexdigest())


def _converted(program: Path, document: Path, folder: Path, limit: float) -> bytes:
    """LibreOffice with a profile of its own, so that no other run of it stands in the way."""
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
    ]
    command += ["--convert-to", "pdf", "--outdir", str(folder / "out"), str(document)]
    known = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    environment = {**known, "HOME": str(folder), "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": EPOCH}
    with (folder / "said").open("w+b") as said:
        child = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            status = child.wait(limit)
        except subprocess.TimeoutExpired:
            raise NoPdf("pdf_late", seconds=f"{limit:g}") from None
        finally:
            stop_child(child, STOP)
        said.seek(0)
        words = said.read().decode(errors="replace").strip()
    made = folder / "out" / f"{document.stem}.pdf"
    content = made.read_bytes() if made.is_file() else b""
    if status != 0 or not content.startswith(b"%PDF-"):
        raise NoPdf("pdf_failed", status=str(status), said=words[-300:] or "—")
    return content


def without_clock(pdf: bytes, digest: str) -> bytes:
    """The file with nothing of the clock in it; every part keeps its length, so that all places hold good.

    `digest` is a SHA-256 in hexadecimal, from which the file identifier is taken.
    """
    name = digest[:32].upper().encode()
    for pattern, put in _CLOCKED:
        pdf = pattern.sub(lambda found, put=put: put(found, name), pdf)  # type: ignore[misc]
    return pdf


Put = Callable[[re.Match[bytes], bytes], bytes]
_CLOCKED: Final[tuple[tuple[re.Pattern[bytes], Put], ...]] = (
    (re.compile(rb"(/(?:CreationDate|ModDate)\(D:)\d{14}"), lambda found, _: found[1] + b"19800101000000"),
    (
        re.compile(rb"(/ID\s*\[\s*<)[0-9A-F]{32}(>\s*<)[0-9A-F]{32}(>)"),
        lambda found, name: found[1] + name + found[2] + name + found[3],
    ),
    (re.compile(rb"(/DocChecksum\s*/)[0-9A-F]{32}"), lambda found, name: found[1] + name),
)
"""What LibreOffice takes from the clock, and what stands in its place."""
