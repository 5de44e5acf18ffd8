"""Names of files as text in which a mark of secrecy is found: `KH_MẬT-2026.pdf` is one."""

import re
from typing import Final

_BETWEEN: Final = re.compile(r"[_\-.+~/\\]+")


def name_in_words(name: str | None) -> str | None:
    """A name with spaces where people write something else between words."""
    return None if name is None else _BETWEEN.sub(" ", name)
