"""Text as the product keeps it: Unicode NFC, and identifiers made from Vietnamese names."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[^a-z0-9]+")


def nfc(text: str) -> str:
    """The composed form (NFC) in which text is stored and hashed."""
    return unicodedata.normalize("NFC", text)


def is_nfc(text: str) -> bool:
    """Whether a text is in its composed form; ASCII always is."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def slug(name: str) -> str:
    """An ASCII identifier of a Vietnamese name: `Sở Xây dựng` → `so-xay-dung`.

    Raises ValueError where nothing of the name is left.
    """
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    ascii_only = "".join(letter for letter in plain if not unicodedata.combining(letter))
    made = _SEPARATORS.sub("-", ascii_only).strip("-")
    if not made:
        raise ValueError(f"no identifier can be made from {name!r}")
    return made
