"""Where a value leads: the page of the record that it names, or the source on the web."""

from typing import Any, Final
from urllib.parse import urlsplit

from shared.catalogue.presentation import REFERS, SEATS

ORIGINS: Final = ("programme", "context", "task", "meeting")
"""What the `origin` of a figure may name, before its id."""


def address_of(column: str, value: Any) -> tuple[str, str] | None:
    """The register and the id of the record that a value names."""
    if not isinstance(value, str) or not value:
        return None
    if column in REFERS:
        return REFERS[column], value
    if column in SEATS:
        return "seats", value
    if column in ("agency", "standing_office"):
        return "agencies", value
    kind, _, record = value.partition(":")
    if column == "origin" and kind in ORIGINS and record:
        return REFERS[kind], record
    return None


def source_address(source: Any) -> str | None:
    """The source as an address that may be followed: http and https alone, with a host, without secrets."""
    try:
        parts = urlsplit(str(source or ""))
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        return None
    return str(source) if usable else None
