"""How fast a group and its readers are, as it is told when somebody asks."""

from collections.abc import Iterable

_PERCENTILES = (
    *((f"Quintile {n + 1}", n * 0.2) for n in range(5)),
    *((f"{percent:g}%", percent / 100) for percent in (90, 95, 99, 99.5, 99.9)),
)


class Meter:
    """Counts from one question to the next."""

    def __init__(self, now: float) -> None:
        self._at, self._total = now, 0

    def since_last(self, total: int, now: float) -> tuple[int, int]:
        """How many since the last question, and how many a second; `now` is in seconds."""
        count, seconds = total - self._total, now - self._at
        self._at, self._total = now, total
        return count, int(count / seconds) if seconds > 0 else 0


def measurements(timings: Iterable[int]) -> dict[str, int]:
    """What EventStoreDB calls the observed measurements: milliseconds by name; none without timings."""
    ranked = sorted(timings)
    if not ranked:
        return {}
    last = len(ranked) - 1
    return {
        "Mean": sum(ranked) // len(ranked),
        "Median": ranked[len(ranked) // 2],
        "Fastest": ranked[0],
        **{name: ranked[min(last, int(share * len(ranked)))] for name, share in _PERCENTILES},
        "Highest": ranked[last],
    }
