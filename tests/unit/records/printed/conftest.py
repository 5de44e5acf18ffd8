"""The records of the invented meeting, read once for all tests that only look at them."""

from typing import Any

import pytest

from services.records.printed.told import Told
from tests.unit.records.printed.story import AllTold, whole


@pytest.fixture(scope="session")
def all_told(tmp_path_factory: pytest.TempPathFactory) -> AllTold:
    read = whole().told(tmp_path_factory.mktemp("printed"))

    def told(**moment: Any) -> Told:
        return Told(read.ask, read.committee, moment)

    return told
