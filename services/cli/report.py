"""`bcd report`: the activity report of a period: its figures as a table, as JSON, as a document."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.text import Text

from services.cli.addresses import running
from services.cli.asking import asking
from services.cli.console import notes, output, print_json
from services.cli.outfile import format_of, whole
from services.cli.records import Committee, Json
from services.cli.register_options import AtPosition, RecordedBy
from services.cli.tables import grid
from shared.catalogue import both, say
from shared.catalogue.presentation import number

HEADINGS: Final = ("figure", "value", "unit", "previous", "evidence")
FORMS: Final = ("docx", "pdf", "json")


def command(
    period: Annotated[str, typer.Option("--period", help=both("cli.report_period"), metavar="2026-Q3")],
    to: Annotated[
        Path | None, typer.Option("--to", help=both("cli.report_to"), dir_okay=False, metavar="FILE")
    ] = None,
    window: Annotated[bool, typer.Option("--window", help=both("cli.report_window"))] = False,
    at_position: AtPosition = None,
    recorded_by: RecordedBy = None,
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    form = None if to is None else format_of(to, FORMS)
    settings = running("amqp_uri")
    asked = {"window": window or None, "at_position": at_position, "recorded_by": recorded_by}
    with asking(settings) as records:
        answer = records.activity(period, committee, **asked)
    if to is not None and form is not None:
        with whole(to) as target:
            write(target, form, answer, settings.soffice)
        notes().print(both("exports.report_written", file=to), soft_wrap=True, markup=False)
    if as_json:
        print_json(answer)
    elif to is None:
        show(answer)


def write(target: Path, form: str, answer: Mapping[str, Any], soffice: Path | None) -> None:
    """The report as a file. Raises NoPdf."""
    import json

    from services.records.printed import activity_report
    from services.records.printed.pdf import as_pdf

    match form:
        case "json":
            target.write_text(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        case "pdf":
            target.write_bytes(as_pdf(activity_report.printed(answer), soffice))
        case _:
            target.write_bytes(activity_report.printed(answer))


def show(answer: Mapping[str, Any]) -> None:
    """The figures part by part; one that is nothing is grey. The events themselves are in `--json`."""
    console, previous = output(), answer["previous"]
    by_key = {one["key"]: one for one in answer["figures"]}
    headings = [say(f"activity_report.{name}", period=previous["wording"]) for name in HEADINGS]
    console.print(
        say("activity_draft.title", committee=answer["committee"], period=answer["wording"]), markup=False
    )
    for name, keys in answer["sections"].items():
        rows = [_row(by_key[key], previous["values"].get(key)) for key in keys]
        title = say(f"activity_report.section.{name}")
        console.print(grid(title, headings, rows, right=(1, 3, 4)))
    for issued in answer["issued"]:
        key = "different" if issued["differs"] else "same"
        told = {"count": len(issued["differs"] or issued["values"]), "figures": len(issued["values"])}
        console.print(f"{issued['title']}: {say(f'activity_report.{key}', **told)}", markup=False)
        for one in issued["differs"]:
            label, was, now = by_key[one]["label"], issued["values"][one], by_key[one]["value"]
            console.print(f"  {label}: {number(was)} → {number(now)}", markup=False)
    console.print(say("activity_draft.note"), style="dim")


def _row(figure: Mapping[str, Any], before: int | None) -> tuple[Text, ...]:
    said = (
        str(figure["label"]),
        number(figure["value"]),
        str(figure["unit"] or ""),
        "" if before is None else number(before),
        number(len(figure["evidence"])),
    )
    return tuple(Text(one, style="" if figure["evidence"] else "dim") for one in said)
