"""The events of a committee as a view counts them, decoded from the journal: for what judges or adds up."""

from typing import Any

from services.records.journal import journal, recorded
from services.records.views import CHUNK, View
from shared.envelope import Envelope
from shared.history import Codec
from shared.messages import Event


def past(view: View, codec: Codec, committee: str) -> list[Envelope[Event]]:
    """All of them, in the order of the store."""
    query = (
        journal.select().where(journal.c.committee == committee, view.counting).order_by(journal.c.position)
    )
    rows: Any = view.events.execute(query, execution_options={"yield_per": CHUNK}).mappings()
    return [codec.decode(recorded(row)) for row in rows]
