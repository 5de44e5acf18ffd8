"""Whatever is done to the bytes of a package, the verdict is never yes and never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.audit.verifier.verify_bcd import verify
from tests.unit.audit_package.packages import exported, mend, system

FILE, PLACE, BIT = st.integers(0, 1000), st.floats(0, 1, exclude_max=True), st.integers(0, 7)
RUNS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PROVEN = ("data/events/", "data/log/tile/", "data/documents/", "data/registers/")
"""What stands by itself, without a manifest."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    exported(system(folder, streams=2, length=6), folder / "package")
    types = ("ContextNoted", "DocumentIssued", "EpochBegan", "MemberAppointed", "CommitteeEstablished")
    for schema in (folder / "package" / "data" / "schemas").iterdir():
        if schema.stem not in types:
            schema.unlink()
    mend(folder / "package")
    assert verify(folder / "package").status == 3  # nothing but the key, which nobody brought
    return folder / "package"


def files(package: Path) -> list[Path]:
    return sorted(path for path in package.rglob("*") if path.is_file() and path.stat().st_size)


def proven(package: Path) -> list[Path]:
    names = {path: path.relative_to(package).as_posix() for path in files(package)}
    return [path for path, name in names.items() if name.startswith(PROVEN) and path.name != "hashes.json"]


def chosen(among: list[Path], number: int) -> Path:
    return among[number % len(among)]


@contextmanager
def spoiled(package: Path, path: Path, content: bytes | None) -> Iterator[None]:
    """With other content in a file, or without the file; it and the manifests are as before afterwards."""
    touched = [path, *package.glob("*manifest-sha256.txt")]
    before = {one: one.read_bytes() for one in touched}
    try:
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        yield
    finally:
        for one, told in before.items():
            one.write_bytes(told)


def flipped(path: Path, place: float, bit: int) -> bytes:
    content = bytearray(path.read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    return bytes(content)


@RUNS
@given(file=FILE, place=PLACE, bit=BIT)
def test_any_bit_of_any_file(small: Path, file: int, place: float, bit: int) -> None:
    path = chosen(files(small), file)
    with spoiled(small, path, flipped(path, place, bit)):
        assert verify(small).status == 1, path


@RUNS
@given(file=FILE, place=PLACE, bit=BIT)
def test_any_bit_of_what_is_proven_by_itself_with_manifests_that_fit(
    small: Path, file: int, place: float, bit: int
) -> None:
    path = chosen(proven(small), file)
    with spoiled(small, path, flipped(path, place, bit)):
        mend(small)
        assert verify(small).status == 1, path


@pytest.mark.parametrize("mended", [False, True])
def test_any_file_that_is_missing(small: Path, mended: bool) -> None:
    for path in proven(small) if mended else files(small):
        with spoiled(small, path, None):
            if mended:
                mend(small)
            assert verify(small).status == 1, path


@RUNS
@given(content=st.binary(max_size=200), file=FILE)
def test_any_file_that_is_something_else(small: Path, content: bytes, file: int) -> None:
    path = chosen(files(small), file)
    if content != path.read_bytes():
        with spoiled(small, path, content):
            assert verify(small).status == 1, path
