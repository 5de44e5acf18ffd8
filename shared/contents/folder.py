"""Contents as files of a folder, `<two digits>/<digest>`; a copy of the folder is a copy of the store."""

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from shared.contents.port import (
    CHUNK,
    Content,
    ContentDamaged,
    ContentsDown,
    NoSuchContent,
    is_digest,
    place_of,
)


class FolderContents:
    """The default: a folder below the data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, source: BinaryIO) -> Content:
        digest, size = sha256(), 0
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with NamedTemporaryFile(dir=self._folder, prefix=".draft-", delete=False) as draft:
                try:
                    while chunk := source.read(CHUNK):
                        digest.update(chunk)
                        size += len(chunk)
                        draft.write(chunk)
                    draft.flush()
                    os.fsync(draft.fileno())
                    target = self._path(digest.hexdigest())
                    target.parent.mkdir(exist_ok=True)
                    os.replace(draft.name, target)
                except BaseException:
                    with suppress(OSError):
                        os.unlink(draft.name)
                    raise
        except OSError as error:
            raise ContentsDown(self._folder, error) from error
        return Content(digest.hexdigest(), size)

    def read(self, digest: str) -> Iterator[bytes]:
        found = sha256()
        try:
            with open(self._path(digest), "rb") as file:
                while chunk := file.read(CHUNK):
                    found.update(chunk)
                    yield chunk
        except FileNotFoundError:
            raise NoSuchContent(digest) from None
        except OSError as error:
            raise ContentsDown(self._path(digest), error) from error
        if found.hexdigest() != digest:
            raise ContentDamaged(digest, found.hexdigest())

    def holds(self, digest: str) -> bool:
        return is_digest(digest) and self._path(digest).is_file()

    def digests(self) -> Iterator[str]:
        for path in sorted(self._folder.glob("??/*")):
            if is_digest(path.name) and path == self._path(path.name):
                yield path.name

    def _path(self, digest: str) -> Path:
        return self._folder / place_of(digest)
