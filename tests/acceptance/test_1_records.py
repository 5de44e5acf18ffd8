"""The records of Điều 7.8, rebuilt from the chronicle of Lạng Sơn by the running system."""

import json
from urllib.request import Request, urlopen

import pytest

from services.meetings.commands import ConveneMeeting
from services.meetings.events import MeetingKind
from shared.bus.rpc import Services
from shared.dates import Moment
from shared.messages import PersonId
from tests.acceptance.system import CALL_LIMIT, System, request

pytestmark = pytest.mark.timeout(300)


def test_all_69_entries_became_events(system: System) -> None:
    assert "Đã nhập 69/69 mục" in system.told


def test_the_registers_are_there(system: System) -> None:
    totals = {
        name: system.register(name)["total"]
        for name in ("members", "meetings", "opinion_rounds", "tasks", "feedback", "documents", "context")
    }
    assert totals["members"] == 18
    assert totals["meetings"] == 5
    assert totals["opinion_rounds"] == 1
    assert totals["tasks"] == 14
    assert totals["feedback"] == 2
    assert totals["context"] == 22
    assert totals["documents"] >= 40


@pytest.mark.parametrize(
    ("day", "posts"),
    [
        ("2020-09-10", 0),  # no list is known yet
        ("2020-09-11", 22),
        ("2021-10-12", 22),
        ("2021-10-13", 23),
        ("2025-02-28", 23),
        ("2025-03-01", 18),
        ("2025-12-31", 18),
    ],
)
def test_the_list_of_members_as_of_any_day(system: System, day: str, posts: int) -> None:
    assert system.register("members", as_of=day)["total"] == posts


def test_the_committee_of_2022_and_of_2025_differ_as_the_facts_say(system: System) -> None:
    def facts(day: str) -> dict[str, object]:
        members = system.register("members", as_of=day)["rows"]
        [sheet] = system.register("committees", as_of=day)["rows"]
        agencies = {row["agency"]: row for row in system.register("agencies", as_of=day)["rows"]}
        standing = {key for key, row in agencies.items() if row["until"] is None}
        tasks = {row["title"][:20]: row["lead"] for row in system.register("tasks", as_of=day)["rows"]}
        return {
            "posts": len(members),
            "deputy": [row["agency"] for row in members if row["role"] == "deputy"],
            "focal": (sheet["standing_office"], sheet["feedback"]),
            "districts": "ubnd-cac-huyen-thanh-pho" in standing,
            "communes": "65-xa-phuong" in standing,
            "merged": {"so-thong-tin-va-truyen-thong", "so-ke-hoach-va-dau-tu"} <= standing,
            "support": tasks["Bố trí lực lượng hỗ "],
            "meetings": system.register("meetings", as_of=day)["total"],
        }

    science = "so-khoa-hoc-va-cong-nghe-2025-03-01"
    assert facts("2022-09-28") == {
        "posts": 23,
        "deputy": ["so-thong-tin-va-truyen-thong"],
        "focal": ("so-thong-tin-va-truyen-thong", "so-thong-tin-va-truyen-thong"),
        "districts": False,  # no document addressed them yet
        "communes": False,
        "merged": True,
        "support": ["so-thong-tin-va-truyen-thong"],
        "meetings": 2,
    }
    assert facts("2025-07-01") == {
        "posts": 18,
        "deputy": [science],
        "focal": (science, science),
        "districts": False,
        "communes": True,
        "merged": False,
        "support": [science],
        "meetings": 5,
    }


def test_a_meeting_resolves_to_the_list_and_the_name_of_its_day(system: System) -> None:
    meetings = {row["held"]: row["meeting"] for row in system.register("meetings")["rows"]}
    shown = {
        day: system.query("show", {"name": "meetings", "committee": "langson", "id": meeting})
        for day, meeting in meetings.items()
    }
    assert len(shown["2022-09-28"]["roster"]) == 23
    assert "chuyển đổi số" in shown["2022-09-28"]["committee_name"]
    assert shown["2020-06-17"]["roster"] == []  # the first list that is known is of 11/9/2020
    assert "chính quyền điện tử" in shown["2020-06-17"]["committee_name"]


def test_an_old_meeting_recorded_late_resolves_to_the_old_list(system: System) -> None:
    """A meeting of March 2021, entered today from a source: 22 posts, the committee under its old name."""
    convene = ConveneMeeting(
        meeting_id="hop-thang-3-2021",
        kind=MeetingKind.PERIODIC,
        title="Họp quý I/2021 (ví dụ hư cấu)",
        held=Moment("2021-03-15"),
        presiding=PersonId("chu-tich-ubnd-tinh"),
        presiding_post="Chủ tịch UBND tỉnh",
        form=None,
        quarter="2021-Q1",
    )
    method, payload = request(
        "chu-tich-ubnd-tinh",
        "chair",
        convene,
        effective_at="2021-03-15",
        source={"reference": "https://example.org/bien-ban"},
    )
    services = Services(system.addresses["AMQP_URI"])
    services.call("meetings", method, payload, timeout=CALL_LIMIT)
    services.close()
    system.caught_up()
    shown = system.query("show", {"name": "meetings", "committee": "langson", "id": "hop-thang-3-2021"})
    assert len(shown["roster"]) == 22
    assert "chính quyền điện tử" in shown["committee_name"]


def test_contradictions_stand_side_by_side(system: System) -> None:
    counts = system.register("head_counts")["rows"]
    decided = {row["kind"]: row["count"] for row in counts if row["effective"] == "2021-10-13"}
    assert (decided["listed"], decided["thanh_vien_theo_tin_van_phong"]) == (23, 19)
    doubts = system.register("doubts")["rows"]
    conflicts = [row["text"] for row in doubts if row["kind"] == "conflict"]
    assert any("4 trụ cột" in text for text in conflicts)
    figures = system.register("figures")["rows"]
    growth = [row["value"] for row in figures if row["figure"].startswith("kinh_te_so_GRDP_muc_tieu")]
    assert {"15", "20"} <= set(growth)


def test_every_page_answers_in_html_and_json(system: System) -> None:
    address = system.addresses["gateway"].rstrip("/")
    for page in ("", "/members", "/meetings", "/opinions", "/tasks", "/feedback", "/documents"):
        with urlopen(address + page, timeout=CALL_LIMIT) as answer:
            html = answer.read().decode()
        assert '<html lang="vi"' in html
    asked = Request(address + "/members?as_of=2022-09-28", headers={"Accept": "application/json"})
    with urlopen(asked, timeout=CALL_LIMIT) as answer:
        assert json.load(answer)["total"] == 23
    with urlopen(address + "/health", timeout=CALL_LIMIT) as answer:
        assert answer.status == 200


def test_the_command_line_shows_tables_to_people_and_json_to_programs(system: System) -> None:
    listed = system.json("records", "list", "members", "--as-of", "2022-09-28")
    assert listed["total"] == 23
    table = system.bcd("records", "list", "members")
    assert "Trưởng Ban" in table.stdout
    assert len(system.events("--type", "AgencyMerged")) == 11
    status = system.bcd("status")
    assert status.returncode == 0, status.stdout


def test_two_rebuilds_give_the_same_hash_of_every_read_model(system: System) -> None:
    first, second = system.json("rebuild"), system.json("rebuild")
    assert first["equal"] is True
    assert second["equal"] is True
    hashes = [{model["model"]: model["after"] for model in report["models"]} for report in (first, second)]
    assert hashes[0] == hashes[1]
    assert len(hashes[0]) > 10
