"""What every content store promises, on a folder and on an S3-compatible store."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import boto3
import pytest
from moto import mock_aws

from shared.contents.connect import open_contents
from shared.contents.folder import FolderContents
from shared.contents.port import CHUNK, ContentDamaged, Contents, ContentsDown, NoSuchContent
from shared.contents.s3 import S3Contents, client
from shared.settings import Settings, SettingsError, load_settings

BUCKET, PREFIX = "ho-so-mau", "ban/chi-dao"
TEXT = "Biên bản họp (giả định)".encode()
DIGEST = sha256(TEXT).hexdigest()


@dataclass(frozen=True)
class Store:
    """A store under test; `damage` changes what lies under a digest behind its back."""

    contents: Contents
    damage: Callable[[str], None]


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "gia-dinh")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        made = boto3.client("s3")
        made.create_bucket(Bucket=BUCKET)
        yield made


def of_folder(folder: Path) -> Store:
    def damage(digest: str) -> None:
        (folder / digest[:2] / digest).write_bytes(b"khac")

    return Store(FolderContents(folder), damage)


def of_bucket(bucket: Any) -> Store:
    def damage(digest: str) -> None:
        bucket.put_object(Bucket=BUCKET, Key=f"{PREFIX}/{digest[:2]}/{digest}", Body=b"khac")

    return Store(S3Contents(client(None, 5), BUCKET, PREFIX), damage)


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return of_folder(tmp_path / "contents")
    return of_bucket(request.getfixturevalue("bucket"))


def put(store: Store, data: bytes) -> str:
    return store.contents.put(io.BytesIO(data)).digest


def test_what_is_put_is_read_again(store: Store) -> None:
    content = store.contents.put(io.BytesIO(TEXT))
    assert (content.digest, content.size) == (DIGEST, len(TEXT))
    assert b"".join(store.contents.read(DIGEST)) == TEXT
    assert store.contents.holds(DIGEST)
    assert not store.contents.holds("0" * 64)


def test_the_same_content_is_kept_once_and_all_are_listed_in_order(store: Store) -> None:
    digests = {put(store, data) for data in (TEXT, TEXT, b"", b"b", b"c")}
    assert list(store.contents.digests()) == sorted(digests)
    assert len(digests) == 4


def test_an_empty_store_holds_nothing(store: Store) -> None:
    assert list(store.contents.digests()) == []
    assert not store.contents.holds(DIGEST)


def test_what_is_larger_than_memory_should_hold_comes_in_chunks(store: Store) -> None:
    large = bytes(range(256)) * (10 << 12)  # 10 MiB
    chunks = list(store.contents.read(put(store, large)))
    assert b"".join(chunks) == large
    assert max(map(len, chunks)) <= CHUNK


def test_what_is_missing_is_said_with_its_digest_and_remedy(store: Store) -> None:
    with pytest.raises(NoSuchContent, match=f"(?s){DIGEST}.*bcd contents add"):
        list(store.contents.read(DIGEST))
    for wrong in ("", "abc", "../" + "a" * 61, DIGEST.upper()):
        with pytest.raises(NoSuchContent):
            list(store.contents.read(wrong))
        assert not store.contents.holds(wrong)


def test_what_is_damaged_is_found_by_reading_and_mended_by_putting(store: Store) -> None:
    put(store, TEXT)
    store.damage(DIGEST)
    with pytest.raises(ContentDamaged, match=sha256(b"khac").hexdigest()):
        list(store.contents.read(DIGEST))
    assert list(store.contents.digests()) == [DIGEST]
    put(store, TEXT)
    assert b"".join(store.contents.read(DIGEST)) == TEXT


class Breaking(io.BytesIO):
    """A source that fails in its midst."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError("đĩa hỏng")
        return super().read(3)


def test_a_source_that_breaks_leaves_nothing_behind(store: Store) -> None:
    source: BinaryIO = Breaking(TEXT)
    with pytest.raises((OSError, ContentsDown)):
        store.contents.put(source)
    assert list(store.contents.digests()) == []


def test_what_lies_beside_is_no_content(bucket: Any, tmp_path: Path) -> None:
    bucket.put_object(Bucket=BUCKET, Key=f"khac/{DIGEST[:2]}/{DIGEST}", Body=TEXT)
    bucket.put_object(Bucket=BUCKET, Key=f"{PREFIX}/ghi-chu.txt", Body=b"x")
    assert list(of_bucket(bucket).contents.digests()) == []
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / DIGEST).write_bytes(TEXT)
    assert list(FolderContents(tmp_path).digests()) == []


def test_a_bucket_that_is_not_there_is_named(bucket: Any) -> None:
    gone = S3Contents(client(None, 5), "khong-co", "")
    for ask in (
        lambda: gone.put(io.BytesIO(TEXT)),
        lambda: list(gone.digests()),
    ):
        with pytest.raises(ContentsDown, match="s3://khong-co/"):
            ask()


def test_a_store_that_does_not_answer_is_said_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "gia-dinh")
    away = S3Contents(client("http://127.0.0.1:9", 0.2), BUCKET)
    with pytest.raises(ContentsDown, match=f"s3://{BUCKET}/"):
        away.holds(DIGEST)


def test_without_keys_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(ContentsDown, match="credentials"):
        S3Contents(client("http://127.0.0.1:9", 0.2), BUCKET).holds(DIGEST)


def test_the_setting_says_where(bucket: Any, tmp_path: Path) -> None:
    by_default = open_contents(Settings(data=tmp_path))
    by_default.put(io.BytesIO(TEXT))
    assert (tmp_path / "contents" / DIGEST[:2] / DIGEST).read_bytes() == TEXT
    assert open_contents(Settings(contents=str(tmp_path / "contents"))).holds(DIGEST)
    in_bucket = open_contents(Settings(contents=f"s3://{BUCKET}/{PREFIX}"))
    in_bucket.put(io.BytesIO(TEXT))
    assert of_bucket(bucket).contents.holds(DIGEST)


@pytest.mark.parametrize("wrong", ["ftp://x/y", "s3://", "s3:///a"])
def test_a_setting_that_is_no_place_is_refused(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BCD_CONTENTS", wrong)
    with pytest.raises(SettingsError, match=r"BCD_CONTENTS.*s3://bucket"):
        load_settings()
