"""Items of an issued programme become tasks, those of an amended one where they are new."""

from uuid import uuid5

from services.tasks.commands import AssignTask
from services.tasks.events import PlannedItem, ProgrammeAmended, ProgrammeIssued, TaskOrigin
from tests.unit.given import SOURCE, act
from tests.unit.tasks.courses import asked, recorded
from tests.unit.tasks.examples import BUILDING, DECEMBER, DISTRICT, SCIENCE

P = "chuong-trinh-2023"
TRAIN = PlannedItem(
    number="1", what="Tập huấn", lead=(BUILDING,), with_agencies=(DISTRICT,), deadline=DECEMBER, key=True
)
CHECK = PlannedItem(number="2", what="Kiểm tra", lead=(SCIENCE,))
UNLED = PlannedItem(number="3", what="Tuyên truyền", lead_wording="các ngành")
NEW = PlannedItem(what="Khảo sát", lead=(SCIENCE,))


def issued(*items: PlannedItem) -> ProgrammeIssued:
    return ProgrammeIssued(programme_id=P, title="Chương trình", year=2023, items=items)


def amended(*items: PlannedItem) -> ProgrammeAmended:
    return ProgrammeAmended(programme_id=P, title="Chương trình", items=items, reason="bổ sung")


def titles(*steps: ProgrammeIssued | ProgrammeAmended) -> list[str]:
    return [one.command.title for one in asked(*steps) if isinstance(one.command, AssignTask)]


def test_every_item_with_a_lead_becomes_a_task() -> None:
    programme = issued(TRAIN, UNLED, CHECK)
    [envelope] = recorded(programme)
    first, second = asked(programme)
    assert first.command == AssignTask(
        task_id=str(uuid5(envelope.event_id, "item-1")),
        title="Tập huấn",
        lead=(BUILDING,),
        with_agencies=(DISTRICT,),
        deadline=DECEMBER,
        origin=TaskOrigin.PROGRAMME,
        origin_ref=f"{P}#1",
        key=True,
    )
    assert isinstance(second.command, AssignTask)
    assert (second.command.title, second.command.origin_ref, second.command.key) == (
        "Kiểm tra",
        f"{P}#2",
        False,
    )
    assert [(one.service, one.key) for one in (first, second)] == [("tasks", "item-1"), ("tasks", "item-3")]


def test_what_is_new_in_an_amended_one_and_nothing_else() -> None:
    assert titles(issued(TRAIN, CHECK), amended(TRAIN, CHECK, NEW)) == ["Khảo sát"]
    assert titles(issued(TRAIN, CHECK), amended(TRAIN)) == []
    assert titles(issued(TRAIN), amended(TRAIN.model_copy(update={"deadline": None}))) == []
    assert titles(issued(TRAIN, CHECK), amended(CHECK), amended(CHECK, TRAIN)) == []


def test_an_item_that_was_reworded_or_renumbered_is_the_same() -> None:
    reworded = TRAIN.model_copy(update={"what": "Tập huấn tổ công nghệ số"})
    assert titles(issued(TRAIN, CHECK), amended(reworded, CHECK)) == []
    first = PlannedItem(number="1", what="Khảo sát", lead=(SCIENCE,))
    later = [item.model_copy(update={"number": str(n)}) for n, item in enumerate((TRAIN, CHECK), start=2)]
    assert titles(issued(TRAIN, CHECK), amended(first, *later)) == ["Khảo sát"]
    assert titles(issued(TRAIN, CHECK), amended(CHECK), amended(CHECK, first)) == ["Khảo sát"]


def test_an_item_that_gets_a_lead_becomes_a_task() -> None:
    led = UNLED.model_copy(update={"lead": (SCIENCE,)})
    assert titles(issued(TRAIN, UNLED), amended(TRAIN, led)) == ["Tuyên truyền"]


def test_the_same_words_twice_are_two_items() -> None:
    other = TRAIN.model_copy(update={"number": "4", "lead": (SCIENCE,)})
    assert titles(issued(TRAIN, other)) == ["Tập huấn", "Tập huấn"]
    assert titles(issued(TRAIN), amended(TRAIN, other)) == ["Tập huấn"]


def test_a_source_brings_no_tasks() -> None:
    from_source = act("record_keeper", source=SOURCE)
    assert asked((issued(TRAIN, CHECK), from_source)) == []
    assert [
        one.command.title
        for one in asked((issued(TRAIN), from_source), amended(TRAIN, NEW))
        if isinstance(one.command, AssignTask)
    ] == ["Khảo sát"]
