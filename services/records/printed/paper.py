"""What every document has: issuing body, number, place and day, who signs, who receives it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.meetings.document.events import TypeCode
from services.meetings.document.number import place_and_day
from services.meetings.document.signing import COMMITTEE_SERIES, TEAM_SERIES
from services.records.printed import on_behalf
from services.records.printed.citing import Reference
from services.records.printed.closing import Signature
from services.records.printed.issuer import Issuer, issuer_of, own, series_of
from services.records.printed.layout import Masthead, Sheet
from services.records.printed.listing import code_version
from services.records.printed.parts import GAP, Gaps, Printed, mark_of, not_printable
from services.records.printed.standing import standing
from services.records.printed.told import Row, Told
from shared.catalogue import say


@dataclass
class Paper:
    """One document in the making; `entry` is its line in the register of outgoing documents, if any."""

    told: Told
    type_code: TypeCode
    issuer: Issuer
    series: str
    on: date
    number: str | None
    day: date | None
    entry: Row | None
    agencies: Mapping[str, str]
    posts: Mapping[str, str]
    gaps: Gaps = field(default_factory=Gaps)

    @property
    def symbol(self) -> str:
        """`05/TB-BCĐ`, or with a gap for the number while none was issued."""
        return self.number or f"{GAP}/{self.type_code}-{self.series}"

    def sheet(self, to_sign: bool, with_place: bool = True) -> Sheet:
        """The sheet with its masthead; all gaps must have been looked for. `to_sign` leaves out the mark."""
        where = self.gaps.filled(self.issuer.place, "place") if with_place else ""
        draft = say("printed.draft") if self.number is None or self.gaps.keys else None
        became = standing(self.told, self.entry) if self.entry else ()
        sheet = Sheet(None if to_sign else mark_of(self.told.position, code_version()))
        no_day = say("printed.no_day", place=where, year=self.on.year)
        place = place_and_day(where, self.day) if self.day else no_day
        sheet.masthead(
            Masthead(
                self.issuer.body,
                self.issuer.parent,
                say("printed.number", symbol=self.symbol),
                place if with_place else None,
                standing=became,
                draft=draft,
            )
        )
        return sheet

    def signature(self, act: Row | None) -> Signature:
        """By the register where the document is in it, else of who did the act that it prints."""
        if self.entry:
            return on_behalf.signed(self.entry, self.posts)
        if act:
            return on_behalf.to_sign(act, self.posts)
        return Signature([self.gaps.filled(None, "signatory")])

    def recipients(self, proposed: Iterable[str]) -> list[str]:
        """Those of the register, or else those proposed; the copy that is kept comes last."""
        if self.entry and self.entry["recipients"]:
            return [
                *self.entry["recipients"],
                self.entry["archived_by"] or say("printed.kept", by=TEAM_SERIES),
            ]
        return [*dict.fromkeys(proposed), say("printed.kept", by=TEAM_SERIES)]

    def called(self, agencies: Sequence[str], wording: str | None = None) -> str:
        """Agencies by the names that they bore; in the words of a source where it names none."""
        return "; ".join(self.agencies.get(one, one) for one in agencies) or wording or ""

    def who(self, person: str) -> str:
        """A person by the post of the day."""
        return self.posts.get(person, person)

    def printed(self, kind: str, sheet: Sheet, title: str) -> Printed:
        told = self.told
        content = sheet.docx(title, self.issuer.body, told.recorded, str(told.position))
        return Printed(kind, content, self.number, self.gaps.told(), told.position)


def begun(
    told: Told, type_code: TypeCode, references: Iterable[Reference | None], on: date, team: bool = False
) -> Paper:
    """The document of this type among those that its events cite, else a draft in the series of the body.

    That is the committee, or its support `team`. `on` is the day whose names count. Raises InvalidRequest
    where nothing is known of the committee.
    """
    sheet = told.sheet(on)
    if sheet is None:
        raise not_printable("committee", "no_committee", committee=told.committee)
    of_type = [one for one in references if one and f"/{type_code}-" in one["number"]]
    number = str(of_type[-1]["number"]) if of_type else None
    day = date.fromisoformat(of_type[-1]["date"]) if of_type and of_type[-1]["date"] else None
    entry = told.issued(number, day) if number else None
    if entry and day is None:
        day = date.fromisoformat(entry["date"])
    agencies = told.agencies(on)
    series = str(entry["series"]) if entry else series_of(number) if number else _series(told, on, team)
    issuer = issuer_of(str(sheet["name"]), series, own(entry, agencies))
    return Paper(told, type_code, issuer, series, on, number, day, entry, agencies, told.posts(on))


def _series(told: Told, on: date, team: bool) -> str:
    """Under which abbreviation the body issued documents in that year; the regulation's own before any."""
    first = TEAM_SERIES if team else COMMITTEE_SERIES
    found = sorted({str(row["series"]) for row in told.rows("outgoing", year=on.year)})
    return next((one for one in found if one.startswith(first)), first)
