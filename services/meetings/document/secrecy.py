"""The marks of state secrets in words: what bears one is refused at the door, and nothing of it is kept."""

import re
from collections.abc import Iterable
from typing import Final

from services.meetings.document.events import Secrecy
from services.meetings.rules import Rule
from shared.decider import require

_HIGH: Final = re.compile(r"\b(tuyệt|tối)\s+mật\b", re.IGNORECASE)
_MARK: Final = re.compile(r"[(\[]\s*mật\s*[)\]]|\bđộ\s+mật\b", re.IGNORECASE)
_STAMP: Final = re.compile(r"(?<!BẢO )(?<!BÍ )\bMẬT\b")
"""The word in capitals, as stamped; `BẢO MẬT` and `BÍ MẬT` are no stamps but what a document is about."""


def is_marked(text: str) -> bool:
    """Whether a text bears a mark of secrecy; one that only speaks of secrets bears none."""
    plain = " ".join(text.split())
    return any(pattern.search(plain) for pattern in (_HIGH, _MARK, _STAMP))


def require_no_secret(secrecy: Secrecy | None, texts: Iterable[str | None]) -> None:
    """Refuse what is marked. The refusal repeats nothing of the text."""
    marked = secrecy is not None or any(text is not None and is_marked(text) for text in texts)
    require(
        not marked,
        Rule.NO_STATE_SECRETS,
        "a document with a mark of state secrecy belongs into its own register, outside this system",
    )
