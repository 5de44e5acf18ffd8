"""Which columns of the registers hold days: what can be asked for from one day to another."""

from typing import Final

DAYS: Final = frozenset(
    {
        *("acknowledged_on", "answer_by", "as_of", "assessed", "assigned", "checked", "closed"),
        *("completed", "conducted", "corrected", "date", "deadline_latest", "decide_by", "destroyed_on"),
        *("due_latest", "earliest", "effective", "ended", "expired", "fell_overdue", "first"),
        *("first_held", "forward_by", "forwarded_on", "held", "implemented", "issued", "keep_until"),
        *("last", "latest", "moved", "nominated", "overdue_since", "plan_due", "planned_latest"),
        *("provided", "received_on", "recorded", "reported", "requested_on", "resolved", "sent_on"),
        *("since", "spent_on", "start_latest", "state_since", "submit_by", "submitted", "until"),
        *("until_at_first"),
    }
)
"""A day as exactly as it is known (`2026`, `2026-03`, `2026-03-31`), or the time of an event's recording."""
