"""Deadlines worked out beforehand, shared by the tests of the calendar and by the outside checks."""

from datetime import date

# a conclusion notice: within 5 working days after the meeting
CONCLUSIONS = [
    (date(2026, 11, 19), date(2026, 11, 27)),  # 24/11 off
    (date(2026, 2, 12), date(2026, 2, 26)),  # Tết
    (date(2025, 12, 30), date(2026, 1, 8)),  # 2/1 swapped off
    (date(2026, 1, 7), date(2026, 1, 13)),  # Saturday 10/1 worked
    (date(2026, 8, 20), date(2026, 8, 26)),  # Saturday 22/8 worked
    (date(2026, 8, 27), date(2026, 9, 8)),  # 31/8–2/9 off
    (date(2026, 4, 22), date(2026, 5, 4)),  # 26–27/4, 30/4, 1/5 off
    (date(2025, 4, 24), date(2025, 5, 5)),  # Saturday 26/4 worked, 30/4–2/5 off
]
# an invitation: at least 3 working days before the meeting
INVITATIONS = [
    (date(2026, 2, 23), date(2026, 2, 11)),
    (date(2026, 11, 26), date(2026, 11, 20)),
    (date(2026, 9, 3), date(2026, 8, 26)),
    (date(2026, 1, 12), date(2026, 1, 8)),
]
NEXT_DAYS = [
    (date(2026, 2, 13), date(2026, 2, 23)),
    (date(2026, 8, 28), date(2026, 9, 3)),
    (date(2026, 11, 23), date(2026, 11, 25)),
]
# one month from: the same day of the next month, then the day on which it ends
MONTHS = [
    (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 2)),
    (date(2026, 10, 24), date(2026, 11, 24), date(2026, 11, 25)),
]
