"""What the codec has to keep of tasks beyond the round trip of every event."""

from uuid import uuid4

from services.tasks.events import ProgressReported, TaskOverdue
from shared.dates import Deadline, Moment
from shared.history import encode
from tests.unit.given import act
from tests.unit.rows import metadata_of


def test_figures_keep_their_kind() -> None:
    figures = {"dat": 19, "ty_le": 63.5, "cua_hang": "trên 1000", "huyen": "11/11"}
    event = ProgressReported(programme_id="p", summary="", figures=figures, as_of=Moment("2023"))
    stored = encode(event, uuid4(), metadata_of(event, act("record_keeper"))).data
    read = ProgressReported.model_validate_json(stored).figures
    assert {key: (type(value), value) for key, value in read.items()} == {
        key: (type(value), value) for key, value in figures.items()
    }


def test_unknown_fields_are_tolerated() -> None:
    first = (
        '{"task_id":"t","deadline":{"wording":"quý III/2022","latest":"2022-09-30"},'
        '"noticed_on":"2022-10-01","later":"unknown"}'
    )
    read = TaskOverdue.model_validate_json(first)
    assert read.deadline == Deadline.parse("quý III/2022")
