"""The content store that the settings name."""

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from shared.contents.folder import FolderContents
from shared.contents.port import Contents
from shared.settings import Settings

S3: Final = "s3"


def open_contents(settings: Settings) -> Contents:
    """The folder or bucket of `BCD_CONTENTS`; where it is unset, `contents` in the data folder."""
    if settings.contents is None:
        return FolderContents(settings.data.resolve() / "contents")
    address = urlsplit(settings.contents)
    if address.scheme != S3:
        return FolderContents(Path(settings.contents))
    # Only who uses it waits for boto3 to load.
    from shared.contents.s3 import S3Contents, client

    made = client(settings.contents_endpoint, settings.store_limit)
    return S3Contents(made, address.netloc, address.path)
