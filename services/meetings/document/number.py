"""Numbers, symbols and days as a document prints them (Nghị định 30/2020/NĐ-CP, Phụ lục I): pure text."""

from datetime import date

from services.meetings.document.events import TypeCode


def padded(number: int) -> str:
    """A number below ten has a leading zero."""
    return f"{number:02d}"


def symbol(number: int, type_code: TypeCode, series: str, drafted_by: str | None = None) -> str:
    """`05/QĐ-BCĐ`; an official letter has no abbreviation of its type, but the unit that drafted it:
    `05/BCĐ-TGV`."""
    if type_code is TypeCode.OFFICIAL_LETTER:
        return f"{padded(number)}/{series}" + (f"-{drafted_by}" if drafted_by else "")
    return f"{padded(number)}/{type_code}-{series}"


def day_in_words(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`, `ngày 05 tháng 3 năm 2026`: of the months only the first two are padded,
    so that nobody makes 11 or 12 of them."""
    month = padded(day.month) if day.month <= 2 else str(day.month)
    return f"ngày {padded(day.day)} tháng {month} năm {day.year}"


def place_and_day(place: str, day: date) -> str:
    """The line under the name of the state: `Lạng Sơn, ngày 05 tháng 3 năm 2026`."""
    return f"{place}, {day_in_words(day)}"
