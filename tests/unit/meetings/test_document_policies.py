"""What documents ask for after an event: these commands, no others, the same twice."""

from datetime import date
from itertools import count

from services.meetings.document import series as document_series
from services.meetings.document.commands import (
    CorrectDocument,
    DocumentKey,
    HandOverSeries,
    ReplaceDocument,
    TypeCode,
)
from services.meetings.document.events import Body, SeriesHandedOver
from services.meetings.document.policies import POLICIES
from services.members import agency
from services.members.events import AgencyDissolved, AgencyMerged
from shared.messages import AgencyId, DocumentRef, Event
from shared.policies import Asked
from tests.unit.given import act
from tests.unit.holdings import asked_after
from tests.unit.meetings.document_examples import BY_AGENCY, ISSUED, LETTER, STC, SXD, issued, paper
from tests.unit.rows import envelopes

OLD = DocumentKey(series="BCĐ", year=2025, document_id="ke-hoach-2025")
OWNED = issued(BY_AGENCY, 1, "01/BC-SXD", Body.AGENCY)
HEIR = AgencyId("so-moi")


def asked(*events: Event) -> list[Asked]:
    revisions = count()
    recorded = []
    for event in events:
        of_agency = isinstance(event, AgencyMerged | AgencyDissolved)
        decider, stream = (agency.decider, "register") if of_agency else (document_series.decider, "x-2026")
        recorded += envelopes(decider, stream, [event], act("issuer"), first=next(revisions))
    return asked_after(POLICIES, recorded)


def merged(old: AgencyId, new: AgencyId) -> AgencyMerged:
    return AgencyMerged(agency_id=old, name=old, successor=new, successor_name=new)


def over(old: AgencyId, new: AgencyId) -> Asked:
    command = HandOverSeries(series="SXD", year=2026, from_agency=old, to_agency=new)
    return Asked("meetings", command, f"SXD 2026:{old}")


def test_a_document_of_another_year_is_told_of_its_replacement() -> None:
    new = issued(paper("moi", replaces=OLD, reason="Sai số liệu"), 2, "02/KH-BCĐ")
    command = ReplaceDocument(
        series="BCĐ",
        year=2025,
        document_id="ke-hoach-2025",
        by=DocumentKey(series="BCĐ", year=2026, document_id="moi"),
        by_document=DocumentRef(number="02/KH-BCĐ", date=date(2026, 2, 5)),
        by_type=TypeCode.PLAN,
        reason="Sai số liệu",
    )
    assert asked(new) == [Asked("meetings", command, "BCĐ-2025:ke-hoach-2025")]


def test_a_document_of_another_series_is_told_of_its_correction() -> None:
    other = DocumentKey(series="TGV", year=2026, document_id="thong-bao")
    [one] = asked(issued(LETTER.model_copy(update={"corrects": other}), 2, "02/BCĐ-TGV"))
    assert isinstance(one.command, CorrectDocument)
    assert (one.command.series, one.command.document_id) == ("TGV", "thong-bao")
    assert one.command.reason == LETTER.subject


def test_one_of_the_same_series_was_told_already() -> None:
    same = DocumentKey(series="BCĐ", year=2026, document_id="ke-hoach-2026")
    assert asked(ISSUED, issued(paper("moi", replaces=same), 2, "02/KH-BCĐ")) == []


def test_a_series_follows_its_agency() -> None:
    assert asked(OWNED, merged(SXD, HEIR)) == [over(SXD, HEIR)]
    handed = SeriesHandedOver(series="SXD", year=2026, from_agency=SXD, to_agency=HEIR)
    assert asked(OWNED, merged(SXD, HEIR), handed, merged(HEIR, STC)) == [over(HEIR, STC)]


def test_a_series_that_is_recorded_late_follows_too() -> None:
    assert asked(merged(SXD, HEIR), OWNED) == [over(SXD, HEIR)]


def test_several_successors_begin_anew_and_the_committees_series_has_no_agency() -> None:
    assert asked(OWNED, AgencyDissolved(agency_id=SXD, name=SXD, successors=(HEIR, STC))) == []
    assert asked(ISSUED, merged(SXD, HEIR)) == []
