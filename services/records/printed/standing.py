"""What became of an issued document: recalled, replaced, corrected, as the register of its series tells."""

from collections.abc import Mapping
from typing import Final

from services.records.printed.citing import citation
from services.records.printed.told import Row, Told
from services.records.printed.when import day_words
from shared.catalogue import say

WORDS: Final[Mapping[str, str]] = {
    "DocumentRecalled": "recalled",
    "DocumentReplaced": "replaced",
    "DocumentCorrected": "corrected",
}
UNTOUCHED: Final = ("issued", "voided")


def standing(told: Told, entry: Row) -> list[str]:
    """A line for each event, in their order; the decree has no form for it, so it stands below the number."""
    if entry["state"] in UNTOUCHED:
        return []
    stream = str(entry["event"]).partition("@")[0]
    events = [one for kind in WORDS for one in told.happened(kind, stream) if _about(one, entry)]
    events.sort(key=lambda one: int(one["position"]))
    return [_line(one) for one in told.rests_on(events)]


def _about(event: Row, entry: Row) -> bool:
    return bool(event["data"]["document_id"] == entry["document_id"])


def _line(event: Row) -> str:
    """`(Đã thu hồi ngày 21 tháng 7 năm 2025)`, `(Được thay thế bởi Kế hoạch số 08/KH-BCĐ ngày …)`."""
    by = event["data"].get("by")
    document = citation(by) if by else ""
    return say(
        f"printed.standing.{WORDS[event['type']]}", day=day_words(event["effective"]), document=document
    )
