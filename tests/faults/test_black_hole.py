"""A network that swallows everything, in both directions, while all connections seem to stand."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.store.stores import PATIENCE, ROOT
from tests.faults.conftest import SILENCE, Say

LASTS = 2 * SILENCE


@pytest.mark.timeout(300 + LASTS)
def test_a_network_that_swallows_everything(tmp_path: Path, say: Say) -> None:
    _require_namespace()
    program = [sys.executable, "-m", "tests.faults.black_hole", str(tmp_path / "data"), str(LASTS)]
    process = subprocess.Popen(["unshare", "--net", *program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            say(line.rstrip())
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait(PATIENCE)


def _require_namespace() -> None:
    for program in ("unshare", "ip", "iptables"):
        if shutil.which(program) is None:
            pytest.skip(f"NO BLACK HOLE: {program} is not installed (apt-get install iptables iproute2)")
    tried = ["unshare", "--net", "iptables", "-L"]
    if (said := subprocess.run(tried, capture_output=True, timeout=30, text=True)).returncode:
        pytest.skip(f"NO BLACK HOLE: a network namespace with iptables needs root: {said.stderr}")
