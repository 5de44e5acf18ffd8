"""Ports on this machine that nobody uses now."""

import random
import socket
from typing import Final

CHOICE: Final = range(20_000, 30_000)
"""Below the range from which Linux takes the ports of outgoing connections."""


def free_port(host: str, preferred: int) -> int:
    """`preferred` where it is free, else another that is."""
    for port in (preferred, *random.sample(CHOICE, 200)):
        if is_free(host, port):
            return port
    raise OSError(f"no free port on {host}")


def is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def listens(host: str, port: int, limit: float = 1.0) -> bool:
    """Whether somebody takes connections there."""
    try:
        with socket.create_connection((host, port), timeout=limit):
            return True
    except OSError:
        return False
