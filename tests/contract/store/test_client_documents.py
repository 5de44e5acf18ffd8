"""What `docs/faults.md` says is shown is shown: every test that it names exists."""

import re
from pathlib import Path

import pytest

from tests.contract.store.stores import ROOT

TABLE = (ROOT / "docs" / "faults.md").read_text()
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith("| fault ")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split(" | ")[0].strip("| "))
def test_a_fault_names_its_test_or_says_why_there_is_none(row: str) -> None:
    shown = row.strip("| ").split(" | ")[2]
    named = re.findall(r"`(tests/[^`]*)`", shown)
    assert named or shown.startswith("No test")
    for test in named:
        path, _, name = test.partition("::")
        assert re.search(rf"^(?:async )?def {name}\(", (ROOT / Path(path)).read_text(), re.MULTILINE), test
