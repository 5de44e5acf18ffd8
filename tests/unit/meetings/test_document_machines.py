"""Any course of commands: numbers without gaps, dates that never fall, documents that never change."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.meetings.document import incoming as document_incoming
from services.meetings.document import series as document_series
from services.meetings.document.commands import (
    CorrectDocument,
    DispatchDocument,
    DocumentKey,
    ForwardIncoming,
    HandOverSeries,
    IssueDocument,
    RecallDocument,
    RegisterIncoming,
    ReplaceDocument,
    Seal,
    Secrecy,
    SeriesCommand,
    SignedFor,
    TypeCode,
    VoidNumber,
)
from services.meetings.document.events import (
    DocumentIssued,
    DocumentRecalled,
    DocumentReplaced,
    DuplicateNoticed,
    IncomingRegistered,
    NumberVoided,
)
from services.meetings.document.incoming import Arrivals
from services.meetings.document.number import symbol
from services.meetings.document.state import Series
from shared.dates import Moment
from shared.envelope import Act
from shared.errors import Refused
from shared.messages import AgencyId, Command, DocumentRef, Event
from tests.unit.histories import acts, machine
from tests.unit.meetings.document_examples import (
    CHAIR,
    CLOCK,
    DEPUTY,
    FOR_CHAIR,
    HEAD,
    OTHER_HEAD,
    STC,
    SXD,
    TEAM,
    digest,
    paper,
)

IDS = tuple("abcdefghijklmnop")


AGENCIES: Sequence[AgencyId | None] = (None, SXD, STC)
ANYBODY = acts(agencies=AGENCIES, days=("2026-01-05", "2026-06-30", "2026-12-31", "2027-01-04"))


def people(*signatories: Act) -> st.SearchStrategy[Act]:
    """Mostly who signs in the series, on its last day; else anybody on any day."""
    known = [Act(who.actor, Moment("2026-12-31")) for who in (*signatories * 3, TEAM, CLOCK)]
    return st.integers(0, 9).flatmap(lambda n: ANYBODY if n == 0 else st.sampled_from(known))


ids = st.sampled_from(IDS)
days = st.sampled_from([0] * 6 + [1, 2, 30, -1, 365]).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
agencies = st.sampled_from(AGENCIES)


def keys(series: str) -> st.SearchStrategy[DocumentKey]:
    years = st.sampled_from([2025, 2026, 2026, 2026])
    return st.builds(DocumentKey, series=st.just(series), year=years, document_id=ids)


def rarely(keys_: st.SearchStrategy[DocumentKey]) -> st.SearchStrategy[DocumentKey | None]:
    return st.integers(0, 5).flatmap(lambda n: keys_ if n == 0 else st.none())


def in_series(series: str) -> st.SearchStrategy[Command]:
    """Commands to one series of 2026, most of them such that somebody may ask them."""
    one: dict[str, Any] = {"series": st.just(series), "year": st.just(2026)}
    types = st.sampled_from([TypeCode.PLAN, TypeCode.PLAN, TypeCode.OFFICIAL_LETTER, TypeCode.MINUTES])
    numbers = st.integers(1, 6)
    refs = st.builds(
        lambda number, code: DocumentRef(number=symbol(number, code, series, "TGV")), numbers, types
    )
    of_agency = series != "BCĐ"

    @st.composite
    def issue(draw: st.DrawFn) -> IssueDocument:
        agency = draw(st.sampled_from([SXD, SXD, SXD, STC])) if of_agency else None
        own = (Seal.OWN_AGENCY, agency)
        right = (Seal.PROVINCIAL_COMMITTEE, None) if series == "BCĐ" else own
        wrong = [own, (Seal.PROVINCIAL_COMMITTEE, SXD), (None, None)]
        seal, seal_agency = draw(st.sampled_from([right] * 9 + wrong))
        document_id = draw(ids)
        return IssueDocument(
            series=series,
            year=2026,
            document_id=document_id,
            type_code=draw(types),
            subject=draw(st.sampled_from(["Kế hoạch"] * 9 + ["Kế hoạch khác"])),
            date=draw(days),
            text_digest=digest(draw(st.sampled_from([document_id] * 9 + ["a"]))),
            signatory_post="Chức vụ",
            seal=seal,
            seal_agency=seal_agency,
            signed_for=draw(st.sampled_from([None] * 20 + list(SignedFor))),
            agency=agency,
            drafted_by="TGV",
            recipients=("Như trên",),
            secrecy=draw(st.sampled_from([None] * 9 + [Secrecy.SECRET])),
            replaces=draw(rarely(keys(series))),
            corrects=draw(rarely(keys(series))),
        )

    change: dict[str, Any] = {
        **one,
        "document_id": ids,
        "by": keys(series),
        "by_document": refs,
        "by_type": types,
        "reason": st.just("Sai"),
    }
    others = (
        st.builds(ReplaceDocument, **change),
        st.builds(CorrectDocument, **change),
        st.builds(RecallDocument, **one, document_id=ids, reason=st.just("Sai"), notice=st.none()),
        st.builds(
            DispatchDocument,
            **one,
            document_id=ids,
            sent_on=days,
            to=st.sampled_from([(), ("Sở A", "Sở A")]),
            receipt=st.none(),
        ),
        st.builds(VoidNumber, **one, number=numbers, reason=st.just("Hỏng")),
        st.builds(HandOverSeries, **one, from_agency=st.just(SXD), to_agency=st.just(STC)),
    )
    return st.integers(0, 1).flatmap(lambda n: issue() if n == 0 else st.one_of(*others))


def series_holds(events: list[Event], state: Series) -> None:
    papers = [event for event in events if isinstance(event, DocumentIssued)]
    numbers = [event.number for event in events if isinstance(event, DocumentIssued | NumberVoided)]
    assert numbers == list(range(1, len(numbers) + 1)), "from 1, without gaps or repeats"
    assert state.last == len(numbers)
    dates = [paper.date for paper in papers]
    assert dates == sorted(dates), "dates never fall"
    assert {day.year for day in dates} <= {2026}
    assert len({paper.symbol for paper in papers}) == len(papers)
    assert len({paper.text_digest for paper in papers}) == len(papers)
    assert {name: kept.issued for name, kept in state.documents.items()} == {
        paper.document_id: paper for paper in papers
    }, "no issued document is ever changed"
    for kind in (DocumentReplaced, DocumentRecalled):
        ended = [event.document_id for event in events if isinstance(event, kind)]
        assert len(ended) == len(set(ended)), "it ends once"
    assert len({(paper.series, paper.body) for paper in papers}) <= 1


arrival_documents = st.builds(
    DocumentRef,
    number=st.sampled_from(["1/UBND", "1/ubnd ", "2/UBND", "3/CAT-PV01"]),
    date=st.sampled_from([None, date(2025, 3, 1), date(2026, 1, 2)]),
    issuer=st.sampled_from(["UBND xã Mẫu", "UBND xã Mẫu", "Công an tỉnh", None]),
    date_wording=st.none(),
)
register = st.builds(
    RegisterIncoming,
    year=st.just(2026),
    document_id=ids,
    document=arrival_documents,
    received_on=days,
    subject=st.sampled_from(["Kiến nghị", "Báo cáo (MẬT)"]),
    text_digest=st.just(digest("x")),
    type_code=st.none(),
    copies=st.none(),
    pages=st.none(),
    urgency=st.none(),
    secrecy=st.none(),
)
forward = st.builds(
    ForwardIncoming,
    year=st.just(2026),
    document_id=ids,
    to=st.sampled_from(["Tổ giúp việc", "Sở A"]),
    forwarded_on=days,
    with_units=st.just(()),
    instruction=st.just(""),
    due=st.none(),
    receipt=st.none(),
)


def incoming_holds(events: list[Event], state: Arrivals) -> None:
    records = [event for event in events if isinstance(event, IncomingRegistered)]
    assert [one.arrival_number for one in records] == list(range(1, len(records) + 1))
    assert {one.document_id: one for one in records} == {
        name: arrived.registered for name, arrived in state.records.items()
    }
    for noticed in (event for event in events if isinstance(event, DuplicateNoticed)):
        original = state.records[noticed.duplicate_of].registered
        assert original.arrival_number == noticed.arrival_number
    assert all("MẬT" not in one.subject for one in records)


TestCommitteeSeries = machine(
    document_series.decider, in_series("BCĐ"), people(CHAIR, FOR_CHAIR), series_holds, examples=12
)
TestAgencySeries = machine(
    document_series.decider, in_series("SXD"), people(HEAD, OTHER_HEAD), series_holds, examples=12
)
TestArrivals = machine(
    document_incoming.decider,
    st.one_of(register, register, forward),
    people(TEAM),
    incoming_holds,
    examples=12,
)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_long_courses_of_one_year(seed: int) -> None:
    """What chance seldom strings together: many documents, and much that becomes of each."""
    dice = Random(seed)
    events: list[Event] = []
    state, day = Series(), date(2026, 1, 1)
    for n in range(80):
        day = min(day + timedelta(days=dice.randint(0, 6)), date(2026, 12, 31))
        who = Act(dice.choice([CHAIR, CHAIR, CHAIR, FOR_CHAIR, DEPUTY, TEAM]).actor, Moment.of(day))
        try:
            happened = document_series.decider.decide(_some_command(dice, n, day, state), who, state)
        except Refused:
            continue
        for event in happened:
            state = document_series.decider.evolve(state, event)
        events += happened
        series_holds(events, state)
    assert sum(isinstance(event, DocumentIssued) for event in events) > 2, "whatever the dice say"


def _some_command(dice: Random, n: int, day: date, state: Series) -> SeriesCommand:
    """A command to a document that there is, if there is one; now and then on the wrong day or number."""
    known = dice.choice([*state.documents.values()] or [None])
    old = {
        "series": "BCĐ",
        "year": 2026,
        "document_id": known.issued.document_id if known else "khong-co",
    }
    by = {"by": {**old}, "by_document": {"number": "01/KH-BCĐ"}, "by_type": TypeCode.PLAN}
    match dice.randint(0, 9):
        case 0:
            return RecallDocument.model_validate({**old, "reason": "Sai"})
        case 1:
            return DispatchDocument.model_validate({**old, "sent_on": day - timedelta(dice.randint(-1, 3))})
        case 2:
            number = state.next + dice.choice([0, 0, 0, 1, -1])
            return VoidNumber(series="BCĐ", year=2026, number=max(number, 1), reason="Hỏng")
        case 3:
            change = {**old, **by, "reason": "Sai"}
            if dice.choice([True, False]):
                return ReplaceDocument.model_validate(change)
            return CorrectDocument.model_validate(change)
    type_code = dice.choice([TypeCode.PLAN, TypeCode.PLAN, TypeCode.OFFICIAL_LETTER])
    what = dice.choice(["replaces", "corrects", None, None])
    return paper(
        f"van-ban-{dice.choice([n, n, n, n // 2])}",
        type_code=type_code,
        drafted_by="TGV",
        date=day - timedelta(dice.choice([0, 0, 0, 1, -1])),
        **({what: old, "reason": "Sai"} if what else {}),
    )
