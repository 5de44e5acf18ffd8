"""Which agencies became which others, as a title says it: merged, taken in, or only renamed."""

import re
from dataclasses import dataclass

from services.cli.importer import names

_MERGED = re.compile(
    r"(?:hợp nhất|sáp nhập|nhập)\s+(?P<parts>.+?)\s+(?:thành(?: lập)?|để thành lập)\s+(?P<new>.+)$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"thành lập\s+(?P<new>.+?)\s+trên cơ sở\s+(?:hợp nhất|sáp nhập)\s+(?P<parts>.+)$", re.IGNORECASE
)
_TAKEN_IN = re.compile(r"(?:sáp nhập|nhập)\s+(?P<parts>.+?)\s+vào\s+(?P<new>.+)$", re.IGNORECASE)
_RENAMED = re.compile(r"đổi tên\s+(?P<parts>.+?)\s+thành\s+(?P<new>.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Succession:
    """Predecessors and the one that follows; `into_standing` where it stood before and goes on."""

    predecessors: tuple[str, ...]
    successor: str
    into_standing: bool = False
    renamed: bool = False


def successions_in(title: str) -> list[Succession]:
    """Every succession of a title, clause by clause; only between names that begin like agencies."""
    found = [_of_clause(clause.strip()) for clause in re.split(r"[;:]|\.\s", title)]
    return [succession for succession in found if succession is not None]


def _of_clause(clause: str) -> Succession | None:
    for pattern, into_standing, renamed in (
        (_FROM, False, False),
        (_MERGED, False, False),
        (_TAKEN_IN, True, False),
        (_RENAMED, False, True),
    ):
        match = pattern.search(clause)
        if match is None:
            continue
        parts = names.agencies_in(match["parts"])
        new = names.agencies_in(re.split(r"\s+(?:từ|kể từ|theo|trực thuộc) ", match["new"])[0])
        whole = all(names.begins_like_agency(name) and "Ban Chỉ đạo" not in name for name in (*parts, *new))
        enough = len(parts) > 1 or into_standing or renamed
        if whole and parts and enough and len(new) == 1 and not (renamed and len(parts) > 1):
            return Succession(tuple(parts), new[0], into_standing, renamed)
    return None
