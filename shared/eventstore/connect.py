"""From a connection string, or from the settings, to an event store: the only place that makes one."""

from shared.catalogue import both
from shared.eventstore.esdb import Access, EsdbStore
from shared.eventstore.memory import MemoryStore
from shared.eventstore.port import EventStore
from shared.settings import PREFIX, Settings, SettingsError, variable

DEFAULT_STORE = "esdb://localhost:2113?Tls=false"
"""A server on this machine, where the settings name none."""


def open_store(settings: Settings) -> EventStore:
    """The store that the settings name; raises SettingsError where they cannot be used."""
    access = Access(
        user=settings.store_user,
        password=settings.store_secret(),
        ca_file=settings.store_ca_file,
        certificate_file=settings.store_certificate_file,
        key_file=settings.store_key_file,
    )
    try:
        return connect(settings.esdb_uri or DEFAULT_STORE, access, deadline=settings.store_limit)
    except ValueError as wrong:
        named = f"{variable('esdb_uri')} | {PREFIX}STORE_…"
        raise SettingsError(both("settings.malformed", name=named, why=wrong)) from None


def connect(uri: str, access: Access | None = None, *, deadline: float = 15.0) -> EventStore:
    """Open the store that `uri` names; the first call to it, not this one, needs it to answer.

    `memory://` is a new, empty store in this process; `esdb://host:port?Tls=false` one node;
    `esdb://a:2113,b:2113,c:2113` and `esdb+discover://name:2113` a cluster, whose leader is found and
    followed. `kurrentdb` is another word for `esdb`. `access` goes before what the string says; an
    append, or a page of a read, ends within `deadline` seconds.

    Raises ValueError for anything else, in words that do not repeat the string.
    """
    scheme, separator, rest = uri.partition("://")
    if uri == "memory://":
        return MemoryStore()
    if separator and scheme in ("esdb", "esdb+discover", "kurrentdb", "kurrentdb+discover"):
        return EsdbStore(scheme.replace("kurrentdb", "esdb") + separator + rest, access, deadline=deadline)
    raise ValueError(
        f"store scheme {scheme if separator else ''!r} is not known: use memory://, "
        "esdb://host:port?Tls=false or esdb+discover://host:port"
    )
