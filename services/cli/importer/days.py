"""The day on which what an entry says takes effect."""

from services.cli.importer import wording
from services.cli.importer.entry import Entry
from shared.dates import Moment


def effective(entry: Entry) -> tuple[Moment, list[str]]:
    """The day it takes effect where one is stated, else the day of the entry; and a remark where the
    words that state it fix no day."""
    stated = entry.text("effective")
    if stated is None:
        return entry.date, []
    found = wording.moment_of(stated)
    if found is None:
        return entry.date, [f"ngày hiệu lực chỉ có bằng lời, ghi theo ngày của mục: {stated}"]
    return found, []
