"""Days and hours as a document writes them, as exact as they are known."""

from datetime import datetime

from services.meetings.document.number import day_in_words, padded
from shared.catalogue import say
from shared.dates import VIETNAM, Moment


def day_words(moment: str) -> str:
    """`ngày 05 tháng 02 năm 2026`, `tháng 02 năm 2026` or `năm 2026`."""
    known = Moment(moment)
    if len(known) >= len("2026-02-05"):
        return day_in_words(known.earliest)
    words = day_in_words(known.earliest)
    return words[words.index("tháng" if len(known) == len("2026-02") else "năm") :]


def hour_words(moment: str | None) -> str | None:
    """`08 giờ 30 phút` in Viet Nam; None where only a day is known."""
    if moment is None or "T" not in moment:
        return None
    at = datetime.fromisoformat(moment).astimezone(VIETNAM)
    return say("printed.hour", hour=padded(at.hour), minute=padded(at.minute))
