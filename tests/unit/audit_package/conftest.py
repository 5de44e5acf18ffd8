"""One small system and its package, for all tests of this folder; who changes them takes a copy."""

from pathlib import Path

import pytest

from services.audit.copies import Copy
from tests.unit.audit_package.packages import exported, fresh, system


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return system(tmp_path_factory.mktemp("system"))


@pytest.fixture(scope="session")
def untouched(whole: Copy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages") / "package"
    exported(whole, folder)
    return folder


@pytest.fixture
def package(untouched: Path, tmp_path: Path) -> Path:
    return fresh(untouched, tmp_path / "package")


@pytest.fixture(scope="session")
def key(whole: Copy) -> str:
    return str(whole.signer.verifier)
