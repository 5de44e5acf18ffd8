"""`kill -9` of the server at random moments, under eight writers, over one log that grows."""

from pathlib import Path

import pytest

from tests.faults.conftest import ROUNDS, SEED, Say
from tests.faults.killing import kill_again_and_again


@pytest.mark.timeout(60 + 20 * ROUNDS)
def test_nothing_that_was_acknowledged_is_lost_or_doubled(tmp_path: Path, say: Say) -> None:
    kill_again_and_again(tmp_path / "data", ROUNDS, SEED, say)
