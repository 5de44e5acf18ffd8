"""What becomes of the messages of a group: never lost, never done twice, tried at most so often."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shared.eventstore.embedded.persistent.checkpoints import is_due
from shared.eventstore.embedded.persistent.consumers import (
    STRATEGIES,
    Consumer,
    DispatchToSingle,
    Message,
    Pinned,
    RoundRobin,
    Strategy,
)
from shared.eventstore.embedded.persistent.deliveries import Deliveries
from shared.eventstore.embedded.persistent.progress import Progress
from shared.eventstore.embedded.persistent.settings import (
    GroupName,
    Settings,
    SettingsError,
    Wanted,
    from_entry,
    to_entry,
)
from shared.eventstore.embedded.persistent.statistics import Meter, measurements

TIMEOUT = 10.0
MAX_RETRIES = 2


def message(position: int, *, id_: int | None = None, bucket: int = 0, replayed: bool = False) -> Message:
    """Its id is its position, unless another is given."""
    number = position if id_ is None else id_
    return Message(number.to_bytes(8, "big"), position, "s", position, bucket, replayed=replayed)


class AnyCourse(RuleBasedStateMachine):
    """A group, and what a model of one message at a time says must be true of it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.position = 0
        self.parked_position = 0
        self.added: dict[tuple[bool, int], Message] = {}
        self.done: Counter[tuple[bool, int]] = Counter()
        self.parking: list[Message] = []
        self.tries: Counter[tuple[bool, int]] = Counter()
        self.lost_consumer: Counter[tuple[bool, int]] = Counter()

    @initialize(strategy=st.sampled_from(sorted(STRATEGIES)))
    def begin(self, strategy: str) -> None:
        self.deliveries = Deliveries(
            STRATEGIES[strategy](), start=-1, max_retries=MAX_RETRIES, timeout=TIMEOUT
        )

    @rule(count=st.integers(1, 5), gap=st.integers(1, 3), data=st.data())
    def read(self, count: int, gap: int, data: st.DataObject) -> None:
        for _ in range(count):
            self.position += gap
            # now and then two events, of two streams, have one id
            same = data.draw(st.booleans()) and self.position > 10
            bucket = data.draw(st.integers(0, 3))
            new = message(self.position, id_=self.position - 10 if same else None, bucket=bucket)
            self.added[False, self.position] = new
            self.deliveries.add(new)

    @rule(gap=st.integers(1, 3))
    def pass_over(self, gap: int) -> None:
        self.position += gap
        self.deliveries.pass_over(self.position, counts=True)

    @rule()
    def replay(self) -> None:
        new = message(self.parked_position, id_=2**32 + self.parked_position, replayed=True)
        self.added[True, self.parked_position] = new
        self.parked_position += 1
        self.deliveries.replay(new)

    @rule(slots=st.integers(1, 4))
    def join(self, slots: int) -> None:
        self.deliveries.join(Consumer(slots))

    @precondition(lambda self: self.deliveries.consumers)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        consumer = data.draw(st.sampled_from(self.deliveries.consumers))
        before = {id_: each for id_, each in self.in_flight().items() if each[0] is consumer}
        self.deliveries.leave(consumer)
        assert consumer.held == 0
        assert not consumer.outbox
        for _, each in before.values():
            self.lost_consumer[each.replayed, each.position] += 1

    @rule()
    def deliver(self) -> None:
        before = self.in_flight()
        got = self.deliveries.deliver(self.now)
        for id_, (consumer, each) in self.in_flight().items():
            if id_ not in before:
                assert consumer in got
                assert each.id in consumer.outbox
                self.tries[each.replayed, each.position] += 1

    @precondition(lambda self: self.in_flight())
    @rule(data=st.data(), what=st.sampled_from(["ack", "retry", "park", "late"]), twice=st.booleans())
    def answer(self, data: st.DataObject, what: str, twice: bool) -> None:
        ids = data.draw(st.lists(st.sampled_from(sorted(self.in_flight())), min_size=1, max_size=4))
        if twice:
            ids += ids
        match what:
            case "ack":
                for each in self.deliveries.acknowledge(ids):
                    self.finish(each.message)
            case "retry":
                self.parking += self.deliveries.retry(ids)
            case "park":
                self.parking += self.deliveries.take(ids)
            case _:
                self.now += TIMEOUT
                self.parking += self.deliveries.expire(self.now)
                assert not self.in_flight()

    @precondition(lambda self: self.parking)
    @rule(written=st.booleans())
    def park(self, written: bool) -> None:
        for each in self.parking:
            if written:
                self.deliveries.parked(each)
                self.finish(each)
            else:
                self.deliveries.not_parked(each)
                self.lost_consumer[each.replayed, each.position] += 1  # it may be tried once more
        self.parking = []

    def finish(self, each: Message) -> None:
        self.done[each.replayed, each.position] += 1

    def in_flight(self) -> dict[bytes, tuple[Consumer, Message]]:
        held = self.deliveries._in_flight.values()
        return {each.message.id: (each.consumer, each.message) for each in held}

    @invariant()
    def everything_is_in_one_place(self) -> None:
        places = [
            *self.deliveries._waiting,
            *self.deliveries._retry,
            *(each for _, each in self.in_flight().values()),
            *self.parking,
        ]
        keys = [(each.replayed, each.position) for each in places]
        assert sorted([*keys, *self.done]) == sorted(self.added)
        assert set(self.done.values()) <= {1}

    @invariant()
    def the_checkpoint_is_just_below_what_is_not_done(self) -> None:
        left = [position for replayed, position in self.added.keys() - self.done.keys() if not replayed]
        done = self.deliveries.done.position
        if left:
            assert done < min(left)
            assert all(p not in self.added_positions() for p in range(done + 1, min(left)))
        else:
            assert done == self.deliveries.last.position
        below = [p for replayed, p in self.added.keys() - self.done.keys() if replayed]
        assert self.deliveries.replayed + 1 == (min(below) if below else self.parked_position)

    def added_positions(self) -> set[int]:
        return {position for replayed, position in self.added if not replayed}

    @invariant()
    def nobody_holds_more_than_its_slots(self) -> None:
        held = Counter(consumer for consumer, _ in self.in_flight().values())
        for consumer in self.deliveries.consumers:
            assert held[consumer] == consumer.held <= consumer.slots
            assert len(consumer.outbox) <= consumer.held

    @invariant()
    def nothing_is_tried_too_often(self) -> None:
        for key, count in self.tries.items():
            assert count <= 1 + MAX_RETRIES + self.lost_consumer[key]


TestAnyCourse = AnyCourse.TestCase
TestAnyCourse.settings = settings(max_examples=50, stateful_step_count=40, deadline=None)


def delivered(strategy: Strategy, slots: list[int], messages: list[Message]) -> list[list[int]]:
    """The positions that each consumer gets."""
    deliveries = Deliveries(strategy, start=-1, max_retries=0, timeout=TIMEOUT)
    consumers = [Consumer(each) for each in slots]
    for consumer in consumers:
        deliveries.join(consumer)
    for each in messages:
        deliveries.add(each)
    deliveries.deliver(0)
    return [[each.position for each in consumer.outbox.values()] for consumer in consumers]


def test_round_robin_serves_everybody_in_turn() -> None:
    messages = [message(n) for n in range(6)]
    assert delivered(RoundRobin(), [3, 3], messages) == [[0, 2, 4], [1, 3, 5]]
    assert delivered(RoundRobin(), [1, 9], messages) == [[0], [1, 2, 3, 4, 5]]


def test_dispatch_to_single_fills_one_before_the_next() -> None:
    messages = [message(n) for n in range(6)]
    assert delivered(DispatchToSingle(), [4, 4], messages) == [[0, 1, 2, 3], [4, 5]]


def test_pinned_keeps_buckets_apart_and_a_full_consumer_holds_nobody_up() -> None:
    messages = [message(n, bucket=n % 2) for n in range(8)]
    assert delivered(Pinned(), [9, 9], messages) == [[0, 2, 4, 6], [1, 3, 5, 7]]
    assert delivered(Pinned(), [1, 9], messages) == [[0], [1, 3, 5, 7]]


def test_a_newcomer_takes_over_its_share_of_the_buckets() -> None:
    strategy, first, second = Pinned(), Consumer(99), Consumer(99)
    strategy.join(first, [])
    assert {strategy.choose(message(n, bucket=n)) for n in range(4)} == {first}
    strategy.join(second, [message(0, bucket=0), message(1, bucket=1)])
    taken = [bucket for bucket in range(4) if strategy.choose(message(9, bucket=bucket)) is second]
    assert taken == [2, 3]  # those with nothing in flight
    strategy.leave(first)
    assert {strategy.choose(message(9, bucket=bucket)) for bucket in range(4)} == {second}


def test_retries_go_first_in_the_order_of_the_source_and_replayed_ones_last_of_them() -> None:
    deliveries = Deliveries(RoundRobin(), start=-1, max_retries=9, timeout=TIMEOUT)
    one, two = Consumer(2), Consumer(9)
    deliveries.join(one)
    for n in range(4):
        deliveries.add(message(n))
    deliveries.deliver(0)
    deliveries.replay(message(0, id_=99, replayed=True))
    deliveries.retry([message(1).id])
    deliveries.retry([message(0).id])
    deliveries.leave(one)
    deliveries.join(two)
    deliveries.deliver(0)
    assert [(each.replayed, each.position, each.retries) for each in two.outbox.values()] == [
        (False, 0, 1),
        (False, 1, 1),
        (True, 0, 0),
        (False, 2, 0),
        (False, 3, 0),
    ]


@pytest.mark.parametrize("max_retries", [0, 1, 3])
@pytest.mark.parametrize("late", [False, True])
def test_a_message_is_tried_as_often_as_it_may_and_then_parked(max_retries: int, late: bool) -> None:
    deliveries = Deliveries(RoundRobin(), start=-1, max_retries=max_retries, timeout=TIMEOUT)
    consumer = Consumer(1)
    deliveries.join(consumer)
    deliveries.add(message(0))
    given_up: list[Message] = []
    tries, now = 0, 0.0
    while not given_up:
        assert deliveries.deliver(now) == {consumer}
        assert consumer.outbox[message(0).id].retries == tries
        tries += 1
        assert deliveries.expire(now + TIMEOUT - 0.1) == []
        now += TIMEOUT
        given_up = deliveries.expire(now) if late else deliveries.retry([message(0).id])
    assert tries == 1 + max_retries
    assert deliveries.done.position == -1  # not before it is on disk among the parked
    deliveries.parked(given_up[0])
    assert deliveries.done.position == 0


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=30), st.randoms())
def test_progress_is_below_the_lowest_that_is_open(steps: list[tuple[int, bool]], random: object) -> None:
    progress, position, still = Progress(-1), -1, set[int]()
    for gap, begins in steps:
        position += gap
        if begins:
            progress.begin(position)
            still.add(position)
        else:
            progress.pass_over(position)
    while still:
        assert progress.done.position < min(still)
        chosen = random.choice(sorted(still))  # type: ignore[attr-defined]
        still.remove(chosen)
        progress.finish(chosen)
        with pytest.raises(KeyError):
            progress.finish(chosen)
    assert progress.done == progress.last
    assert progress.done.count == len(steps)


def test_when_a_checkpoint_is_due() -> None:
    asked = Settings(0, -1, checkpoint_after=2_000, min_checkpoint_count=10, max_checkpoint_count=100)
    assert not is_due(asked, 9, 60, tick=True)
    assert is_due(asked, 10, 2, tick=True)
    assert not is_due(asked, 10, 1.9, tick=True)
    assert not is_due(asked, 99, 60, tick=False)
    assert is_due(asked, 100, 0, tick=False)
    never_by_time = Settings(0, -1, checkpoint_after=0, min_checkpoint_count=1, max_checkpoint_count=100)
    assert not is_due(never_by_time, 99, 1e9, tick=True)
    always = Settings(0, -1, min_checkpoint_count=0, max_checkpoint_count=0)
    assert is_due(always, 1, 0, tick=False)
    assert not is_due(always, 0, 60, tick=True)


def test_settings_survive_the_way_into_the_log_and_back() -> None:
    name = GroupName("$all", "nhóm một")
    asked = Settings(5, 4, strategy="Pinned", wanted=Wanted(True, prefixes=("a,b", "c")))
    assert from_entry(to_entry(name, asked)) == (name, asked)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Settings(0, -1, strategy="Nearest"), "Consumer strategy Nearest does not exist"),
        (Settings(0, -1, read_batch_size=9, history_buffer_size=9), "read_batch_size"),
        (Settings(0, -1, max_retry_count=-1), "max_retry_count may not be less than 0, and is -1"),
        (Settings(-2, -1), "Start From"),
    ],
)
def test_settings_that_cannot_be(wrong: Settings, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        wrong.check()


def test_what_is_measured() -> None:
    assert measurements([]) == {}
    found = measurements(range(100, 0, -1))
    assert (found["Fastest"], found["Median"], found["Mean"], found["Highest"]) == (1, 51, 50, 100)
    assert (found["Quintile 1"], found["Quintile 3"], found["90%"], found["99.9%"]) == (1, 41, 91, 100)
    meter = Meter(0.0)
    assert meter.since_last(30, 10.0) == (30, 3)
    assert meter.since_last(30, 10.0) == (0, 0)
