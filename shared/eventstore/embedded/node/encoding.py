"""Protobuf by hand, for the few small messages whose classes esdbclient does not ship."""


def field(number: int, content: bytes) -> bytes:
    """A length-delimited field: text, bytes, or a message."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def number(number: int, value: int) -> bytes:
    """A field of a whole number, a truth value or an enumeration."""
    return varint(number << 3) + varint(value)


def varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
