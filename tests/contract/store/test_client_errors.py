"""Every way in which the client says that something went wrong: is it a no, or silence?"""

import inspect
import re
from collections.abc import Callable, Iterator

import grpc
import pytest
from esdbclient import exceptions

from shared.eventstore.esdb import EsdbStore, errors
from shared.eventstore.esdb.errors import translate
from shared.eventstore.port import (
    NO_STREAM,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreRejected,
    StoreUnavailable,
    SubscriptionEnded,
)
from shared.settings import Settings, variable
from tests.contract.store.cluster import Cluster, Node
from tests.contract.store.stores import PATIENCE, EmbeddedServer, Follower, embedded_server, event, stream

__all__ = ["embedded_server", "stream"]  # fixtures

NO, SILENCE = StoreRejected, StoreUnavailable

CLASSES = {
    "AbortedByServer": SILENCE,
    "AccessDeniedError": NO,
    "AlreadyExists": NO,
    "AppendDeadlineExceeded": SILENCE,
    "BadRequestError": NO,
    "CancelledByClient": SILENCE,  # another thread closed the connection
    "ConsumerTooSlow": SILENCE,
    "DeadlineExceeded": SILENCE,
    "DiscoveryFailed": SILENCE,
    "EventStoreDBClientException": SILENCE,
    "ExceptionIteratingRequests": SILENCE,
    "ExceptionThrownByHandler": SILENCE,
    "FailedPrecondition": NO,
    "FollowerNotFound": SILENCE,
    "GrpcDeadlineExceeded": SILENCE,
    "GrpcError": SILENCE,  # without a status; with one see CODES
    "InternalError": SILENCE,
    "InvalidTransactionError": NO,
    "LeaderNotFound": SILENCE,
    "MaximumAppendSizeExceededError": NO,
    "MaximumSubscriptionsReached": NO,
    "NodeIsNotLeader": SILENCE,  # and the leader is asked
    "NotFound": SILENCE,  # a stream that does not exist is known by its message, see below
    "OperationFailed": NO,
    "ReadOnlyReplicaNotFound": SILENCE,
    "SSLError": SILENCE,  # what TLS says is looked at: test_client_access.py
    "ServiceUnavailable": SILENCE,
    "StreamIsDeleted": NO,
    "SubscriptionConfirmationError": SILENCE,
    "UnknownError": SILENCE,
    "WrongCurrentVersion": SILENCE,  # caught before: it says something about the stream
}

CODES: dict[grpc.StatusCode, type[StoreError]] = {
    grpc.StatusCode.CANCELLED: SILENCE,
    grpc.StatusCode.UNKNOWN: SILENCE,
    grpc.StatusCode.INVALID_ARGUMENT: NO,
    grpc.StatusCode.DEADLINE_EXCEEDED: SILENCE,
    grpc.StatusCode.NOT_FOUND: SILENCE,
    grpc.StatusCode.ALREADY_EXISTS: NO,
    grpc.StatusCode.PERMISSION_DENIED: NO,
    grpc.StatusCode.RESOURCE_EXHAUSTED: StoreFull,
    grpc.StatusCode.FAILED_PRECONDITION: NO,
    grpc.StatusCode.ABORTED: SILENCE,
    grpc.StatusCode.OUT_OF_RANGE: NO,
    grpc.StatusCode.UNIMPLEMENTED: NO,
    grpc.StatusCode.INTERNAL: SILENCE,
    grpc.StatusCode.UNAVAILABLE: SILENCE,
    grpc.StatusCode.DATA_LOSS: StoreDamaged,
    grpc.StatusCode.UNAUTHENTICATED: NO,
}


@pytest.fixture(scope="module")
def cluster(embedded_server: EmbeddedServer) -> Iterator[Cluster]:
    made = Cluster(embedded_server.port, 1)
    yield made
    made.close()


@pytest.fixture
def node(cluster: Cluster) -> Iterator[Node]:
    one = cluster.nodes[0]
    one.calls = 0
    yield one
    one.refusal, one.mute = None, False


@pytest.fixture
def store(cluster: Cluster) -> Iterator[EsdbStore]:
    opened = EsdbStore(cluster.uri)
    yield opened
    opened.close()


def test_every_class_of_the_client_is_judged() -> None:
    known = {
        name: kind
        for name, kind in inspect.getmembers(exceptions, inspect.isclass)
        if issubclass(kind, exceptions.EventStoreDBClientException) and kind.__name__ == name
    }
    assert {name: type(translate(kind())) for name, kind in known.items()} == CLASSES


def test_every_status_is_judged() -> None:
    assert set(CODES) == set(grpc.StatusCode) - {grpc.StatusCode.OK}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_every_status_is_told_as_what_it_is(
    node: Node, cluster: Cluster, stream: str, code: grpc.StatusCode
) -> None:
    """A no at once and only once, silence when the deadline has passed; never an empty answer."""
    deadline = 0.1 if CODES[code] is SILENCE else PATIENCE
    store = EsdbStore(cluster.uri, deadline=deadline)
    node.refusal = code, "so it is"
    calls: list[Callable[[], object]] = [
        store.head,
        lambda: store.read_stream(stream),
        lambda: store.subscribe_stream(stream),
        lambda: store.append(stream, [event()], expected=NO_STREAM),
    ]
    for number, call in enumerate(calls, start=1):
        with pytest.raises(StoreError) as told:
            call()
        assert type(told.value) is CODES[code]
        if CODES[code] is SILENCE:
            assert "no answer within 0.1 s; last: " in str(told.value)
        else:
            assert node.calls == number
            assert "so it is" in str(told.value)
    store.close()


def test_a_full_disk_is_said_at_once_and_the_same_append_goes_through_later(
    node: Node, cluster: Cluster, stream: str
) -> None:
    store = EsdbStore(cluster.uri, deadline=PATIENCE)
    batch = [event(), event()]
    node.refusal = grpc.StatusCode.RESOURCE_EXHAUSTED, "the disk is full"
    for attempts in (1, 2):
        with pytest.raises(StoreFull, match="the disk is full"):
            store.append(stream, batch, expected=NO_STREAM)
        assert node.calls == attempts
    node.refusal = None

    assert store.append(stream, batch, expected=NO_STREAM).revision == 1
    assert [e.id for e in store.read_stream(stream)] == [e.id for e in batch]
    store.close()


def test_an_answer_beyond_what_grpc_takes_is_a_no(node: Node, store: EsdbStore) -> None:
    node.refusal = grpc.StatusCode.RESOURCE_EXHAUSTED, "Received message larger than max (9 vs. 8)"
    with pytest.raises(StoreRejected, match="larger than max"):
        store.head()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (grpc.StatusCode.DATA_LOSS, StoreDamaged),
        (grpc.StatusCode.ABORTED, StoreUnavailable),
        (grpc.StatusCode.UNAUTHENTICATED, StoreRejected),
    ],
)
def test_a_subscription_that_breaks_says_why(
    node: Node, store: EsdbStore, stream: str, code: grpc.StatusCode, kind: type[StoreError]
) -> None:
    store.append(stream, [event()], expected=NO_STREAM)
    follower = Follower(store.subscribe_stream(stream))
    follower.wait_for(1)
    node.end_calls(code, "so it is")
    follower.join()
    assert type(follower.error) is kind


def test_a_subscription_that_ends_without_a_word_has_not_completed(
    node: Node, store: EsdbStore, stream: str
) -> None:
    store.append(stream, [event()], expected=NO_STREAM)
    follower = Follower(store.subscribe_stream(stream))
    follower.wait_for(1)
    node.end_calls(None)
    follower.join()
    assert isinstance(follower.error, SubscriptionEnded)


def test_settings_that_a_sentence_names_exist() -> None:
    named = set(re.findall(r"\b(?:BCD|ESDB)_[A-Z_]+\b", inspect.getsource(errors)))
    assert named
    assert named <= {variable(field) for field in Settings.model_fields}
