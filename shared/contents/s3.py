"""Contents as objects of an S3-compatible store, `<prefix>/<two digits>/<digest>`, as in a folder.

The keys to it come from the usual places of AWS (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, a profile).
"""

from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Final

import boto3
from boto3.exceptions import S3UploadFailedError
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shared.contents.port import (
    CHUNK,
    Content,
    ContentDamaged,
    ContentsDown,
    NoSuchContent,
    is_digest,
    place_of,
)

IN_MEMORY: Final = 8 << 20
"""Bytes of a content that wait in memory for their digest; more wait in a file."""
TRIES: Final = 3
ABSENT: Final = ("404", "NoSuchKey", "NotFound")
REGION: Final = "us-east-1"
"""What a store that knows no regions is told."""


class S3Contents:
    """A bucket, or a part of one below a prefix."""

    def __init__(self, client: Any, bucket: str, prefix: str = "") -> None:
        self._client, self._bucket = client, bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""

    def put(self, source: BinaryIO) -> Content:
        digest, size = sha256(), 0
        with SpooledTemporaryFile(IN_MEMORY) as draft:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                draft.write(chunk)
            draft.seek(0)
            content = Content(digest.hexdigest(), size)
            try:
                self._client.upload_fileobj(draft, self._bucket, self._key(content.digest))
            except (BotoCoreError, ClientError, S3UploadFailedError) as error:
                raise self._down(error) from error
        return content

    def read(self, digest: str) -> Iterator[bytes]:
        found = sha256()
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=self._key(digest))
            with closing(answer["Body"]) as body:
                for chunk in body.iter_chunks(CHUNK):
                    found.update(chunk)
                    yield chunk
        except ClientError as error:
            raise self._told(error, digest) from error
        except BotoCoreError as error:
            raise self._down(error) from error
        if found.hexdigest() != digest:
            raise ContentDamaged(digest, found.hexdigest())

    def holds(self, digest: str) -> bool:
        if not is_digest(digest):
            return False
        try:
            self._client.head_object(Bucket=self._bucket, Key=self._key(digest))
        except ClientError as error:
            if isinstance(self._told(error, digest), NoSuchContent):
                return False
            raise self._down(error) from error
        except BotoCoreError as error:
            raise self._down(error) from error
        return True

    def digests(self) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2")
        try:
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
                for told in page.get("Contents", ()):
                    name = str(told["Key"]).rpartition("/")[2]
                    if is_digest(name) and told["Key"] == self._key(name):
                        yield name
        except (BotoCoreError, ClientError) as error:
            raise self._down(error) from error

    def _key(self, digest: str) -> str:
        return self._prefix + place_of(digest)

    def _told(self, error: ClientError, digest: str) -> Exception:
        code = str(error.response.get("Error", {}).get("Code", ""))
        return NoSuchContent(digest) if code in ABSENT else self._down(error)

    def _down(self, error: Exception) -> ContentsDown:
        return ContentsDown(f"s3://{self._bucket}/{self._prefix}", error)


def client(endpoint: str | None, limit: float) -> Any:
    """A client of which every wait has its end: `limit` seconds to connect and for each read, few tries.

    Checksums of S3's own are left out where they can be: stores that only resemble S3 stumble over them, and
    what is read is compared with its SHA-256 in any case.
    """
    session = boto3.session.Session()
    config = Config(
        connect_timeout=limit,
        read_timeout=limit,
        retries={"total_max_attempts": TRIES, "mode": "standard"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"} if endpoint else None,
    )
    region = session.region_name or REGION
    return session.client("s3", endpoint_url=endpoint, region_name=region, config=config)
