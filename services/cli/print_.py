"""`bcd print`: a document by Nghị định 30/2020/NĐ-CP, made from the events of one record, as .docx or PDF."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from services.cli.addresses import running
from services.cli.asking import asking
from services.cli.console import complain, notes
from services.cli.errors import NOT_FOUND, cli_error
from services.cli.outfile import format_of, whole
from services.cli.records import AsOf, Committee, day_of
from services.cli.register_options import AtPosition, RecordedBy
from shared.catalogue import both
from shared.errors import InvalidRequest

app = typer.Typer(no_args_is_help=True)

FORMATS: Final = ("docx", "pdf")
PRINTED: Final = ("minutes", "notice", "invitation", "plan", "report", "decision")
"""The kinds of `services.records.printed.kinds`, named here so that `--help` need not load them."""

Record = Annotated[str, typer.Argument(help=both("cli.record_id"))]
To = Annotated[Path, typer.Option("--to", help=both("cli.print_to"), dir_okay=False, metavar="FILE.docx")]
ToSign = Annotated[bool, typer.Option("--to-sign", help=both("cli.print_to_sign"))]


def _command(kind: str) -> Callable[..., None]:
    def command(
        record: Record,
        to: To,
        as_of: AsOf = None,
        at_position: AtPosition = None,
        recorded_by: RecordedBy = None,
        to_sign: ToSign = False,
        committee: Committee = None,
    ) -> None:
        moment = {"as_of": day_of("--as-of", as_of), "at_position": at_position, "recorded_by": recorded_by}
        known = {name: value for name, value in moment.items() if value is not None}
        print_document(kind, record, to, known, to_sign, committee)

    return command


for _kind in PRINTED:
    app.command(_kind, help=both(f"cli.print_{_kind}"))(_command(_kind))


def print_document(
    kind: str, record: str, to: Path, moment: dict[str, Any], to_sign: bool, committee: str | None
) -> None:
    """Write the document, and say on standard error which number it bears and what is missing in it."""
    from services.records.printed.kinds import KINDS
    from services.records.printed.pdf import as_pdf
    from services.records.printed.told import Told

    form, settings = format_of(to, FORMATS), running("amqp_uri")
    with asking(settings) as records:
        told = Told(records.ask, committee or settings.committee, moment)
        try:
            printed = KINDS[kind].make(told, record, to_sign)
        except InvalidRequest as refused:
            if refused.where == "id":
                raise cli_error("no_record", NOT_FOUND, register=KINDS[kind].register, id=record) from refused
            raise
    content = as_pdf(printed.content, settings.soffice) if form == "pdf" else printed.content
    with whole(to) as target:
        target.write_bytes(content)
    number = printed.number or "…"
    say = partial(notes().print, soft_wrap=True, markup=False)
    say(both("printed.draft_written" if printed.draft else "printed.written", file=to, number=number))
    for gap in printed.gaps:
        complain(gap)
