"""Chronicles of other provinces, with other habits: nothing is invented, nothing is lost, nothing breaks."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from services.cli.importer.chronicle import load
from services.cli.importer.outcome import Report, as_dict
from services.cli.importer.sending import committee_of, send
from services.cli.importer.translate import translate
from shared.dates import Deadline
from shared.envelope import Envelope
from shared.messages import Event
from tests.component.house import House
from tests.component.test_import import dump, events

PROVINCES = sorted((Path(__file__).parent / "provinces").glob("*.yaml"))


class Prompt(House):
    """A house whose policies follow at once, after every single command."""

    following = False

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        answer = super().call(service, method, payload, timeout=timeout)
        if not self.following and answer["events"]:
            self.following = True
            self.follow()
            self.following = False
        return answer


def imported(path: Path, house: House) -> Report:
    chronicle = load(path)
    return send(chronicle, translate(chronicle), committee_of(path), house, 1.0, Console(quiet=True))


def province(name: str) -> tuple[House, dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """The house after the import, what was told by title, and the misfits."""
    house = House()
    path = next(path for path in PROVINCES if path.stem == name)
    report = as_dict(imported(path, house))
    assert house.follow() == []
    told = {told["entry"].split("|", 2)[2]: told for told in report["told"]}
    return house, told, report["not_expressed"]


@pytest.fixture(params=PROVINCES, ids=lambda path: str(path.stem))
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_every_entry_is_expressed_or_named(path: Path) -> None:
    report = as_dict(imported(path, House()))
    assert report["entries"] == report["expressed"] + len(report["not_expressed"])
    assert all(misfit["why"] and misfit["line"] for misfit in report["not_expressed"])


def test_twice_adds_nothing_and_policies_meet_no_refusal(path: Path) -> None:
    house = House()
    imported(path, house)
    assert house.follow() == []
    before = len(house.history())
    assert imported(path, house).fresh == 0
    house.follow()
    assert len(house.history()) == before


def test_it_does_not_matter_how_fast_the_policies_are(path: Path) -> None:
    slow, prompt = House(), Prompt()
    imported(path, slow)
    slow.follow()
    imported(path, prompt)
    assert what_happened(prompt) == what_happened(slow)


def what_happened(house: House) -> Counter[str]:
    """Every event by its content; how far a stream had grown by then depends on who was first."""
    facts = []
    for envelope in house.history():
        fact = {key: value for key, value in dump(envelope).items() if key not in ("origin_ref", "task_id")}
        facts.append(json.dumps([envelope.type, fact], ensure_ascii=False, sort_keys=True))
    return Counter(facts)


def test_nothing_that_an_entry_says_is_lost(path: Path) -> None:
    house = House()
    report = imported(path, house)
    kept: dict[str, str] = {}
    for envelope in house.history():
        assert envelope.meta.source is not None
        text = json.dumps([dump(envelope), envelope.meta.model_dump(mode="json")], ensure_ascii=False)
        kept[str(envelope.meta.source.entry)] = kept.get(str(envelope.meta.source.entry), "") + text
    for told in report.told:
        entry = told.plan.located.entry
        for words in (
            entry.title,
            *entry.positions,
            *entry.agencies,
            *leaves([entry.details, entry.figures]),
        ):
            assert json.dumps(words, ensure_ascii=False)[1:-1] in kept[told.plan.located.key], words


def leaves(value: Any) -> list[str]:
    match value:
        case dict():
            return [leaf for item in value.values() for leaf in leaves(item)]
        case list() | tuple():
            return [leaf for item in value for leaf in leaves(item)]
        case str():
            return [value]
        case _:
            return [json.dumps(value)]


def test_no_deadline_says_more_than_its_words(path: Path) -> None:
    house = House()
    imported(path, house)
    house.follow()
    for task in events(house, "TaskAssigned", "OpinionRequested"):
        for name in ("deadline", "start", "due"):
            if found := dump(task).get(name):
                assert Deadline.parse(found["wording"]) == Deadline.model_validate(found)


def test_who_acts_by_document_is_its_issuer_and_no_post_is_made_up(path: Path) -> None:
    """Every seat is a post that its entry lists."""
    house = House()
    report = imported(path, house)
    listed = {t.plan.located.key: " ".join(t.plan.located.entry.positions) for t in report.told}
    for seat in events(house, "MemberAppointed"):
        assert seat.meta.source is not None
        assert dump(seat)["post"] in listed[str(seat.meta.source.entry)]


def roles(house: House, first: int = 0) -> dict[str, str]:
    return {dump(e)["post"]: dump(e)["role"] for e in events(house, "MemberAppointed")[first:]}


def test_roles_may_stand_before_the_posts_and_several_standing_deputies_are_deputies() -> None:
    house, told, _ = province("tinh-mau")
    found = roles(house)
    assert found["Bí thư Tỉnh ủy"] == "chair"
    assert found["Chủ tịch UBND tỉnh"] == found["Phó Bí thư Thường trực Tỉnh ủy"] == "deputy"
    assert found["Giám đốc Sở Kế hoạch và Đầu tư"] == "member"
    [decided] = events(house, "CompositionDecided")
    assert dump(decided)["seats"] == 9
    remarks = " ".join(told["Thành lập Ban Chỉ đạo chuyển đổi số tỉnh Mẫu"]["remarks"])
    assert "2 Phó Trưởng ban Thường trực" in remarks
    assert "vai trò 'Thư ký' không có trong Quy chế" in remarks


def test_the_support_team_is_seated_beside_the_committee() -> None:
    house, _, _ = province("tinh-mau")
    team = {
        dump(e)["post"]: dump(e)["role"]
        for e in events(house, "MemberAppointed")
        if "team" in dump(e)["role"]
    }
    assert team == {
        "Giám đốc Sở Thông tin và Truyền thông": "team_leader",
        "Phó Chánh Văn phòng UBND tỉnh": "team_member",
        "Trưởng phòng Công nghệ thông tin": "team_member",
    }


def test_co_chairs_are_both_named() -> None:
    house, _, _ = province("tinh-mau")
    [meeting] = events(house, "MeetingConvened")
    held = dump(meeting)
    assert (held["presiding"], held["co_presiding"]) == ("bi-thu-tinh-uy", ["chu-tich-ubnd-tinh"])
    assert held["quarter"] == "2022-Q2"
    assert [(point["name"], point["count"]) for point in held["points"]] == [
        ("điểm cầu Tỉnh ủy", None),
        ("21 điểm cầu huyện", 21),
    ]


def test_a_notice_of_conclusions_finds_the_meeting_that_it_names() -> None:
    house, told, _ = province("tinh-mau")
    issued = dump(events(house, "ConclusionIssued")[-1])
    assert issued["notice"]["number"] == "15-TB/BCĐ"
    assert [duty["what"] for duty in issued["duties"]] == [
        "Hoàn thành Đề án",
        "Rà soát trạm BTS",
        "Báo cáo",
        "Tập huấn",
    ]
    assert [duty["deadline"]["wording"] for duty in issued["duties"]] == [
        "trước ngày 30/6/2022",
        "theo quy định",
        "giữa tháng 4",
        "2022-07-01",
    ]
    [remark] = told["Thông báo kết luận của Bí thư Tỉnh ủy tại phiên họp ngày 20/4/2022"]["remarks"]
    assert "không nói việc gì" in remark


def test_figures_of_any_shape_are_kept_and_none_is_made_a_number() -> None:
    house, _, _ = province("tinh-mau")
    [programme] = events(house, "ProgrammeRegistered")
    assert dump(programme)["figures"] == {
        "tong_nhiem_vu": "123456789012345678901234567890",
        "ty_le": ".5",
        "muc.1": 1,
        "muc.2": 2,
        "dung_han": "no",
        "vo_cung": ".inf",
    }
    [counts] = events(house, "HeadCountReported")
    assert dump(counts)["counts"] == {"so_thanh_vien": 9, "nhom.lanh_dao": 5, "nhom.uy_vien": 4}


def test_dates_that_are_none_are_named_with_their_lines() -> None:
    _, _, misfits = province("tinh-mau")
    assert [misfit["title"] for misfit in misfits] == [
        "không rõ Báo cáo không ngày",
        "2022-Q3 Báo cáo quý",
        "2022-13 Báo cáo tháng 13",
    ]
    assert all("ghi phần đã biết" in misfit["why"] for misfit in misfits)


def test_single_seats_come_and_go() -> None:
    house, told, _ = province("tinh-mau")
    released = [dump(e)["seat_id"] for e in events(house, "MemberReleased")]
    assert released == ["giam-doc-so-tai-chinh", "truong-ban-tuyen-giao-tinh-uy"]
    assert "giam-doc-cong-an-tinh" in {dump(e)["seat_id"] for e in events(house, "MemberAppointed")}

    house, told, _ = province("thanh-pho-mau-do")
    assert [(dump(e)["seat_id"], dump(e)["new_role"]) for e in events(house, "MemberRoleChanged")] == [
        ("giam-doc-so-tai-chinh", "deputy")
    ]
    chairs = [dump(e)["post"] for e in events(house, "MemberAppointed") if dump(e)["role"] == "chair"]
    assert chairs == ["Chủ tịch UBND thành phố", "Bí thư Thành ủy"]
    because = told["Danh sách Ban Chỉ đạo sau thay đổi"]["because"]
    assert because.startswith("danh sách không nêu Trưởng ban")


def test_a_regulation_is_adopted_only_where_the_chair_stands_behind_it() -> None:
    house, told, _ = province("thanh-pho-mau-do")
    [adopted] = events(house, "RegulationAdopted")
    assert dump(adopted)["regulation"]["number"] == "1600/QĐ-UBND"
    assert adopted.meta.source is not None
    assert "Trưởng ban đứng đầu cơ quan này" in adopted.meta.source.inferred[0]
    for title in (
        "Quy chế làm việc của Tổ giúp việc Ban Chỉ đạo",
        "Sửa đổi, bổ sung Quy chế hoạt động của Ban Chỉ đạo",
    ):
        assert told[title]["because"] == "không phải việc ban hành Quy chế của Ban Chỉ đạo"


def test_a_meeting_without_a_known_chair_is_no_act_once_the_regulation_binds() -> None:
    _, told, _ = province("thanh-pho-mau-do")
    assert "không nêu ai chủ trì" in told["Ban chỉ đạo Chuyển đổi số thành phố họp định kỳ"]["because"]
    assert told["Kết luận của Trưởng ban"]["because"].startswith("không có cuộc họp nào")


def test_two_meetings_a_day_leave_a_conclusion_without_a_meeting() -> None:
    _, told, _ = province("thanh-pho-mau-do")
    assert told["Kết luận"]["because"] == "có 2 cuộc họp vào ngày này, không rõ kết luận của cuộc nào"


def test_a_number_that_comes_again_every_year_names_a_plan_only_with_its_date() -> None:
    house, told, _ = province("thanh-pho-mau-do")
    [progress] = events(house, "ProgressReported")
    assert dump(progress)["summary"] == "Thực hiện kế hoạch năm"
    assert "2 kế hoạch cùng số 12/KH-UBND" in told["Sáu tháng thực hiện Kế hoạch 12/KH-UBND"]["because"]


def test_other_boards_meet_without_this_committee() -> None:
    _, told, _ = province("tinh-mau-binh")
    for title in (
        "Họp Ban Chỉ đạo cấp huyện Mẫu",
        "Tỉnh dự phiên họp của Ban Chỉ đạo Trung ương tại điểm cầu tỉnh",
    ):
        assert told[title]["because"].startswith("nguồn nêu một ban khác")
        assert "scope: ban này" in told[title]["because"]
    _, told, _ = province("thanh-pho-mau-do")
    for title in ("Họp Ban Chỉ đạo cải cách hành chính thành phố", "Họp liên ngành"):
        assert told[title]["because"].startswith("nguồn nêu một ban khác")


def test_mergers_in_words_count_from_their_effective_day() -> None:
    house, _, _ = province("tinh-mau-binh")
    merged = {dump(e)["agency_id"]: dump(e)["successor"] for e in events(house, "AgencyMerged")}
    assert merged == {
        "so-tt-tt": "so-khoa-hoc-va-cong-nghe-2025-03-01",
        "so-khoa-hoc-va-cong-nghe": "so-khoa-hoc-va-cong-nghe-2025-03-01",
        "so-ke-hoach-va-dau-tu": "so-tai-chinh-2025-03-01",
        "so-tai-chinh": "so-tai-chinh-2025-03-01",
    }
    assert {str(e.meta.effective_at) for e in events(house, "AgencyMerged")} == {"2025-03-01"}


def test_one_agency_goes_into_another_or_only_changes_its_name() -> None:
    house, told, _ = province("thanh-pho-mau-do")
    [merged] = events(house, "AgencyMerged")
    assert (dump(merged)["agency_id"], dump(merged)["successor"]) == ("ban-dan-toc", "so-noi-vu")
    [renamed] = events(house, "AgencyRenamed")
    assert dump(renamed)["new_name"] == "Sở Nội vụ và Dân tộc"
    assert told["Đề án sáp nhập Sở Y tế vào Sở Nội vụ"]["because"].startswith("mới là chủ trương")
    [dissolved] = events(house, "AgencyDissolved")
    assert dump(dissolved)["successors"] == []
    [moved] = [e for e in events(house, "TaskAssigned") if dump(e)["title"] == "Bàn giao hồ sơ"]
    assert dump(moved)["lead"] == ["so-ngoai-vu"]


def test_the_same_fact_told_twice_is_one_act() -> None:
    house, told, _ = province("tinh-mau-binh")
    assert len(events(house, "TaskAssigned")) == 1
    twins = [t for title, t in told.items() if title.startswith("Số hoá sổ hộ tịch#")]
    assert len(twins) == 2
    assert all("giữ như một nguồn nữa" in twin["because"] for twin in twins)


def test_a_new_list_may_bring_a_new_name() -> None:
    house, _, _ = province("tinh-mau-binh")
    assert dump(events(house, "CommitteeEstablished")[0])["name"].startswith("Ban Chỉ đạo ứng dụng công nghệ")
    [renamed] = events(house, "CommitteeRenamed")
    assert dump(renamed)["new_name"].endswith("chuyển đổi số và Đề án 06 tỉnh Mẫu Bình")


def test_tasks_of_the_chair_are_assigned_and_acting_heads_are_marked() -> None:
    house, _, _ = province("tinh-mau-em")
    task = events(house, "TaskAssigned")[0]
    assert (dump(task)["origin"], dump(task)["lead"]) == ("assignment", ["so-y-te", "cong-an-tinh"])
    acting = [dump(e)["post"] for e in events(house, "MemberAppointed") if dump(e)["acting"]]
    assert acting == ["Phó Giám đốc phụ trách Sở Thông tin và Truyền thông"]


def test_feedback_goes_to_the_successor_of_the_focal_point() -> None:
    house, _, _ = province("tinh-mau-em")
    received = [dump(e) for e in events(house, "FeedbackReceived")]
    assert [(f["sender_wording"], f["received_by"]) for f in received] == [
        ("UBND huyện Mẫu Thượng", "so-thong-tin-va-truyen-thong"),
        ("doanh nghiệp", "so-khoa-hoc-va-cong-nghe-2025-03-01"),
    ]


def named(house: House) -> set[str]:
    return {dump(e)["name"] for e in events(house, "AgencyRegistered")}


def test_no_agency_is_made_of_words_that_name_none() -> None:
    house, told, _ = province("tinh-mau-em")
    assert "thành phố" not in named(house)
    assert any("không nhận ra là một cơ quan" in r for r in told["Kết thúc hoạt động cấp huyện"]["remarks"])
    house, _, _ = province("tinh-mau-co")
    assert not {"???", "🎉", "—"} & named(house)


def test_titles_are_only_words() -> None:
    house, told, _ = province("tinh-mau-co")
    title = "🎉 <script>alert(1)</script> [bold]khen[/bold] khen thưởng"
    assert title in told
    noted: list[Envelope[Event]] = events(house, "ContextNoted")
    assert title in {dump(e)["title"] for e in noted}
