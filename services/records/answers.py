"""The answers of the `records` service, as plain JSON values: the one door to what `answering` makes.

Blocking: the service runs them in threads.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy.exc import DBAPIError

from services.records.answering import judging, ledger, registers, system
from services.records.answering.desk import Desk
from services.records.completeness.line import Holds
from services.records.database import Database
from services.records.everything import MODELS
from services.records.looks import Looks, look_of, noted
from services.records.timetravel.answers import days_of, difference
from services.records.views import Views
from shared.contents.port import ContentsError
from shared.dates import today
from shared.errors import BcdError, InvalidRequest, StoreDown
from shared.followers.database import OUT_OF_REACH
from shared.personal.opening import Opening

SHUT: Final = Opening()


class Answers:
    """Answers questions from a read database; raises InvalidRequest, StoreDown, RecordsOutOfDate.

    `clock` tells the day for a question without one, where the system goes by a clock of its own; without
    `opening` sealed values stay shut. `looks` is the log of looks; without one, as where the past was
    replayed for one person alone, nothing is noted. `holds` asks the content store for a digest.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], date] | None = None,
        opening: Opening = SHUT,
        looks: Looks | None = None,
        holds: Holds = lambda digest: False,
    ) -> None:
        self._opening = opening
        self._desk = Desk(database, Views(database, MODELS), looks, holds, clock or (lambda: today()))

    def answer(self, method: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The answer of the method of this name."""
        try:
            found: dict[str, Any] = getattr(self, method)(payload)
            if self._desk.looks and (look := look_of(method, payload, found)):
                noted(self._desk.looks, look)
            return self._opening.opened(found)
        except BcdError:
            raise
        except OUT_OF_REACH as error:
            raise StoreDown(f"the read database does not answer: {error}") from error
        except ContentsError as error:
            raise StoreDown(str(error)) from error
        except DBAPIError as error:
            raise InvalidRequest(method, f"the read database refuses it: {error.orig}") from error

    def register(self, payload: dict[str, Any]) -> dict[str, Any]:
        """A page of a register."""
        return registers.register(self._desk, payload)

    def show(self, payload: dict[str, Any]) -> dict[str, Any]:
        """One record, what is around it, the events behind it."""
        return registers.show(self._desk, payload)

    def journal(self, payload: dict[str, Any]) -> dict[str, Any]:
        """A page of events."""
        return ledger.events(self._desk, payload)

    def compliance(self, payload: dict[str, Any]) -> dict[str, Any]:
        """D12.1: each clause in each quarter."""
        return judging.compliance(self._desk, payload)

    def completeness(self, payload: dict[str, Any]) -> dict[str, Any]:
        """D7.8: what should be kept of a year against what is."""
        return judging.completeness(self._desk, payload)

    def powers(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The capacities of a person on a day, and what follows from each."""
        return judging.powers(self._desk, payload)

    def activity(self, payload: dict[str, Any]) -> dict[str, Any]:
        """D7.7: the figures of a period with their events."""
        return judging.activity(self._desk, payload)

    def difference(self, payload: dict[str, Any]) -> dict[str, Any]:
        """What differs between two moments, record by record, with the events that made it."""
        return difference(self._desk.views, payload)

    def days(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The days on which something took effect."""
        return days_of(self._desk.views, payload)

    def looks(self, payload: dict[str, Any]) -> dict[str, Any]:
        """HT-10: who looked at what, or how often each record was looked at."""
        return system.looks(self._desk, payload)

    def status(self, payload: dict[str, Any]) -> dict[str, Any]:
        """How much there is, and up to which event."""
        return system.status(self._desk, payload)

    def hashes(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The hash of every read model."""
        return system.hashes(self._desk, payload)

    def close(self) -> None:
        """Let go of what is kept for the next question."""
        self._desk.views.close()
        if self._desk.looks:
            self._desk.looks.close()
