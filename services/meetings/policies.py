"""What meetings ask for when something happened elsewhere: nothing so far."""

from shared.policies import Policy

POLICIES: tuple[Policy, ...] = ()
