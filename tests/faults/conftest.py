"""Settings of the fault suite, from the environment, and its progress, which is shown while it runs."""

import os
import random
import sys
from collections.abc import Callable

import pytest

ROUNDS = int(os.environ.get("ROUNDS", "200"))
"""How often the server is killed, and how many bytes are flipped."""

SILENCE = float(os.environ.get("SILENCE", "30"))
"""How long a server or a network keeps silent."""

SEED = os.environ.get("SEED") or str(random.randrange(10**6))
"""What decides every random moment; the same seed makes the same choices."""

Say = Callable[[str], None]


def pytest_report_header() -> str:
    return f"faults: ROUNDS={ROUNDS} SILENCE={SILENCE:g} SEED={SEED}"


@pytest.fixture
def say(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Say:
    """Shows a line, now, whatever pytest captures."""

    def write(line: str) -> None:
        with capsys.disabled():
            sys.stderr.write(f"\n{request.node.name}: {line}")
            sys.stderr.flush()

    return write
