"""Where an export comes from, in lines: committee, moment, position, epoch, rows, their hash, the code."""

from collections.abc import Mapping
from typing import Any, Final

from services.records.printed.listing import MOMENT, Listing, code_version
from shared.catalogue import say, word
from shared.catalogue.presentation import day

NOT_ASKED: Final = (*MOMENT, "committee", "exported_as", "asked_by")
"""Parts of a question that say nothing of what was wanted."""


def told(whole: Listing) -> dict[str, str]:
    """By what each line is called; known after the last row was read."""
    asked = {name: value for name, value in whole.question.items() if name not in NOT_ASKED}
    lines = {
        "register": f"{word('register', whole.name)} ({whole.name})",
        "committee": whole.committee,
        **moment_told(whole.question),
        "on": day(whole.on.isoformat()),
        "asked": "; ".join(f"{name}: {_said(value)}" for name, value in asked.items()) or "—",
        "position": str(whole.position),
        "epoch": whole.epoch or "—",
        "rows": str(whole.count),
        "digest": whole.digest,
        "left_out": "; ".join(whole.quarantine) or "—",
        "code": code_version(),
    }
    return {say(f"exports.{name}"): value for name, value in lines.items()}


def moment_told(question: Mapping[str, Any]) -> dict[str, str]:
    """The moment that was asked for, part by part; now where none was."""
    parts = {name: question[name] for name in MOMENT if question.get(name) is not None}
    return {name: day(str(value)) for name, value in parts.items()} or {"as_of": say("exports.now")}


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={_said(one)}" for name, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
