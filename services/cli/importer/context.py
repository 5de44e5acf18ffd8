"""Entries that are no act of this committee: kept as context, with the reason why."""

from services.cli.importer.chronicle import Located
from services.cli.importer.papers import first_document
from services.cli.importer.plan import Ask, Plan, record_id
from services.cli.importer.world import RECORD_KEEPER, World
from services.tasks.commands import NoteContext


def as_context(located: Located, world: World, because: str, before: list[Ask] | None = None) -> Plan:
    """The whole entry as one fact that the support team keeps an eye on (D7.3, D7.8)."""
    return Plan(located, [*(before or []), note(located, because, "context")], because=because)


def note(located: Located, because: str, key: str) -> Ask:
    """The command that keeps a fact as context."""
    entry = located.entry
    command = NoteContext(
        context_id=record_id(located, key),
        kind=entry.kind,
        title=entry.title,
        figures=entry.numbers,
        agencies=entry.agencies,
        positions=entry.positions,
        because=because[:10_000],
    )
    person, capacity = RECORD_KEEPER
    return Ask("tasks", command, person, capacity, entry.date, key, first_document(entry))
