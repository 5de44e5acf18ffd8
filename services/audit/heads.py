"""Every checkpoint of a log that is to be compared with its tree: the smallest first, the newest last."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from services.audit.published import PublishedLog, Signed, Unreadable, read_signed


class Found(Protocol):
    """Takes what is wrong: its kind, the place, and the values of its text."""

    def __call__(self, kind: str, where: str, /, **values: object) -> None: ...


def in_order(log: PublishedLog, seen: Sequence[Path], found: Found) -> Iterator[Signed]:
    """Those that the log keeps, those that somebody else kept (`seen`), and the newest.

    One that is larger than the newest shows that the log was rolled back. They are read one by one.
    """
    larger: list[Signed] = []
    others = sorted((one for path in seen if (one := _read(path, found))), key=_size)
    kept = (one for size, path in log.kept() if (one := _kept(size, path, found)))
    waiting = next(kept, None)
    for signed in (*others, log.newest):
        while waiting is not None and _size(waiting) <= min(_size(signed), log.size):
            yield waiting
            waiting = next(kept, None)
        if _size(signed) <= log.size:
            yield signed
        else:
            larger.append(signed)
    if waiting is not None:
        larger = [waiting, *kept, *larger]
    for signed in larger:
        found("rolled_back", str(log.newest.path), size=log.size, other=signed.path, larger=_size(signed))


def _size(signed: Signed) -> int:
    return signed.head.size


def _kept(size: int, path: Path, found: Found) -> Signed | None:
    signed = _read(path, found)
    if signed is not None and _size(signed) != size:
        found("checkpoint", str(path), why=f"{_size(signed)} ≠ {size}")
        return None
    return signed


def _read(path: Path, found: Found) -> Signed | None:
    try:
        return read_signed(path)
    except Unreadable as error:
        found("checkpoint", str(path), why=str(error))
        return None
