"""What an entry says is to be done, line by line: what, who leads, with whom, until when."""

from dataclasses import dataclass
from typing import Any

from services.cli.importer import wording
from services.cli.importer.entry import Entry
from shared.dates import Deadline


@dataclass(frozen=True)
class ToDo:
    """One task in the words of its source; what it leaves open is None or empty."""

    what: str
    lead: str | None = None
    leads: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    start: Deadline | None = None
    deadline: Deadline | None = None


def tasks_of(entry: Entry) -> tuple[list[ToDo], list[str]]:
    """The tasks that the details list, and a remark on every line that does not say what is to be done."""
    return todos(entry.details.get("tasks"), entry)


def todos(value: Any, entry: Entry) -> tuple[list[ToDo], list[str]]:
    found: list[ToDo] = []
    remarks: list[str] = []
    for n, item in enumerate(value if isinstance(value, list) else [value] if value else [], start=1):
        what = wording.words(item.get("what") if isinstance(item, dict) else item)
        if what:
            found.append(_todo(what, item if isinstance(item, dict) else {}, entry))
        else:
            said = wording.words(item)
            remarks.append(f"dòng thứ {n} không nói việc gì (what), chỉ giữ trong ghi chú: {said or 'trống'}")
    return found, remarks


def _todo(what: str, item: dict[str, Any], entry: Entry) -> ToDo:
    """A deadline of a whole task counts for each of its lines that says nothing of a deadline."""
    own = "deadline" in item or entry.kind != "task"
    return ToDo(
        what=what,
        lead=wording.words(item.get("lead")) or None,
        leads=wording.texts(item.get("lead")),
        partners=(*entry.texts("with"), *wording.texts(item.get("with"))),
        start=deadline_of(item.get("start")),
        deadline=deadline_of(item.get("deadline") if own else entry.details.get("deadline")),
    )


def of_title(entry: Entry) -> ToDo:
    """The entry's title as the task, where the details list none."""
    lead = entry.details.get("lead")
    return _todo(entry.title, {"lead": lead, "start": entry.details.get("start")}, entry)


def deadline_of(value: Any) -> Deadline | None:
    """In the words of the source, with a last day only where they fix one."""
    said = wording.words(value)
    return Deadline.parse(said) if said else None
