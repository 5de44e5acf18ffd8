"""`bcd authority`: what a person may do on a day, in which capacity, and by which events."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Annotated, Any, Final
from unicodedata import normalize

import typer

from services.cli.addresses import running
from services.cli.asking import asking
from services.cli.console import output, print_json
from services.cli.records import Committee, Json, day_of
from services.cli.tables import grid
from services.regulation.competence import competences
from shared.catalogue import both, say, word
from shared.catalogue.presentation import Names, day, ground

AREAS: Final = ("members", "meetings", "tasks", "feedback")
"""The contexts in the order in which people read them."""
LABEL: Final = 24
"""Characters of a line in the first column, so that three quarters of 100 are left for the words."""
ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng: in dictionaries they count only where the letters are the same."""


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
    lines += _asked(say("authority.may"), one["may"]["any"])
    lines += _asked(say("authority.may_own"), one["may"]["own"])
    return lines


def _asked(label: str, commands: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What the commands ask for, in words: a line for each context, after one that says on what terms."""
    if commands:
        yield "\n" + "\n".join(wrap(label, LABEL)), ""
    for area in AREAS:
        words = [word("command", one) for one in commands if competences()[one].context == area]
        if words:
            named = wrap(word("area", area), LABEL, initial_indent="  ", subsequent_indent="  ")
            yield "\n".join(named), "; ".join(sorted(words, key=as_in_dictionaries))


def as_in_dictionaries(text: str) -> list[tuple[list[int], list[int]]]:
    """The key of the Vietnamese alphabet: syllable by syllable, first the letters, then the tones."""
    return [(_letters(syllable), _tones(syllable)) for syllable in normalize("NFD", text.casefold()).split()]


def _letters(syllable: str) -> list[int]:
    bare = normalize("NFC", "".join(sign for sign in syllable if sign not in TONES))
    return [ALPHABET.find(letter) for letter in bare]


def _tones(syllable: str) -> list[int]:
    return [TONES.index(sign) for sign in syllable if sign in TONES]
