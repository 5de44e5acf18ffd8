"""What a visitor asks of a register, from the address of its page, and the addresses that ask otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from services.gateway.questions import BadNumber, day_asked
from shared.catalogue import say
from shared.catalogue.days import DAYS
from shared.catalogue.presentation import day

BEHIND: Final = ("recorded", "effective")
"""Columns of days that nobody looks for first."""
LONGEST: Final = 200
"""Characters of a search."""
LAST_POSITION: Final = 2**63 - 1


@dataclass(frozen=True)
class Looking:
    """A question as the address of a page has it; `from_` and `to` are days of the column `by`."""

    as_of: str | None = None
    at_position: int | None = None
    recorded_by: str | None = None
    search: str | None = None
    sort: tuple[str, ...] = ()
    by: str | None = None
    from_: str | None = None
    to: str | None = None

    @property
    def moment(self) -> dict[str, Any]:
        """The parts of the moment that are asked for."""
        parts = {"as_of": self.as_of, "at_position": self.at_position, "recorded_by": self.recorded_by}
        return {name: value for name, value in parts.items() if value is not None}

    @property
    def told(self) -> str:
        """The moment in words; empty for now."""
        parts: list[str] = []
        if self.as_of:
            parts.append(say("page.state_on", day=day(self.as_of)))
        if self.at_position is not None:
            parts.append(say("looking.at", position=self.at_position))
        if self.recorded_by:
            parts.append(say("looking.known", time=day(self.recorded_by)))
        return ", ".join(parts)

    @property
    def question(self) -> dict[str, Any]:
        """All parts but the day, for `records.register`."""
        between = {"from": self.from_, "to": self.to}
        given = {name: value for name, value in between.items() if value}
        asked: dict[str, Any] = {name: one for name, one in self.moment.items() if name != "as_of"}
        asked |= {"search": self.search} if self.search else {}
        asked |= {"sort": list(self.sort)} if self.sort else {}
        return asked | ({"ranges": {self.by: given}} if self.by and given else {})

    @property
    def chooses(self) -> bool:
        """Whether rows are left out, or read in another order."""
        return any(name in self.question for name in ("search", "sort", "ranges"))

    def query(self, **changes: Any) -> dict[str, Any]:
        """The parts of an address that asks the same but for these."""
        parts = {"from" if name == "from_" else name: value for name, value in asdict(self).items()}
        return {name: value for name, value in (parts | changes).items() if value not in (None, "", ())}

    def order(self, column: str) -> str | None:
        """How the page is sorted by this column, in the words of ARIA; None where it is not."""
        return {column: "ascending", f"-{column}": "descending"}.get(self.sort[0]) if self.sort else None

    def sorted_by(self, column: str) -> dict[str, Any]:
        """The address that sorts by this column: ascending, then descending, then as the register is read."""
        after = {None: (column,), "ascending": (f"-{column}",), "descending": ()}
        return self.query(sort=after[self.order(column)])


def looking(arguments: MultiDict[str, str]) -> Looking:
    """Raises BadDate, BadNumber."""
    return Looking(
        as_of=day_asked(arguments),
        at_position=_position(arguments),
        recorded_by=_text(arguments, "recorded_by"),
        search=_text(arguments, "search"),
        sort=tuple(filter(None, arguments.getlist("sort"))),
        by=_text(arguments, "by"),
        from_=day_asked(arguments, "from"),
        to=day_asked(arguments, "to"),
    )


def day_columns(columns: Sequence[str], shown: Sequence[str]) -> list[str]:
    """The columns of days that may be asked for: those of the table first."""
    there = [one for one in columns if one in DAYS]
    return sorted(there, key=lambda one: (one not in shown, one in BEHIND))


def _text(arguments: Mapping[str, str], name: str) -> str | None:
    return arguments.get(name, "").strip()[:LONGEST] or None


def _position(arguments: Mapping[str, str]) -> int | None:
    value = arguments.get("at_position", "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and int(value[:20]) <= LAST_POSITION):
        raise BadNumber("at_position", 0, LAST_POSITION)
    return int(value)
