"""Who speaks for an agency, where the regulation asks its head."""

from typing import Final

from services.members.capacity import Capacity, speaks_for
from shared.envelope import Act
from shared.messages import AgencyId

HEADS: Final = (Capacity.AGENCY, Capacity.FOCAL_POINT, Capacity.MEMBER, Capacity.DEPUTY)
"""Capacities in which the head of an agency acts for it. Chair and standing deputy act for the committee: for
an agency that they head they act in the capacity of its head. A seat in the support team does not speak for
an agency, though its holder comes from one."""


def heads(act: Act, agency: AgencyId | None) -> bool:
    """Whether the head of this agency acts; an act before the regulation is taken at its word."""
    return act.in_capacity(*HEADS) and speaks_for(act, agency)
