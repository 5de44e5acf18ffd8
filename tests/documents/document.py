"""One generated document: where it lies, and what it should say."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
COMMAND: Final = "make docs"


@dataclass(frozen=True)
class Document:
    """`path` from the project's folder; `text` makes its content, the same from the same code."""

    path: str
    text: Callable[[], str]

    @property
    def file(self) -> Path:
        return ROOT / self.path

    def stale(self) -> bool:
        """Whether the file is not there or says something else than the code."""
        return not self.file.is_file() or self.file.read_text(encoding="utf-8") != self.text()

    def write(self) -> bool:
        """Bring the file up to date; whether there was anything to change."""
        changed = self.stale()
        if changed:
            self.file.write_text(self.text(), encoding="utf-8")
        return changed
