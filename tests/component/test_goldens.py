"""The registers of the chronicle and of the invented year as of five days are what was agreed."""

import pytest

from tests.goldens import DAYS, agreed, differences, made


@pytest.mark.parametrize("committee", DAYS)
def test_registers_as_of_five_days_are_as_agreed(committee: str) -> None:
    """Where they should differ: `python -m tests.goldens`, and look at what it says."""
    assert list(differences(agreed(committee), made(committee))) == []
