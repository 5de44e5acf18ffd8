"""What lies with an agency that ended goes to its successors, also when it is recorded late (D1)."""

from collections.abc import Callable, Iterator

from services.members.succession import Handover, handovers, remember_succession
from shared.envelope import Envelope
from shared.messages import AgencyId, Command, Event
from shared.policies import Asked, Holdings, Policy

Given = tuple[str, tuple[AgencyId, ...]]
"""An open item and all whom it lies with from here on: nobody, where it is done."""


def follows(
    name: str, kind: str, given: Callable[[Event], Given | None], move: Callable[[Handover], Command]
) -> Policy:
    """The policy of this name for what `Holdings` keeps under this kind.

    `given` says of an event what came to lie with whom, and `move` what is asked for each handover.
    """

    def react(envelope: Envelope[Event], holdings: Holdings) -> Iterator[Asked]:
        for one in handovers(envelope, holdings, kind, given(envelope.event)):
            yield Asked("feedback", move(one), one.key)

    def remember(envelope: Envelope[Event], holdings: Holdings) -> None:
        remember_succession(envelope, holdings)
        if told := given(envelope.event):
            holdings.let_go(envelope.committee, kind, told[0])
            holdings.hold(envelope.committee, kind, *told)

    return Policy(name, react, remember)
