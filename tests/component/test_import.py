"""A chronicle through the services: every entry becomes events or is named; nothing is invented."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from services.cli.importer.chronicle import Chronicle, load
from services.cli.importer.sending import Report, as_dict, committee_of, send
from services.cli.importer.translate import translate
from services.members.events import ResponsibilityAssigned, ResponsibilityReassigned
from services.regulation.portfolios import portfolios
from shared.envelope import Envelope
from shared.errors import StoreDown
from shared.messages import CommitteeId, Event
from tests.component.house import House

CHRONICLE = Path(__file__).parents[2] / "examples" / "lang-son" / "lang-son.yaml"
LANG_SON = CommitteeId("langson")


def imported(chronicle: Chronicle, house: House) -> Report:
    return send(chronicle, translate(chronicle), LANG_SON, house, 1.0, Console(quiet=True))


@pytest.fixture(scope="module")
def chronicle() -> Chronicle:
    return load(CHRONICLE)


@pytest.fixture(scope="module")
def house(chronicle: Chronicle) -> House:
    house = House()
    report = imported(chronicle, house)
    assert report.stopped is None
    assert house.follow() == []
    return house


def events(house: House, *types: str) -> list[Envelope[Event]]:
    return [envelope for envelope in house.history() if envelope.type in types]


def dump(envelope: Envelope[Event]) -> dict[str, Any]:
    return envelope.event.model_dump(mode="json")


def test_all_69_entries_become_events_and_none_is_refused(chronicle: Chronicle) -> None:
    house = House()
    report = as_dict(imported(chronicle, house))
    assert (report["entries"], report["expressed"], report["not_expressed"]) == (69, 69, [])
    assert [told for told in report["told"] if told["refused"]] == []
    assert sum(told["because"] is not None for told in report["told"]) == 22


def test_twice_adds_nothing(chronicle: Chronicle, house: House) -> None:
    before = len(house.history())
    report = imported(chronicle, house)
    house.follow()
    assert report.fresh == 0
    assert len(house.history()) == before


def test_every_event_of_an_entry_carries_its_source(chronicle: Chronicle, house: House) -> None:
    sources = {located.entry.source for located in chronicle.entries}
    for envelope in house.history():
        assert envelope.meta.source is not None
        assert envelope.meta.source.reference in sources


def test_nothing_that_an_entry_says_is_lost(chronicle: Chronicle, house: House) -> None:
    """Every text and figure of an entry is found again in one of its events."""
    kept: dict[str, str] = {}
    for envelope in house.history():
        assert envelope.meta.source is not None
        text = json.dumps([dump(envelope), envelope.meta.model_dump(mode="json")], ensure_ascii=False)
        kept[str(envelope.meta.source.entry)] = kept.get(str(envelope.meta.source.entry), "") + text
    for located in chronicle.entries:
        entry = located.entry
        for words in (
            entry.title,
            *entry.positions,
            *entry.agencies,
            *_leaves(entry.details),
            *entry.figures,
        ):
            assert json.dumps(words, ensure_ascii=False)[1:-1] in kept[located.key], (located.key, words)
        for document in entry.documents:
            assert (document.number or "") in kept[located.key]


def _leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in _leaves(item)]
    return [str(value)]


def test_partial_dates_stay_partial(house: House) -> None:
    held = {dump(e)["title"][:22]: dump(e)["held"] for e in events(house, "MeetingConvened")}
    assert held["Hội nghị sơ kết chuyển"] == "2023"
    assert {str(e.meta.effective_at) for e in events(house, "FeedbackReceived")} == {"2021-09-10", "2022-07"}


def test_missing_deadlines_and_leads_stay_missing(house: House) -> None:
    tasks = {dump(e)["title"]: dump(e) for e in events(house, "TaskAssigned")}
    phase_one = tasks["Giai đoạn 1 tại 5 huyện"]
    assert (phase_one["deadline"]["wording"], phase_one["deadline"]["latest"]) == ("2021-09-20", "2021-09-20")
    assert tasks["Giai đoạn 2 tại các huyện, thành phố còn lại"]["deadline"]["wording"] == "2021"
    assert phase_one["lead"] == []
    reviews = [task for title, task in tasks.items() if title.startswith("Rà soát")]
    assert len(reviews) == 3
    assert all(task["deadline"] is None and task["lead"] for task in reviews)


def test_what_belongs_to_another_body_is_context(house: House) -> None:
    noted = events(house, "ContextNoted")
    assert len(noted) == 22
    assert len(events(house, "MeetingConvened")) == 5
    scopes = [dump(e)["because"] for e in noted if dump(e)["kind"] == "meeting"]
    assert len(scopes) == 4
    assert all(because.startswith("thuộc phạm vi khác") for because in scopes)


def test_derived_entries_are_marked(house: House) -> None:
    derived = [e for e in house.history() if e.meta.source and not e.meta.source.stated]
    assert {str(e.meta.source.entry).split("|")[0] for e in derived if e.meta.source} == {
        "2021-10-13",
        "2025-03-01",
    }
    [delegation] = events(house, "AuthorityDelegated")
    assert delegation.meta.source is not None
    assert any("thay Trưởng ban" in text for text in delegation.meta.source.inferred)


def test_the_standing_deputy_presides_for_the_chair(house: House) -> None:
    [held] = [e for e in events(house, "MeetingConvened") if str(e.meta.effective_at) == "2023-01-04"]
    mandate = held.meta.actor.mandate
    assert (mandate.capacity, mandate.acts_for) == ("standing_deputy", "chu-tich-ubnd-tinh")
    assert len(mandate.evidence) == 2


def test_the_eight_portfolios_are_seeded_in_the_words_of_the_regulation(house: House) -> None:
    """D6.2.a–h, and what was folded in 2025 goes over with its clause."""
    assigned = [one.event for one in house.history() if isinstance(one.event, ResponsibilityAssigned)]
    assert [(one.clause, one.field) for one in assigned] == [(one.clause, one.field) for one in portfolios()]
    over = [one.event for one in house.history() if isinstance(one.event, ResponsibilityReassigned)]
    assert over
    assert {one.clause for one in over} < {one.clause for one in assigned}


def test_head_counts_that_clash_are_kept_side_by_side(house: House) -> None:
    counts = [dump(e)["counts"] for e in events(house, "HeadCountReported")]
    assert counts[1]["thanh_vien_theo_tin_van_phong"] == 19
    assert [dump(e)["seats"] for e in events(house, "CompositionDecided")] == [22, 23]


def test_a_merger_hands_seats_tasks_and_feedback_to_its_successor(house: House) -> None:
    counted = Counter(envelope.type for envelope in house.history())
    assert counted["SeatFolded"] == 5
    successor = "so-khoa-hoc-va-cong-nghe-2025-03-01"
    moved = [
        dump(e) for e in events(house, "TaskReassigned") if "so-thong-tin-va-truyen-thong" in str(dump(e))
    ]
    assert moved
    assert all(task["to"] == [successor] for task in moved)
    [feedback] = [dump(e) for e in events(house, "FeedbackTransferred")]
    assert feedback["to"] == [successor]
    designated = [dump(e) for e in events(house, "FocalPointDesignated")]
    assert {(d["duty"], d["agency_id"]) for d in designated[2:]} == {
        ("standing_office", successor),
        ("feedback", successor),
    }


def test_conclusions_with_a_lead_become_tasks(house: House) -> None:
    from_conclusions = [dump(e) for e in events(house, "TaskAssigned") if dump(e)["origin"] == "conclusion"]
    assert [task["lead_wording"] for task in from_conclusions] == [
        "các sở, ban, ngành, UBND huyện, thành phố",
        "Sở Thông tin và Truyền thông",
        "Văn phòng UBND tỉnh",
    ]


def test_dissolved_districts_hand_their_tasks_to_the_communes(house: House) -> None:
    [dissolved] = events(house, "AgencyDissolved")
    assert dump(dissolved)["successors"] == ["65-xa-phuong"]
    moved = [dump(e) for e in events(house, "TaskReassigned") if dump(e)["to"] == ["65-xa-phuong"]]
    assert moved


class Away(House):
    """A house whose services go away after some calls."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self.left = calls

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        if self.left == 0:
            raise StoreDown("kho sự kiện không trả lời")
        self.left -= 1
        return super().call(service, method, payload, timeout=timeout)


def test_a_store_that_goes_away_stops_the_import_which_then_goes_on(
    chronicle: Chronicle, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.cli.importer.sending.PATIENCE", ())
    away = Away(calls=40)
    report = imported(chronicle, away)
    assert report.stopped is not None
    assert "kho sự kiện không trả lời" in report.stopped
    away.left = -1
    assert imported(chronicle, away).stopped is None
    away.follow()
    assert Counter(e.type for e in away.history()) == Counter(e.type for e in house.history())


def test_what_the_regulation_refuses_is_kept_as_context_with_the_reason(chronicle: Chronicle) -> None:
    """Without the lists of members nobody is proven to be the chair once the regulation binds."""
    without = replace(chronicle, entries=tuple(e for e in chronicle.entries if e.entry.kind != "membership"))
    report = imported(without, House())
    refused = [told for told in report.told if told.refused]
    assert refused
    for told in refused:
        assert "ContextNoted" in told.events
    assert all(told.events for told in report.told)


OTHER = """
- {date: '2022-03-01', kind: membership, title: Thành lập Ban Chỉ đạo chuyển đổi số tỉnh Mẫu, source: s1,
   documents: [{number: 12/QĐ-TU, date: '2022-03-01', issuer: Tỉnh ủy Mẫu}],
   positions: [Bí thư Tỉnh ủy - Trưởng ban, Chủ tịch UBND tỉnh - Phó Trưởng ban Thường trực,
     Giám đốc Sở Y tế - Ủy viên]}
- {date: '2022-05-10', kind: work_programme, title: Ban hành quy chế làm việc của Ban Chỉ đạo, source: s2,
   documents: [{number: 5/QĐ-BCĐ, date: '2022-05-10', issuer: Trưởng Ban Chỉ đạo}]}
- {date: '2022-06-20', kind: meeting, title: Phiên họp quý II/2022 của Ban Chỉ đạo, source: s3,
   agencies: [Ban Chỉ đạo chuyển đổi số tỉnh],
   details: {chair: Trưởng Ban, quarter: II/2022, points: [21 điểm cầu huyện]}}
- {date: '2022-06-20', kind: conclusion, title: Kết luận phiên họp, source: s3,
   details: {tasks: [{what: Số hóa hồ sơ, lead: Sở Y tế, deadline: quý IV/2022}]}}
- {date: '2022-07-01', kind: carnival, title: Lễ hội, source: s4}
"""


def test_another_provinces_file_is_imported_too(tmp_path: Path) -> None:
    path = tmp_path / "tinh-mau.yaml"
    path.write_text(OTHER, encoding="utf-8")
    chronicle, house = load(path), House()
    report = as_dict(
        send(chronicle, translate(chronicle), committee_of(path), house, 1.0, Console(quiet=True))
    )
    house.follow()
    assert [told["refused"] for told in report["told"]] == [[], [], [], []]
    [left_out] = report["not_expressed"]
    assert "carnival" in left_out["why"]
    assert {e.committee for e in house.history()} == {"tinhmau"}
    [established] = events(house, "CommitteeEstablished")
    assert dump(established)["name"] == "Ban Chỉ đạo chuyển đổi số tỉnh Mẫu"
    [meeting] = events(house, "MeetingConvened")
    assert (dump(meeting)["kind"], dump(meeting)["quarter"]) == ("periodic", "2022-Q2")
    assert meeting.meta.actor.mandate.bound
    [task] = events(house, "TaskAssigned")
    assert (dump(task)["lead"], dump(task)["deadline"]["latest"]) == (["so-y-te"], "2022-12-31")
