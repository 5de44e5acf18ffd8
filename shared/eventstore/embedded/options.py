"""What the server is told when it starts."""

import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path


class OptionsError(ValueError):
    """The options contradict each other or name something unusable; the text says how to mend it."""


@dataclass(frozen=True, slots=True)
class Options:
    """One run of the server. Raises OptionsError where the options do not fit together."""

    data: Path
    """Folder that keeps the events."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 2113
    """0 chooses a free one."""
    advertise: str | None = None
    """Host name that gossip tells clients; None is derived from `host`."""
    certificate: Path | None = None
    """PEM file of the server's certificate and those that lead to its authority; with it, TLS is on."""
    key: Path | None = None
    """PEM file of the certificate's private key, without a passphrase."""
    users: Path | None = None
    """File of users and password hashes; without it everybody may do everything."""
    health_port: int | None = None
    """Port for `GET /health/live` over HTTP/1.1; None opens none, 0 chooses a free one."""
    accept_loss: bool = False
    """Go on where acknowledged events are missing or damaged; else the server does not start."""
    examine: bool = False
    """Examine every event before the start, instead of the last ones after an unclean end."""

    def __post_init__(self) -> None:
        for option, port in (("--port", self.port), ("--health-port", self.health_port)):
            if port is not None and not 0 <= port <= 65535:
                raise OptionsError(
                    f"{option} {port} is no port: give one from 1 to 65535, or 0 for a free one"
                )
        if (self.certificate is None) != (self.key is None):
            given, missing = ("--certificate", "--key") if self.key is None else ("--key", "--certificate")
            raise OptionsError(f"{given} was given without {missing}: TLS needs both")
        if self.users is not None and self.certificate is None:
            raise OptionsError(
                "--users was given without --certificate and --key: clients send passwords over TLS only"
            )

    @property
    def tls(self) -> bool:
        return self.certificate is not None

    @property
    def advertised(self) -> str:
        """The host as clients should name it.

        A loopback address is told as `localhost`: it resolves to the address, and it is the name that
        certificates for one machine carry. An address that stands for all is told as the machine's name.
        """
        if self.advertise is not None:
            return self.advertise
        try:
            address = ipaddress.ip_address(self.host)
        except ValueError:
            return self.host
        if address.is_loopback:
            return "localhost"
        return socket.gethostname() if address.is_unspecified else self.host

    def uri(self, port: int) -> str:
        """The connection string of a client on this machine, for the port that was bound."""
        return f"esdb://{address(self.host, port)}?Tls={'true' if self.tls else 'false'}"


def address(host: str, port: int) -> str:
    """Host and port in one, an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
