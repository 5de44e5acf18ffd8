"""The report of an import, for people: what became events, what is context, what was left out and why."""

from collections import Counter

from rich.console import Console
from rich.table import Table

from services.cli.importer.outcome import Report, Told
from shared.catalogue import say

LONGEST = 60
"""Characters of a title that a report shows; line and date name the entry."""


def print_report(report: Report, console: Console, *, check: bool) -> None:
    """Print the outcome of every kind, then by name everything that is not an act of its own kind."""
    console.print(_by_kind(report))
    context = [told for told in report.told if told.because]
    refused = [told for told in report.told if told.refused]
    remarks = [told for told in report.told if told.plan.remarks]
    _named(
        console,
        say("import.context", count=len(context)),
        [(_place(t), t.because or "") for t in context],
    )
    _named(
        console,
        say("import.refused", count=len(refused)),
        [(_place(t), "; ".join(t.refused)) for t in refused],
    )
    _named(
        console,
        say("import.remarks", count=len(remarks)),
        [(_place(t), "; ".join(t.plan.remarks)) for t in remarks],
    )
    misfits = report.chronicle.misfits
    _named(
        console,
        say("import.misfits", count=len(misfits)),
        [(f"dòng {m.line}: {m.title}", m.why) for m in misfits],
    )
    key = "import.summary.check" if check else "import.summary"
    console.print(
        say(
            key,
            committee=report.committee,
            total=report.chronicle.total,
            expressed=report.expressed,
            events=sum(report.events.values()),
            fresh=report.fresh,
            left_out=report.chronicle.total - report.expressed,
        ),
        style="bold",
        markup=False,
    )
    if not check and report.told and not report.fresh and not report.stopped:
        console.print(say("import.summary.again", committee=report.committee), markup=False)
    if report.stopped:
        console.print(say("import.stopped", where=report.stopped), style="red", markup=False)


def _place(told: Told) -> str:
    located = told.plan.located
    title = located.entry.title
    shown = title if len(title) <= LONGEST else f"{title[:LONGEST]}…"
    return f"dòng {located.line}: {located.entry.date} {shown}"


def _by_kind(report: Report) -> Table:
    table = Table(title=say("import.title"), title_justify="left")
    for heading in ("import.kind", "import.entries", "import.events"):
        table.add_column(say(heading))
    kinds = Counter(told.plan.located.entry.kind for told in report.told)
    for kind, count in sorted(kinds.items()):
        events = Counter(e for t in report.told if t.plan.located.entry.kind == kind for e in t.events)
        became = ", ".join(f"{name} {n}" for name, n in events.most_common())
        table.add_row(say(f"entry.{kind}"), str(count), became)
    return table


def _named(console: Console, heading: str, rows: list[tuple[str, str]]) -> None:
    if not rows:
        return
    console.print(heading, style="bold", markup=False)
    for title, why in rows:
        console.print(f"  · {title} → {why}", markup=False, highlight=False, soft_wrap=True)
