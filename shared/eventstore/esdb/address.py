"""Where the store is and how it is spoken to: a connection string and the access beside it, checked."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from esdbclient.connection_spec import NODE_PREFERENCE_LEADER, URI_SCHEME_ESDB_DISCOVER, ConnectionSpec

_NOBODY = "nobody:nothing"
_KEEPALIVE = 10.0
_KEEPALIVE_TIMEOUT = 5.0


@dataclass(frozen=True)
class Access:
    """Who asks, and which certificates are used; what is not given here, the connection string may give.

    The files hold PEM. They are read once: a renewed certificate needs a new process.
    """

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    certificate_file: Path | None = None
    key_file: Path | None = None


@dataclass(frozen=True)
class Address:
    """A checked connection string. Times in seconds; `keepalive` and its timeout bound a silent connection.

    `spec` is esdbclient's reading of the string. Of its options count Tls, TlsCaFile, UserCertFile,
    UserKeyFile, ConnectionName, GossipTimeout, KeepAliveInterval and KeepAliveTimeout (in milliseconds);
    how often and how long is tried is the store's own decision.
    """

    spec: ConnectionSpec = field(repr=False)
    user: str | None
    password: str | None = field(repr=False)
    ca: bytes | None = field(repr=False)
    certificate: bytes | None = field(repr=False)
    key: bytes | None = field(repr=False)
    keepalive: float
    keepalive_timeout: float

    @property
    def tls(self) -> bool:
        return bool(self.spec.options.Tls)

    @property
    def by_name(self) -> bool:
        """Whether one DNS name stands for all nodes (`esdb+discover://`)."""
        return self.spec.scheme == URI_SCHEME_ESDB_DISCOVER

    @property
    def cluster(self) -> bool:
        """Whether the node to speak to has to be asked for."""
        return self.by_name or len(self.spec.targets) > 1


def address_of(
    uri: str, access: Access, *, keepalive: float | None = None, keepalive_timeout: float | None = None
) -> Address:
    """Raises ValueError with a sentence that shows neither the string nor the password."""
    spec, named = _spec(uri)
    options = spec.options
    if options.NodePreference != NODE_PREFERENCE_LEADER:
        raise ValueError("NodePreference must be leader: another node may not have what was just appended")
    if options.Tls and not options.TlsVerifyCert:
        raise ValueError("TlsVerifyCert=false is not possible: name the CA that signed the certificate")
    if access.user and not options.Tls:
        raise ValueError("a user and password need TLS, they would travel readable: say Tls=true")
    ca = access.ca_file or _path(options.TlsCaFile)
    certificate = access.certificate_file or _path(options.UserCertFile)
    key = access.key_file or _path(options.UserKeyFile)
    if options.Tls:
        _check_certificates(ca, certificate, key)
    return Address(
        spec=spec,
        user=access.user or (unquote(spec.username or "") if named else None),
        password=access.password if access.user else (unquote(spec.password or "") if named else None),
        ca=_content(ca),
        certificate=_content(certificate),
        key=_content(key),
        keepalive=keepalive or _seconds(options.KeepAliveInterval, "KeepAliveInterval") or _KEEPALIVE,
        keepalive_timeout=keepalive_timeout
        or _seconds(options.KeepAliveTimeout, "KeepAliveTimeout")
        or _KEEPALIVE_TIMEOUT,
    )


def _spec(uri: str) -> tuple[ConnectionSpec, bool]:
    """The string as esdbclient reads it, and whether it names a user: for TLS esdbclient insists on one."""
    scheme, _, rest = uri.partition("://")
    named = "@" in rest.partition("?")[0]
    complete = uri if named else f"{scheme}://{_NOBODY}@{rest}"
    try:
        return ConnectionSpec(complete), named
    except ValueError as wrong:
        raise ValueError(str(wrong).replace(f": {complete}", "")) from None


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _content(path: Path | None) -> bytes | None:
    return path.read_bytes() if path else None


def _seconds(milliseconds: int | None, name: str) -> float | None:
    if milliseconds is not None and milliseconds < 1:
        raise ValueError(f"{name} must be at least 1 ms: without it a silent connection is never noticed")
    return None if milliseconds is None else milliseconds / 1000


def _check_certificates(ca: Path | None, certificate: Path | None, key: Path | None) -> None:
    """gRPC says of a file that it cannot use only that there is no address to connect to."""
    if (certificate is None) != (key is None):
        raise ValueError("a client certificate and its key go together: give both files or none")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for path in (ca, certificate, key):
        try:
            _content(path)
        except OSError as error:
            raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    try:
        if ca is not None:
            context.load_verify_locations(ca)
    except ssl.SSLError:
        raise ValueError(f"{ca} holds no certificate of a CA (PEM)") from None
    try:
        if certificate is not None and key is not None:
            context.load_cert_chain(certificate, key, password="")
    except ssl.SSLError:
        raise ValueError(
            f"{certificate} and {key} are not a certificate and its key (PEM, no password)"
        ) from None
