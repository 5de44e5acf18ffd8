"""Read models that followed a server which was killed again and again are those of a fresh rebuild."""

import json
import random
from collections import defaultdict
from functools import partial
from pathlib import Path

import pytest

from services.cli.stories.checking import load
from services.records.database import read_database
from services.records.everything import MODELS
from services.records.projector import Projector
from services.records.rebuild import rebuild
from shared.eventstore.epoch import of_store
from shared.eventstore.esdb import EsdbStore
from shared.eventstore.port import NewEvent, RecordedEvent
from shared.settings import load_settings
from tests.component.house import House
from tests.component.story_house import told
from tests.contract.store.stores import PATIENCE, ROOT, EmbeddedServer
from tests.faults.conftest import ROUNDS, SEED, Say
from tests.faults.following import following
from tests.faults.writers import Answers, at_work

YEAR = ROOT / "examples" / "nam-mau" / "nam-mau.yaml"
KILLS = max(3, ROUNDS // 10)


@pytest.fixture(scope="module")
def year() -> list[RecordedEvent]:
    """What a year of two committees leaves behind."""
    house = House()
    told(load(YEAR), house)
    return [event for event in house.store.read_all() if not of_store(event)]


@pytest.mark.timeout(300 + 30 * KILLS)
def test_read_models_are_those_of_a_rebuild(year: list[RecordedEvent], tmp_path: Path, say: Say) -> None:
    server, answers, chance = EmbeddedServer(tmp_path / "store"), Answers(), random.Random(SEED)
    server.start()
    store = EsdbStore(server.uri, deadline=2 * PATIENCE)
    database = read_database(
        load_settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'records.sqlite'}")
    )
    writers = [partial(_write, store, part, answers) for part in _parts(year)]
    try:
        with following(store, Projector(database, MODELS), PATIENCE):
            with at_work(writers, 4 * PATIENCE):
                for number in range(1, KILLS + 1):
                    answers.wait(chance.randrange(len(year) // KILLS), PATIENCE)
                    server.kill()
                    server.start()
                    say(f"killed {number} of {KILLS} times")
            report = rebuild(store, database, MODELS, patience=PATIENCE)
        say(f"{report.events} events, {len(report.models)} read models, {len(report.quarantine)} quarantined")
        assert not report.quarantine
        assert [one.model for one in report.models if not one.equal] == []
        assert report.equal
        assert sum(one.rows for one in report.models) > 0
    finally:
        store.close()
        database.close()
        server.kill()


def _parts(year: list[RecordedEvent]) -> list[list[RecordedEvent]]:
    """The events of each committee, in their order: committees do not wait for each other."""
    parts: defaultdict[str, list[RecordedEvent]] = defaultdict(list)
    for event in year:
        parts[json.loads(event.metadata)["committee"]].append(event)
    return list(parts.values())


def _write(store: EsdbStore, events: list[RecordedEvent], answers: Answers) -> None:
    """Record them anew, one by one, at the revisions that they had."""
    for event in events:
        new = NewEvent(event.id, event.type, event.data, event.metadata)
        store.append(event.stream, [new], expected=event.revision - 1)
        answers()
