"""The registers of two committees as of five days each, by number of rows and hash, as they were last agreed.

`python -m tests.goldens` writes them anew and says what has changed; a test compares them.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rich.console import Console
from sqlalchemy import ColumnElement, Connection, select

from services.cli.importer.chronicle import load as load_chronicle
from services.cli.importer.sending import send
from services.cli.importer.translate import translate
from services.cli.stories.checking import load as load_story
from services.records.as_of import AsOf
from services.records.by_agency.laid_out import laid_out
from services.records.database import Database
from services.records.everything import MODELS
from services.records.hashes import canonical
from services.records.rebuild import rebuild
from services.records.registers import REGISTERS, Register
from services.records.views import View, Views
from shared.messages import CommitteeId
from tests.component.house import House
from tests.component.story_house import told

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
DAYS: Final = {
    "langson": ("2021-12-31", "2022-09-28", "2023-06-30", "2025-03-01", "2026-01-01"),
    "mau": ("2025-03-31", "2025-06-30", "2025-07-02", "2025-09-30", "2025-12-31"),
}
"""The days of each committee: before and after what changed most."""
NOT_COMPARED: Final = frozenset({"recorded", "position"})
"""When and where the store took an event is of one run alone."""

Golden = dict[str, dict[str, list[Any]]]
"""By day and register, the number of rows and the beginning of their SHA-256."""


def lang_son() -> House:
    house = House()
    chronicle = load_chronicle(EXAMPLES / "lang-son" / "lang-son.yaml")
    send(chronicle, translate(chronicle), CommitteeId("langson"), house, 1.0, Console(quiet=True))
    house.follow()
    return house


def mau() -> House:
    house = House()
    told(load_story(EXAMPLES / "nam-mau" / "nam-mau.yaml"), house)
    return house


TELLING: Final[dict[str, Callable[[], House]]] = {"langson": lang_son, "mau": mau}


def file_of(committee: str) -> Path:
    return Path(__file__).with_name(f"{committee}.json")


def agreed(committee: str) -> Golden:
    """What was last agreed; nothing where there was nothing."""
    path = file_of(committee)
    found: Golden = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def made(committee: str) -> Golden:
    """The registers of the committee as they come out now; each day is folded once."""
    with TemporaryDirectory(prefix="bcd-goldens-") as folder:
        database = Database(f"sqlite:///{folder}/records.sqlite")
        rebuild(TELLING[committee]().store, database, MODELS)
        views = Views(database, MODELS)
        every = [model.name for model in MODELS.models if model.name != "journal"]
        found: Golden = {}
        for day in DAYS[committee]:
            with views.as_of(committee, AsOf(date.fromisoformat(day)), every) as view:
                found[day] = {
                    name: _hashed(view, name, committee, date.fromisoformat(day))
                    for name in sorted(REGISTERS)
                }
        views.close()
        database.close()
        return found


def differences(before: Golden, after: Golden) -> Iterator[str]:
    """Each register of each day that is not as it was."""
    for day in sorted(before.keys() | after.keys()):
        then, now = before.get(day, {}), after.get(day, {})
        for name in sorted(then.keys() | now.keys()):
            if then.get(name) != now.get(name):
                yield f"{day} {name}: {_said(then.get(name))} → {_said(now.get(name))}"


def _said(one: list[Any] | None) -> str:
    return "–" if one is None else f"{one[0]} rows ({one[1]})"


def _hashed(view: View, name: str, committee: str, day: date) -> list[Any]:
    register = REGISTERS[name]
    if register.table.name == "journal":
        return _rows_hashed(view.events, register, committee, view.counting)
    with laid_out(view, register, committee, day) as db:
        return _rows_hashed(db, register, committee)


def _rows_hashed(
    db: Connection, register: Register, committee: str, *counting: ColumnElement[bool]
) -> list[Any]:
    columns = [column for column in register.table.c if column.name not in NOT_COMPARED]
    query = select(*columns).where(register.table.c.committee == committee, *register.only, *counting)
    digest, count = hashlib.sha256(), 0
    for row in db.execute(query.order_by(*register.table.primary_key)):
        digest.update(canonical(tuple(row)) + b"\n")
        count += 1
    return [count, digest.hexdigest()[:16]]
