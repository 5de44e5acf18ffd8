"""Protobuf by hand, for the few small messages whose classes esdbclient does not ship."""

from shared.eventstore.embedded.errors import BadRequestError

_VARINT, _BYTES = 0, 2
"""How a field is written."""


def field(number: int, content: bytes) -> bytes:
    """A length-delimited field: text, bytes, or a message."""
    return varint(number << 3 | _BYTES) + varint(len(content)) + content


def number(number: int, value: int) -> bytes:
    """A field of a whole number, a truth value or an enumeration."""
    return varint(number << 3 | _VARINT) + varint(value)


def varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def fields(message: bytes) -> dict[int, int | bytes]:
    """What a flat message holds, by field number; the last one counts. Raises BadRequestError."""
    found: dict[int, int | bytes] = {}
    at = 0
    while at < len(message):
        tag, at = _varint_at(message, at)
        match tag & 7:
            case 0:  # a varint
                found[tag >> 3], at = _varint_at(message, at)
                continue
            case 1:  # 64 bits
                size = 8
            case 2:  # length-delimited
                size, at = _varint_at(message, at)
            case 5:  # 32 bits
                size = 4
            case kind:
                raise BadRequestError(f"the message has a field of unknown kind {kind}")
        if at + size > len(message):
            raise BadRequestError("the message is cut short")
        found[tag >> 3], at = message[at : at + size], at + size
    return found


def _varint_at(message: bytes, at: int) -> tuple[int, int]:
    """A number, and where the next field begins."""
    value = shift = 0
    while at < len(message) and shift < 64:
        value |= (message[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not message[at - 1] & 0x80:
            return value, at
    raise BadRequestError("the message is cut short")
