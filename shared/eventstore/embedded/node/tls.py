"""The server's certificate and key, looked at before they are used."""

import ssl
from pathlib import Path
from typing import Any

import grpc

from shared.eventstore.embedded.options import OptionsError


def credentials(certificate: Path, key: Path) -> Any:
    """What a secure port is opened with. Raises OptionsError, with what is wrong about which file.

    gRPC itself says nothing useful about a bad file, so OpenSSL tries the pair first.
    """
    parts = [_read("--key", key), _read("--certificate", certificate)]
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=_refuse)
    except ssl.SSLError as error:
        why = error.reason or str(error)
        raise OptionsError(
            f"--certificate {certificate} and --key {key} cannot be used together ({why}): "
            "give a PEM certificate and the PEM key that belongs to it"
        ) from None
    return grpc.ssl_server_credentials([(parts[0], parts[1])])


def _read(option: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OptionsError(f"{option} {path} cannot be read: {error.strerror}") from None


def _refuse() -> str:
    raise OptionsError("--key is locked with a passphrase, which nobody could type: give a key without one")
