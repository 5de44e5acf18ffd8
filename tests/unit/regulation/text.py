"""The regulation as it was issued, without what only the page needed: broken lines, bold print."""

from pathlib import Path
from typing import Final

ISSUED: Final = Path(__file__).parents[3] / "examples" / "lang-son" / "quy-che-64-qd-bcd.txt"


def normalised(text: str) -> str:
    """One line, single spaces, no marks of bold print."""
    return " ".join(text.replace("**", "").split())


def body() -> str:
    """From the first chapter to the last word, without the sign that ends the document."""
    whole = normalised(ISSUED.read_text(encoding="utf-8"))
    return whole[whole.index("Chương I ") :].removesuffix("/.")
