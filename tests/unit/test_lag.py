"""How far a reader is behind the store."""

from datetime import timedelta

from shared.followers.lag import Lag, lag
from tests.unit.records.facts import COMMITTEE, Recorder, appointed


def test_events_and_the_age_of_the_first_that_waits() -> None:
    recorder = Recorder()
    recorder.record(f"member-{COMMITTEE}.roster", *(appointed(f"s{n}") for n in range(5)))
    events = list(recorder.store.read_all())
    now = events[2].recorded_at + timedelta(seconds=90)
    assert lag(recorder.store, events[1].position, now) == Lag(3, 90.0)
    assert lag(recorder.store, events[-1].position, now) == Lag(0, 0.0)
    assert lag(recorder.store, 0, events[0].recorded_at - timedelta(hours=1)).seconds == 0.0  # clocks differ


def test_it_counts_no_further_than_it_is_told() -> None:
    recorder = Recorder()
    recorder.record(f"member-{COMMITTEE}.roster", *(appointed(f"s{n}") for n in range(5)))
    found = lag(recorder.store, 0, next(iter(recorder.store.read_all())).recorded_at, most=3)
    assert (found.events, found.more, str(found)) == (3, True, "3+")
    assert str(lag(recorder.store, 0, next(iter(recorder.store.read_all())).recorded_at, most=5)) == "5"
