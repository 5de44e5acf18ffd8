"""Text as a document takes it: in NFC, without what XML cannot hold, in capitals where they are due."""

import re
from typing import Final

from shared.text import nfc

_UNHOLDABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """On one line."""
    return " ".join(nfc(_UNHOLDABLE.sub("", text)).split())


def lines(text: str) -> list[str]:
    """Each line that has something on it."""
    return [one for line in nfc(text).splitlines() if (one := clean(line))]


def sentence(text: str) -> str:
    """With a capital at its beginning, all else as it is."""
    return text[:1].upper() + text[1:]


def capitals(text: str) -> str:
    return text.upper()
