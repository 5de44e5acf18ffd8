"""The process that runs every policy: `python -m services.policies_process`. Two of them do no harm."""

from services.published import CODEC, POLICIES
from services.records.database import database_url
from shared.bus.rpc import Services
from shared.eventstore.port import EventStore
from shared.followers.clock import clock
from shared.followers.database import place
from shared.followers.policies import NAME, PolicyFollower
from shared.followers.process import run_follower
from shared.settings import Settings, amqp_uri_or_exit


def make(settings: Settings, store: EventStore) -> PolicyFollower:
    return PolicyFollower(
        policies=POLICIES,
        codec=CODEC,
        store=store,
        services=Services(amqp_uri_or_exit(settings)),
        place=place(database_url(settings), NAME, settings.store_limit),
        limit=settings.call_limit,
        today=clock(settings.clock),
    )


if __name__ == "__main__":
    run_follower(NAME, make)
