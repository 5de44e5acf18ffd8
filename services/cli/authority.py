"""`bcd authority`: what a person may do on a day, in which capacity, and by which events."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from services.cli.addresses import running
from services.cli.asking import asking
from services.cli.console import output, print_json
from services.cli.records import Committee, Json, day_of
from services.cli.tables import grid
from shared.catalogue import both, say, word
from shared.catalogue.presentation import Names, day, ground


def command(
    person: Annotated[str, typer.Argument(help=both("cli.authority_person"))],
    at: Annotated[
        str | None, typer.Option("--at", help=both("cli.authority_at"), metavar="YYYY-MM-DD")
    ] = None,
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    on = day_of("--at", at)
    with asking(running("amqp_uri")) as records:
        answer = records.powers(person, committee, at=on)
        if as_json:
            print_json(answer)
            return
        names = records.names(("person", "asked"), committee, answer["at"])
    console = output()
    known = {"person": names.get(person.removeprefix("agency:"), person), "day": day(answer["at"])}
    if not answer["in_force"]:
        console.print(both("authority.unbound", day=known["day"]), markup=False)
    if not answer["capacities"]:
        console.print(both("authority.none", **known), markup=False)
        return
    console.print(say("authority.title", **known), style="bold", markup=False)
    for one in answer["capacities"]:
        console.print(grid(word("way", one["way"]), ("", ""), _lines(one, names), whole=(0,)))


def _lines(one: Mapping[str, Any], names: Names) -> list[tuple[str, str]]:
    lines = [(say("authority.ground"), ground(str(one["ground"]), names))]
    if one["acts_for"]:
        matters = ", ".join(word("matter", matter) for matter in one["matters"])
        lines.append((say("authority.acts_for"), names.get(one["acts_for"], one["acts_for"])))
        lines.append((say("authority.matters"), matters or say("authority.everything")))
    lines.append((say("authority.evidence"), "\n".join(one["evidence"])))
    if one["may"]["any"]:
        lines.append((say("authority.may"), ", ".join(one["may"]["any"])))
    if one["may"]["own"]:
        lines.append((say("authority.may_own"), ", ".join(one["may"]["own"])))
    return lines
