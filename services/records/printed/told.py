"""What the records tell for one document: asked at one moment, with the last event that it rests on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from services.records.printed.parts import not_printable
from services.records.queries import MANY
from shared.catalogue.presentation import names_of, posts_of

Ask = Callable[..., Mapping[str, Any]]
"""A question of `records` by name, with its parts: to its answer. Raises what the question raises."""
Row = Mapping[str, Any]
MOST: Final = 1000
"""Rows of one answer."""


@dataclass
class Told:
    """Asks for one committee; `moment` has the parts `as_of`, `at_position`, `recorded_by` that are known."""

    ask: Ask
    committee: str
    moment: Mapping[str, Any] = field(default_factory=dict)
    position: int = 0
    recorded: datetime = datetime(1980, 1, 1, tzinfo=UTC)

    def show(self, register: str, record: str) -> Mapping[str, Any]:
        """The record with what belongs to it; this is the question that is noted as an export.

        Raises InvalidRequest where there is more of it than one answer shows: no half record is printed.
        """
        question = {"name": register, "committee": self.committee, "id": record, **self.moment}
        answer = self.ask("show", **question, exported_as="docx")
        if any(len(rows) >= MANY for rows in (answer["events"], *answer["related"].values())):
            raise not_printable("record", "too_long", record=record, most=str(MANY))
        return answer

    def rows(self, register: str, on: date | None = None, **filters: Any) -> list[Row]:
        """Rows with these values, as of the day where one is given."""
        question = {"name": register, "committee": self.committee, "limit": MOST, **self._on(on)}
        answer = self.ask("register", **question, **({"filters": filters} if filters else {}))
        return list(answer["rows"])

    def acts(self, document: str) -> list[Row]:
        """The events that were done by this document, as far as the moment knows them."""
        question = {"committee": self.committee, "document": document, "limit": MOST}
        return [one for one in self.ask("journal", **question)["rows"] if self._counts(one)]

    def happened(self, kind: str, stream: str) -> list[Row]:
        """The events of this type in a stream, as far as the moment knows them."""
        question = {"committee": self.committee, "type": kind, "stream": stream, "limit": MOST}
        found = [one for one in self.ask("journal", **question)["rows"] if one["stream"] == stream]
        return [one for one in found if self._counts(one)]

    def sheet(self, on: date) -> Row | None:
        """The committee as it was on the day."""
        found = self.rows("committees", on)
        return self.rests_on(found)[0] if found else None

    def agencies(self, on: date) -> dict[str, str]:
        """What agencies were called on the day, by id."""
        return names_of(self.rests_on(self.rows("agencies", on)))

    def posts(self, on: date) -> dict[str, str]:
        """The posts of the day, by holder, and by `seat:` and the seat."""
        return posts_of(self.rests_on(self.rows("seats", on)))

    def issued(self, number: str, on: date | None) -> Row | None:
        """The entry of the outgoing register with this number; of several years that of the day."""
        found = [one for one in self.rows("outgoing", number=number) if one["date"]]
        found = [one for one in found if on is None or one["date"] == on.isoformat()]
        return self.rests_on(found[:1])[0] if found else None

    def rests_on(self, rows: Iterable[Row]) -> list[Row]:
        """The rows, or events, having noted which of them was recorded last."""
        rows = list(rows)
        for row in rows:
            if row["position"] > self.position:
                self.position = int(row["position"])
                self.recorded = datetime.fromisoformat(str(row["recorded"]))
        return rows

    def _counts(self, event: Row) -> bool:
        """Whether the moment knows an event of the journal, which answers as of now alone."""
        day, last, by = (self.moment.get(name) for name in ("as_of", "at_position", "recorded_by"))
        recorded = datetime.fromisoformat(str(event["recorded"]))
        return (
            (day is None or event["latest"] <= day)
            and (last is None or event["position"] <= last)
            and (by is None or recorded <= datetime.fromisoformat(by))
        )

    def _on(self, day: date | None) -> dict[str, Any]:
        asked = self.moment.get("as_of")
        if day is None:
            return dict(self.moment)
        return {**self.moment, "as_of": min(day.isoformat(), asked) if asked else day.isoformat()}
