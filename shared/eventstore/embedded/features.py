"""The answer to ServerFeatures.GetSupportedMethods, whose messages esdbclient does not ship.

    SupportedMethods { repeated SupportedMethod methods = 1; string event_store_server_version = 2; }
    SupportedMethod  { string method_name = 1; string service_name = 2; repeated string features = 3; }

Written by hand, because compiling the protos again would collide with esdbclient's in one process.
"""

from collections.abc import Mapping, Sequence

SERVER_VERSION = "23.10.0"
"""The EventStoreDB version whose behaviour is followed; clients choose their requests by it."""


def supported_methods(methods: Mapping[str, Sequence[str]]) -> bytes:
    """The serialised message, from service names to their methods."""
    entries = b"".join(
        _field(1, _field(1, method.encode()) + _field(2, service.encode()))
        for service, names in methods.items()
        for method in names
    )
    return entries + _field(2, SERVER_VERSION.encode())


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited protobuf field."""
    return bytes([number << 3 | 2]) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
