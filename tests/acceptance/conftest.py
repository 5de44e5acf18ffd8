"""The system is started once, with the chronicle imported, and shared by the stories that leave it whole."""

from collections.abc import Iterator

import pytest

from tests.acceptance.system import System


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    system = System(tmp_path_factory.mktemp("acceptance") / "data")
    try:
        system.start()
        yield system
    finally:
        system.stop()
