"""The content store that the settings name."""

from shared.contents.folder import FolderContents
from shared.contents.port import Contents
from shared.settings import Settings


def open_contents(settings: Settings) -> Contents:
    """The folder `contents` of the data folder."""
    return FolderContents(settings.data.resolve() / "contents")
