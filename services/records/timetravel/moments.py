"""A moment as people write it in one word, for commands and addresses that take two of them."""

import re
from typing import Final

from services.records.as_of import NOW, AsOf, day, instant
from shared.catalogue import both
from shared.errors import InvalidRequest

_POSITION: Final = re.compile(r"@(\d{1,18})")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def moment_written(where: str, text: str) -> AsOf:
    """`2022-09-28`: what had taken effect by that day; `@1234`: what the store held at that position;
    `2022-09-28T15:00:00+07:00`: what it held at that time; `now`. A day followed by a position, or by a comma
    and a time: what was known then of that day.

    Raises InvalidRequest, which names `where`.
    """
    text = text.strip()
    if text == "now":
        return NOW
    by_day, position, recorded = None, None, None
    for part in re.split(r",|(?<=\d)(?=@)", text):
        part = part.strip()
        if found := _POSITION.fullmatch(part):
            position = int(found[1])
        elif _DAY.fullmatch(part):
            by_day = day(where, part)
        elif "T" in part:
            recorded = instant(where, part)
        else:
            raise InvalidRequest(where, both("difference.no_moment", value=text))
    return AsOf(by_day, position, recorded)
