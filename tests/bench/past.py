"""A register as of a day in a journal of many committees, against reading the same rows and nothing else.

    python -m tests.bench.past [EVENTS] [--one]

The journal is that of an invented year, told once and copied under the names of other committees, 1,000,000
events where no number is given; with `--one` all events are of one committee. Exit code 1 where memory was
not flat.
"""

import argparse
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from services.cli.stories.checking import load
from services.records.answers import Answers
from services.records.database import Database
from services.records.everything import MODELS
from services.records.projecting import Models
from services.records.rebuild import rebuild
from shared.followers.database import sqlite_path
from tests.bench import house
from tests.bench.processes import forget_peak, resident
from tests.component.house import House
from tests.component.story_house import told

YEAR: Final = Path(__file__).parents[2] / "examples" / "nam-mau" / "nam-mau.yaml"
COMMITTEE, DAY = "mau", "2025-09-30"
FLAT: Final = 24.0
"""MB that a question may need more in a large journal than in a small one: SQLite's pages, and a little."""
EVENTS, MANY = 100_000, 1_000_000
SHOWN: Final = ("tasks", "meetings", "documents")


@dataclass(frozen=True)
class Cost:
    """Seconds, and MB of memory that were needed at the most."""

    seconds: float
    memory: float


def run(events: int = EVENTS) -> Iterator[str]:
    with house.scratch() as folder:
        path = year(folder)
        count, took = copied(path, events)
        yield f"  (a journal of {count:,} events in {took:.0f} s, {path.stat().st_size / 1e9:.2f} GB)"
        for name in SHOWN:
            line, _ = compared(folder, path, name)
            yield line


def compared(folder: Path, path: Path, name: str, committee: str = COMMITTEE) -> tuple[str, Cost]:
    """The line of one register, and what its question cost."""
    database = Database(f"sqlite:///{folder}/records.sqlite")
    answers = Answers(database)
    asked: dict[str, Any] = {"name": name, "committee": committee, "as_of": DAY, "limit": 50}
    answers.answer("register", {**asked, "as_of": "2001-01-01"})  # whatever is read or compiled once
    rows, bare = _cost(lambda: _bare(path, committee, MODELS.only({name})))
    answer, first = _cost(lambda: answers.answer("register", asked))
    _, again = _cost(lambda: answers.answer("register", asked))
    answers.close()
    database.close()
    said = (
        f"{name + ' as of a day':27}: {first.seconds / bare.seconds:5.1f} × reading the same rows bare; "
        f"asked again {again.seconds / bare.seconds:4.2f} ×   [{rows} events, {answer['total']} rows; "
        f"{first.seconds * 1000:.0f}, {again.seconds * 1000:.0f} against {bare.seconds * 1000:.0f} ms; "
        f"{first.memory:.0f} against {bare.memory:.0f} MB]"
    )
    return said, first


def year(folder: Path) -> Path:
    """The read database of the invented year; the file of its generation."""
    at_home = House()
    told(load(YEAR), at_home)
    database = Database(f"sqlite:///{folder}/records.sqlite")
    rebuild(at_home.store, database, MODELS)
    generation = database.current()
    assert generation is not None
    path = sqlite_path(generation.place.url)
    assert path is not None
    database.close()
    return path


def copied(path: Path, events: int, one: bool = False) -> tuple[int, float]:
    """Copy the year until the journal holds so many events; how many it holds, and in how many seconds.

    As other committees, the one that is asked for in the middle of them; with `one` as further years of this
    one, whose records get other ids.
    """
    began = time.perf_counter()
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("CREATE TEMP TABLE told AS SELECT * FROM journal WHERE committee = ?", (COMMITTEE,))
    columns = [row[1] for row in db.execute("PRAGMA table_info(journal)")]
    (length,) = db.execute("SELECT count(*) FROM told").fetchone()
    (span,) = db.execute("SELECT max(position) + 64 FROM told").fetchone()
    db.execute("BEGIN")
    for n in range(1, events // length):
        other = COMMITTEE if one else f"{'a' if n % 2 else 'z'}{n:05}"
        changed = {
            "committee": f"'{other}'",
            "position": f"position + {n * span}",
            "event_id": f"substr(event_id, 1, 28) || printf('%08x', {n})",
            "reference": _renamed("reference", other, n, one),
            "stream": _renamed("stream", other, n, one),
            "metadata": f"""replace(metadata, '"committee":"{COMMITTEE}"', '"committee":"{other}"')""",
            "data": _own_ids(n) if one else "data",
        }
        values = ", ".join(changed.get(name, name) for name in columns)
        db.execute(f"INSERT INTO journal SELECT {values} FROM told")
    db.execute("COMMIT")
    db.execute("PRAGMA journal_mode = WAL")
    (count,) = db.execute("SELECT count(*) FROM journal").fetchone()
    db.close()
    return count, time.perf_counter() - began


def _renamed(column: str, other: str, n: int, one: bool) -> str:
    """The stream of another committee, or another stream of the same."""
    return f"replace({column}, '-{COMMITTEE}.', '-{other}.{f'{n}-' if one else ''}')"


def _own_ids(n: int) -> str:
    """The ids of records with the number of the year before them."""
    changed = "data"
    for name in ("task_id", "meeting_id", "document_id", "feedback_id", "round_id", "request_id"):
        changed = f"""replace({changed}, '"{name}":"', '"{name}":"{n}-')"""
    return changed


def _bare(path: Path, committee: str, models: Models) -> int:
    """Read the events of which the register is made, with nothing but SQLite; how many there were."""
    db = sqlite3.connect(path)
    types = models.types()
    query = (
        "SELECT * FROM journal WHERE committee = ? AND latest <= ?"
        f" AND type IN ({', '.join('?' * len(types))}) ORDER BY position"
    )
    count = sum(1 for _ in db.execute(query, (committee, DAY, *types)))
    db.close()
    return count


def _cost(work: Callable[[], Any]) -> tuple[Any, Cost]:
    before = resident(os.getpid())
    forget_peak(os.getpid())
    began = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - began
    return found, Cost(seconds, max(0.0, resident(os.getpid(), "VmHWM") - before))


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.bench.past", description="Registers of the past.")
    parser.add_argument("events", type=int, nargs="?", default=MANY)
    parser.add_argument("--one", action="store_true", help="all of them of one committee")
    given = parser.parse_args()
    costs: list[list[Cost]] = []
    for events in (given.events // 10, given.events):
        with house.scratch() as folder:
            path = year(folder)
            count, took = copied(path, events, given.one)
            print(f"{count:,} events in {took:.0f} s, {path.stat().st_size / 1e9:.2f} GB")
            costs.append([])
            for name in SHOWN:
                line, cost = compared(folder, path, name)
                costs[-1].append(cost)
                print(line, flush=True)
    flat = all(last.memory <= first.memory + FLAT for first, last in zip(*costs, strict=True))
    print(f"memory {'✔ flat' if flat else '✘ not flat'}")
    return 0 if flat else 1


if __name__ == "__main__":
    sys.exit(main())
