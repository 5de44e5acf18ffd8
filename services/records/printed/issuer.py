"""Who issues a document, under whom, and where: read from the name that the committee bore on the day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.meetings.document.events import Body
from services.meetings.document.signing import body_of
from shared.catalogue import say

_PLACE: Final = re.compile(r"\b(tỉnh|thành phố|huyện|thị xã|quận|xã|phường)\s+(\S.*)$", re.IGNORECASE)
_REMARK: Final = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True)
class Issuer:
    """`parent` is the body above, `place` the name of the place that stands before the day."""

    body: str
    parent: str | None
    place: str | None


def issuer_of(name: str, series: str, agency: str | None = None) -> Issuer:
    """The committee for its own series, the support team under it for the team's, the agency for its own.

    The committee uses the seal of the People's Committee of its place (D9.1), which stands above it.
    """
    found = _PLACE.search(_REMARK.sub("", name).strip())
    above = say("printed.peoples_committee", of=f"{found[1]} {found[2]}") if found else None
    place = found[2] if found else None
    match body_of(series):
        case Body.COMMITTEE:
            return Issuer(name, above, place)
        case Body.SUPPORT_TEAM:
            return Issuer(say("printed.support_team"), name, place)
        case Body.AGENCY:
            return Issuer(agency or series, above, place)


def series_of(number: str) -> str:
    """`BCĐ` of `05/QĐ-BCĐ`, `BCĐ` of `05/BCĐ-TGV`; empty where there is none."""
    parts = re.split(r"[/-]", number)
    if len(parts) < 3:
        return parts[-1] if len(parts) == 2 else ""
    return parts[1] if body_of(parts[1]) is not Body.AGENCY else "-".join(parts[2:])


def head_of(post: str, body: str) -> str:
    """`Trưởng Ban` of `Ban Chỉ đạo …` is `Trưởng Ban Chỉ đạo …`."""
    first, _, rest = body.partition(" ")
    return f"{post} {rest}" if post.lower().endswith(first.lower()) else f"{post} {body}"


def own(row: Mapping[str, Any] | None, agencies: Mapping[str, str]) -> str | None:
    """The agency whose document it is."""
    agency = row["agency"] if row else None
    return agencies.get(str(agency), str(agency)) if agency else None
