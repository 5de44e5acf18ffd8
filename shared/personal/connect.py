"""The key store that the settings name."""

from pathlib import Path
from typing import Final

from shared.followers.database import Place
from shared.personal.key_store import KeyStore
from shared.personal.master import Master, read_master, read_or_make_master
from shared.settings import Settings

FOLDER: Final = "keys"
"""In the data folder: the keys and the master key, where no setting names another place."""


def open_keys(settings: Settings) -> KeyStore:
    """Nothing is read or made before the first use."""
    here = settings.data / FOLDER
    url = settings.keys_url or f"sqlite:///{here / 'keys.sqlite'}"
    return KeyStore(Place(url, "keys", settings.store_limit), lambda: _master(settings, here))


def _master(settings: Settings, here: Path) -> Master:
    if settings.keys_master_file is not None:
        return read_master(settings.keys_master_file)
    return read_or_make_master(here / "master")
