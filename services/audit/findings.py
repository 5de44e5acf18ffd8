"""What a verification says: what it looked at, and what it found wrong, each with the place."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from shared.catalogue import Text, text

KEPT: Final = 100
"""Findings that are kept; later ones are only counted."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `kind` is a code with a text in the catalogue (`audit.found`), unless it was
    `said` already; `where` is the event as `stream@revision`, the file, or the number of the leaf."""

    part: str
    kind: str
    where: str
    values: dict[str, Any] = field(default_factory=dict)
    said: Text | None = None

    @property
    def told(self) -> Text:
        if self.said is not None:
            return self.said
        known = text(f"audit.found.{self.kind}")
        return Text(known.vi.format(**self.values), known.en.format(**self.values))

    def __str__(self) -> str:
        return f"{self.where}: {self.told.vi} / {self.told.en}"

    def as_dict(self) -> dict[str, Any]:
        return {"part": self.part, "kind": self.kind, "where": self.where, **asdict(self.told)}


@dataclass
class Done:
    """One part of a verification: what was counted, and remarks that are no fault."""

    part: str
    counts: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


class Findings:
    """Collects in the order of finding; the first is the one to begin with."""

    def __init__(self) -> None:
        self.kept: list[Finding] = []
        self.count = 0

    def add(self, part: str, kind: str, where: str, /, **values: Any) -> None:
        self.take(Finding(part, kind, where, values))

    def take(self, finding: Finding) -> None:
        self.count += 1
        if len(self.kept) < KEPT:
            self.kept.append(finding)


@dataclass(frozen=True)
class Report:
    """The verdict: well only where nothing was found in what was asked for."""

    epoch: str | None
    position: int
    events: int
    seconds: float
    parts: tuple[Done, ...]
    findings: tuple[Finding, ...]
    found: int

    @property
    def well(self) -> bool:
        return self.found == 0

    def as_dict(self) -> dict[str, Any]:
        told = {name: value for name, value in asdict(self).items() if name != "findings"}
        return {**told, "well": self.well, "findings": [one.as_dict() for one in self.findings]}


def report(
    epoch: str | None,
    position: int,
    events: int,
    seconds: float,
    parts: Iterable[Done],
    findings: Findings,
) -> Report:
    return Report(epoch, position, events, seconds, tuple(parts), tuple(findings.kept), findings.count)
