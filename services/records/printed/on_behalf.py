"""Whose post stands under a document and on whose behalf, as the register or the act itself tells it."""

from collections.abc import Mapping
from typing import Any

from services.meetings.document.events import SignedFor
from services.members.capacity import Capacity
from services.records.printed.closing import Signature
from shared.catalogue import say, word


def signed(entry: Mapping[str, Any], posts: Mapping[str, str]) -> Signature:
    """Of an issued document: its own words for post and authority; below the hand the post at home."""
    return _signature(entry["signatory_post"], entry["signed_for"], posts.get(str(entry["signatory"])))


def to_sign(act: Mapping[str, Any], posts: Mapping[str, str]) -> Signature:
    """Of a draft: who did the act that it prints; KT. where that was done in the chair's place."""
    in_place = SignedFor.KT if act["acts_for"] and act["capacity"] != Capacity.CHAIR else None
    return _signature(post_of(act), in_place, posts.get(str(act["person"])))


def post_of(act: Mapping[str, Any]) -> str:
    """The post in the body of who did the act."""
    return word("capacity", str(act["capacity"]))


def _signature(post: str, signed_for: str | None, home: str | None) -> Signature:
    home = None if home is None or home.startswith(post) else home
    match signed_for:
        case None:
            return Signature([post], home=home)
        case SignedFor.TM:
            return Signature([post], [say("printed.for_the_body")], home=home)
        case SignedFor.Q:
            return Signature([f"{signed_for}. {post}"], home=home)
        case _:
            return Signature([post], [f"{signed_for}. {word('capacity', Capacity.CHAIR)}"], home=home)
