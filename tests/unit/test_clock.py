"""The day of a system that goes by a clock of its own, as what it shows takes it."""

from datetime import date
from pathlib import Path

import pytest

from shared.dates import today
from shared.followers.clock import shown


def test_what_is_shown_goes_by_the_day_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    told = shown(file)
    file.write_text("2026-01-12\n")
    assert told() == date(2026, 1, 12)
    file.write_text("2026-01-19\n")
    assert told() == date(2026, 1, 19)


@pytest.mark.parametrize("content", [None, "0001-01-01", "tomorrow"])
def test_as_long_as_no_day_has_come_it_is_the_real_one(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "clock"
    if content is not None:
        file.write_text(content)
    assert shown(file)() == today()
    assert shown(None)() == today()
