"""How wide a text is in Times New Roman, near enough to break headings evenly and to draw their rules."""

import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import Final

_WIDTHS: Final = (
    (250, " .,"),
    (278, "il/;:|"),
    (333, "fjt-()rI[]"),
    (389, "sJz"),
    (444, "aceg?"),
    (500, "bdhknopquvxy0123456789$“”–_"),
    (556, "FPSu&"),
    (611, "ELTZ"),
    (667, "BCRY"),
    (722, "ADGHKNOQUVXw"),
    (833, "m%"),
    (889, "M…"),
    (944, "W"),
)
"""Thousandths of the size, after the metrics that Adobe publishes for Times."""
_OF: Final = {letter: width for width, letters in _WIDTHS for letter in letters}
_BOLD: Final = 1.05
"""By how much the bold letters are wider."""

LINKS: Final = frozenset(
    (
        "và",
        "của",
        "về",
        "tại",
        "tỉnh",
        "thành",
        "năm",
        "quý",
        "tháng",
        "cho",
        "theo",
        "trong",
        "với",
        "thuộc",
        "để",
        "từ",
        "đến",
        "nhân",
        "trên",
        "ngày",
        "kỳ",
        "lần",
    )
)
"""Words with which a phrase begins in the names and subjects of documents."""
CUT: Final = 0.2
"""What a break inside a phrase costs; two lines that differ by half of the room cost about as much."""
MORE: Final = 0.03
"""What a line more costs."""
TOO_LONG: Final = 1000.0


def width(text: str, size: float, bold: bool = False) -> float:
    """In points. Marks add nothing to their letter."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    units = sum(_OF.get(letter, 500) for letter in plain if not unicodedata.combining(letter))
    return units * size / 1000 * (_BOLD if bold else 1)


def broken(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The text in lines of at most `room` points, about as long as one another, broken where a phrase begins.

    It takes one line more than it must where that saves a phrase. A word longer than the room stands alone.
    """
    words = text.split()
    if not words:
        return []

    space = width(" ", size, bold)
    begins = [0.0, *accumulate(width(word, size, bold) + space for word in words)]

    def length(first: int, end: int) -> float:
        return begins[end] - begins[first] - space

    def cost(first: int, end: int, target: float) -> float:
        """What a line costs not as long as the others; a word that is too long stands all the same."""
        line = length(first, end)
        return ((line - target) / room) ** 2 + (TOO_LONG if line > room and end > first + 1 else 0)

    @cache
    def best(first: int, count: int, target: float) -> tuple[float, tuple[int, ...]]:
        """The cost of the words from `first` on in `count` lines, and where these end."""
        if count == 1:
            return cost(first, len(words), target), (len(words),)
        tried = []
        for end in range(first + 1, len(words) - count + 2):
            if length(first, end) > room and end > first + 1:
                break
            after, ends = best(end, count - 1, target)
            cut = 0.0 if words[end].lower() in LINKS else CUT
            tried.append((cost(first, end, target) + cut + after, (end, *ends)))
        return min(tried)

    whole = length(0, len(words))
    least = _fewest(length, len(words), room)
    counts = [n for n in range(least, least + 3) if n <= len(words)] or [len(words)]
    found = min((best(0, n, whole / n)[0] + MORE * (n - least), n) for n in counts)
    ends = best(0, found[1], whole / found[1])[1]
    return [" ".join(words[first:end]) for first, end in zip((0, *ends), ends, strict=False)]


def _fewest(length: Callable[[int, int], float], words: int, room: float) -> int:
    """How many lines it takes when each is filled as far as it goes."""
    count, first = 1, 0
    for end in range(2, words + 1):
        if length(first, end) > room:
            count, first = count + 1, end - 1
    return count
