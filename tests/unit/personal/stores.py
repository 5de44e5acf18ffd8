"""A key store in a folder, with a master key of its own."""

from pathlib import Path

from shared.followers.database import Place
from shared.personal.key_store import KeyStore
from shared.personal.master import read_or_make_master


def key_store(folder: Path, limit: float = 5.0) -> KeyStore:
    url = f"sqlite:///{folder / 'keys' / 'keys.sqlite'}"
    return KeyStore(Place(url, "keys", limit), lambda: read_or_make_master(folder / "keys" / "master"))
