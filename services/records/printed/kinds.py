"""Which documents can be printed, of which records, and how each is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from services.records.printed.decision import decision
from services.records.printed.invitation import invitation
from services.records.printed.minutes import minutes
from services.records.printed.notice import notice
from services.records.printed.parts import Printed
from services.records.printed.plan import plan
from services.records.printed.progress_report import progress_report
from services.records.printed.told import Told


@dataclass(frozen=True)
class Kind:
    """`register` is where the record is found that the document is of."""

    register: str
    make: Callable[[Told, str, bool], Printed]
    """Of the record with this id; whether it is to be signed. Raises InvalidRequest where nothing can be
    printed, and whatever the questions to the records raise."""


def _notice(told: Told, meeting: str, to_sign: bool) -> Printed:
    """`MEETING`, or `MEETING/CONCLUSION` where several notices made the conclusions known."""
    record, _, conclusion = meeting.partition("/")
    return notice(told, record, conclusion or None, to_sign)


KINDS: Final[Mapping[str, Kind]] = {
    "minutes": Kind("meetings", minutes),
    "notice": Kind("meetings", _notice),
    "invitation": Kind("meetings", invitation),
    "plan": Kind("programmes", plan),
    "report": Kind("programmes", progress_report),
    "decision": Kind("outgoing", decision),
}


def kinds_of(register: str) -> list[str]:
    """What can be printed of a record of this register."""
    return [name for name, kind in KINDS.items() if kind.register == register]
