"""Stories: read with their places, patterns filled in, every step looked at before anything is sent."""

import json
import re
import signal
from datetime import date
from pathlib import Path
from threading import Event as Flag
from typing import Any

import pytest

from services.cli import demo
from services.cli.addresses import write_addresses
from services.cli.errors import NOT_RUNNING, USAGE, CliError
from services.cli.stories import clock
from services.cli.stories.checking import Story, load
from services.cli.stories.clock import FileClock, clock_file
from services.cli.stories.reading import StoryError
from services.cli.stories.services import commands
from services.cli.stories.values import Imagined, NoSuchValue, resolved
from services.cli.story import _until_ctrl_c
from services.meetings.commands import ConveneMeeting
from shared.eventstore.memory import MemoryStore
from shared.settings import load_settings
from tests.unit.cli.conftest import Bcd

HEAD = """
story: thu
title: Truyện thử (giả định)
committee: mau
until: 2025-12-31
people:
  truong-ban: {person: chu-tich, capacity: chair}
  to-truong: {person: to-truong, capacity: team_leader}
"""
CONVENE = """
  - on: 2025-03-06
    by: truong-ban
    ask: ConveneMeeting
    as: hop
    data: {meeting_id: hop, kind: periodic, title: Họp, held: 2025-03-20, presiding: chu-tich}
"""
OPEN = "  - {on: 2025-03-20, by: to-truong, ask: OpenMeeting, data: {meeting_id: hop}}\n"


def story(tmp_path: Path, steps: str, more: str = "", head: str = HEAD) -> Story:
    path = tmp_path / "thu.yaml"
    path.write_text(f"{head}{more}\nsteps:{steps}", encoding="utf-8")
    return load(path)


def faults(tmp_path: Path, steps: str, more: str = "", head: str = HEAD) -> str:
    with pytest.raises(StoryError) as told:
        story(tmp_path, steps, more, head)
    return str(told.value)


def test_steps_are_told_in_the_order_of_their_days(tmp_path: Path) -> None:
    found = story(tmp_path, "\n" + OPEN + CONVENE.strip("\n"))
    assert [step.taken.command.__name__ for step in found.steps] == ["ConveneMeeting", "OpenMeeting"]
    first = found.steps[0]
    assert (first.by.capacity, first.taken.service, first.taken.command) == (
        *("chair", "meetings"),
        ConveneMeeting,
    )
    assert first.place == "thu.yaml:12"
    assert found.committees == {"mau"}


def test_a_step_has_the_same_id_for_ever_and_another_step_another_one(tmp_path: Path) -> None:
    before = story(tmp_path, CONVENE + OPEN)
    note = "  - {on: 2025-03-21, by: to-truong, ask: CloseMeeting, data: {meeting_id: hop}}\n"
    after = story(tmp_path, CONVENE + OPEN + OPEN + note)
    ids = [step.command_id for step in after.steps]
    assert len(set(ids)) == 4
    assert ids[:2] == [step.command_id for step in before.steps]


def test_a_file_beside_the_index_brings_steps_and_patterns(tmp_path: Path) -> None:
    (tmp_path / "hai.yaml").write_text("title: Hai\nsteps:" + CONVENE, encoding="utf-8")
    found = story(tmp_path, "\n" + OPEN, "files: [hai.yaml]")
    assert [step.place for step in found.steps] == ["hai.yaml:3", "thu.yaml:11"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            CONVENE.replace("truong-ban", "truong-bang"),
            r"thu.yaml:11: không có người 'truong-bang'.* truong-ban",
        ),
        (CONVENE.replace("ConveneMeeting", "ConveneMeting"), "ConveneMeeting"),
        (CONVENE.replace("presiding", "presidng"), "presidng: Extra inputs are not permitted"),
        (CONVENE.replace("2025-03-20", "sắp tới"), "held"),
        (CONVENE.replace("    as:", "    ass:"), "ass: Extra inputs"),
        (CONVENE.replace("2025-03-06", "2026-03-06"), "until"),
        (CONVENE.replace("2025-03-06", "hôm qua"), "on: "),
        (CONVENE + "    effective: 2025-03-07\n", "effective"),
        (CONVENE + "    at: 25h00\n", "at"),
        (CONVENE + "    at: 13:30\n", "at"),  # what YAML takes for a number
        (CONVENE + CONVENE, "hai bước cùng mang tên 'hop'"),
        (CONVENE + OPEN.replace("hop}", "$event:sau}"), "'sau'"),
        (CONVENE + OPEN.replace("hop}", "$made:hop}"), r"\$made:hop"),
        (CONVENE + OPEN.replace("hop}", "$gi:do}"), r"\$gi:do"),
        (CONVENE.replace("    by:", "    by: to-truong\n    by:"), "'by' ghi hai lần"),
        ("\n  - chỉ là chữ\n", "khóa: giá trị"),
        ("\n  - use: khong-co\n    rows: []\n", "khong-co"),
        ("\n  - use: khong-co\n    row: []\n", "row"),
        ("\n  - [", "YAML"),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_to_mend(tmp_path: Path, wrong: str, told: str) -> None:
    sentence = faults(tmp_path, wrong)
    assert sentence.startswith("thu.yaml")
    assert " / " in sentence
    assert re.search(told, sentence), sentence


def test_all_faults_are_told_at_once_but_not_endlessly(tmp_path: Path) -> None:
    wrong = "\n" + OPEN.replace("to-truong", "ai-do") * 30
    assert len(faults(tmp_path, wrong).splitlines()) == 21


def test_a_step_that_is_refused_cannot_be_referred_to(tmp_path: Path) -> None:
    refused = CONVENE + "    refused: D4.3\n"
    assert "'hop'" in faults(tmp_path, refused + OPEN.replace("hop}", "$event:hop}"))


def test_what_is_no_file_or_no_story_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="không mở được tệp"):
        load(tmp_path / "khong-co.yaml")
    assert "committee" in faults(tmp_path, CONVENE, head=HEAD.replace("committee: mau\n", ""))
    assert "không mở được" in faults(tmp_path, CONVENE, "files: [khong-co.yaml]")


PATTERN = """
patterns:
  hop:
    needs: [ma, ngay]
    steps:
      - {on: <ngay>, by: to-truong, ask: OpenMeeting, data: {meeting_id: "hop-<ma>"}}
      - {on: <dong>, by: to-truong, ask: CloseMeeting, data: {meeting_id: "hop-<ma>"}}
"""


def uses(rows: str) -> str:
    return f"\n  - use: hop\n    {rows}\n"


def test_a_row_fills_the_blanks_and_what_it_leaves_empty_is_left_out(tmp_path: Path) -> None:
    rows = uses("rows: [{ma: 1, ngay: 2025-03-20, dong: 2025-03-21}, {ma: 2, ngay: 2025-03-20}]")
    found = story(tmp_path, rows, PATTERN)
    told = [(step.taken.command.__name__, step.data["meeting_id"], step.day) for step in found.steps]
    assert told == [
        ("OpenMeeting", "hop-1", date(2025, 3, 20)),
        ("OpenMeeting", "hop-2", date(2025, 3, 20)),
        ("CloseMeeting", "hop-1", date(2025, 3, 21)),
    ]


def test_a_row_may_be_a_list_and_one_blank_may_have_many(tmp_path: Path) -> None:
    rows = uses("columns: [ma, ngay]\n    each: ma\n    rows: [[[1, 2, 3], 2025-03-20], [4, 2025-03-20]]")
    found = story(tmp_path, rows, PATTERN)
    assert [step.data["meeting_id"] for step in found.steps] == ["hop-1", "hop-2", "hop-3", "hop-4"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("rows: [{ma: 1}]", "ngay"),
        ("rows: [{ma: 1, ngay: 2025-03-20, dogn: 2025-03-21}]", "dogn"),
        ("rows: [[1, 2025-03-20]]", "columns"),
        ("columns: [ma]\n    rows: [[1, 2025-03-20]]", "columns"),
        ("rows: 7", "rows"),
    ],
)
def test_a_row_that_does_not_fit_its_pattern_is_a_fault(tmp_path: Path, rows: str, told: str) -> None:
    assert told in faults(tmp_path, uses(rows), PATTERN)


def test_words_stand_for_values() -> None:
    def said(value: Any) -> Any:
        return resolved(value, Imagined())

    assert said("$due:quý II/2025") == {"wording": "quý II/2025", "latest": "2025-06-30"}
    assert said("$at:08h30 20/3/2025") == "2025-03-20T01:30:00.000000Z"
    assert said("$size:chữ") == len("chữ".encode())
    assert len(said("$digest:chữ")) == 64
    assert said("$digest:chữ") != said("$digest:khác")
    assert said(["$$100", {"a": date(2025, 1, 2), "b": 3}]) == ["$100", {"a": "2025-01-02", "b": 3}]
    assert said("$event:hop").endswith("@0")
    for wrong in ("$due:", "$at:08h30", "$at:24h00 20/3/2025", "$x:y", "$made:hop", "$"):
        with pytest.raises(NoSuchValue):
            said(wrong)


def test_the_services_themselves_say_which_command_is_theirs() -> None:
    taken = commands()
    assert taken["EstablishCommittee"].service == "members"
    assert taken["ReceiveFeedback"].service == "feedback"
    assert {one.service for one in taken.values()} == {"members", "meetings", "tasks", "feedback"}
    assert "Seat" not in taken  # a part of a command, asked by nobody


# The clock of a running system


def says(data: Path, position: int, day: str | None) -> None:
    """What the policies' process says of itself."""
    (data / "status").mkdir(parents=True, exist_ok=True)
    told = {"position": position, "clock": {"day": day}}
    (data / "status" / "policies.json").write_text(json.dumps(told))


def the_clock(data: Path, limit: float = 5.0, leaving: Flag | None = None) -> FileClock:
    return FileClock(data / "clock", MemoryStore(), data, limit, leaving or Flag())


def test_the_clock_goes_forward_and_never_back(tmp_path: Path) -> None:
    one = the_clock(tmp_path)
    assert one.day() == date.min
    says(tmp_path, 0, "2025-03-10")
    one.turn(date(2025, 3, 10))
    assert one.day() == date(2025, 3, 10)
    one.turn(date(2025, 3, 3))
    assert one.day() == date(2025, 3, 10)
    assert not (tmp_path / "clock.new").exists()


def test_it_waits_until_the_policies_are_there_and_not_for_ever(tmp_path: Path) -> None:
    says(tmp_path, 0, "2025-03-03")
    with pytest.raises(CliError, match="2025-03-10"):
        the_clock(tmp_path, limit=0.01).turn(date(2025, 3, 10))
    leaving = Flag()
    leaving.set()
    the_clock(tmp_path, leaving=leaving).settle()


def test_a_file_that_holds_no_day_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "clock").write_text("hôm nay")
    with pytest.raises(CliError, match="2025-01-06"):
        the_clock(tmp_path).day()


def test_without_a_clock_of_its_own_a_system_hears_no_stories(data: Path) -> None:
    with pytest.raises(CliError, match="BCD_CLOCK") as told:
        clock_file(load_settings())
    assert told.value.status == NOT_RUNNING


# The command line

YEAR = Path(__file__).parents[3] / "examples" / "nam-mau" / "nam-mau.yaml"


def test_a_story_is_checked_without_a_system(bcd: Bcd) -> None:
    said = bcd("story", str(YEAR), "--check")
    assert said.status == 0
    assert "mọi bước đúng khuôn mẫu" in said.out


def test_a_story_that_cannot_be_read_is_not_told(bcd: Bcd, tmp_path: Path) -> None:
    wrong = tmp_path / "sai.yaml"
    wrong.write_text("story: [", encoding="utf-8")
    said = bcd("story", str(wrong))
    assert said.status == USAGE
    assert "chưa gửi gì" in said.err
    assert bcd("story", str(tmp_path / "khong-co.yaml")).status == USAGE


def test_without_a_running_system_nothing_is_told(bcd: Bcd) -> None:
    assert bcd("story", str(YEAR)).status == NOT_RUNNING


def test_the_first_ctrl_c_lets_the_step_be_answered_the_second_does_not() -> None:
    before = signal.getsignal(signal.SIGINT)
    with _until_ctrl_c() as leaving:
        signal.raise_signal(signal.SIGINT)
        assert leaving.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) == before


def test_invented_data_goes_by_its_own_clock_and_real_data_never_does(data: Path) -> None:
    year, settings = load(YEAR), load_settings()
    data.mkdir()
    assert demo.by_its_clock(settings, None).clock is None
    begun = demo.by_its_clock(settings, year)
    assert (begun.clock, begun.committee) == (data / clock.FILE, "mau")
    assert (data / clock.FILE).read_text().strip() == str(date.min)
    (data / "store").mkdir()
    assert demo.by_its_clock(settings, year).clock == data / clock.FILE
    assert demo.by_its_clock(settings, None).clock == data / clock.FILE
    (data / clock.FILE).unlink()
    with pytest.raises(CliError, match="RESET=1"):
        demo.by_its_clock(settings, year)


def test_invented_data_comes_alone_and_from_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert demo.story(None).committee == "mau"
    with pytest.raises(CliError, match="--import"):
        demo.story(tmp_path / "su-lieu.yaml")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CliError, match=r"nam-mau\.yaml"):
        demo.story(None)


def test_a_folder_of_invented_data_takes_no_chronicle(bcd: Bcd, data: Path, tmp_path: Path) -> None:
    chronicle = tmp_path / "su-lieu.yaml"
    chronicle.write_text("entries: []\n")
    data.mkdir()
    clock.begin(data / clock.FILE)
    write_addresses(load_settings(amqp_uri="amqp://h//"), "http://127.0.0.1:8064/")
    for arguments in (("import", str(chronicle)), ("run", "--import", str(chronicle))):
        said = bcd(*arguments)
        assert said.status == USAGE
        assert "BCD_DATA" in said.err
