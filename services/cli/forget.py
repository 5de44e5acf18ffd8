"""`bcd forget`: erase what is kept about a person: order it, destroy the key, record that it was done.

Each step may be asked again: a command that broke off is simply run again.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Annotated, Any, Final
from uuid import uuid4

import typer

from services.cli.addresses import running
from services.cli.asking import Caller, Records
from services.cli.console import output, print_json
from services.cli.errors import NOT_FOUND, USAGE, CliError
from services.cli.records import Committee, Json, day_of
from shared.bus.rpc import Services
from shared.catalogue import both
from shared.followers.clock import shown
from shared.personal.connect import open_keys
from shared.personal.keys import Keys, Tombstone
from shared.settings import Settings

KINDS: Final = ("person", "seat", "feedback", "meeting", "workgroup", "commendation", "inspection")
"""What a subject may be: somebody, whoever holds a seat, or somebody whom only one record knows."""
CHAIR: Final = "chair"
PAGE: Final = 1000


def command(
    person: Annotated[str | None, typer.Argument(help=both("cli.forget_person"))] = None,
    ground: Annotated[str | None, typer.Option(help=both("cli.forget_ground"))] = None,
    document: Annotated[str | None, typer.Option(help=both("cli.forget_document"))] = None,
    dated: Annotated[str | None, typer.Option(help=both("cli.forget_dated"), metavar="YYYY-MM-DD")] = None,
    by: Annotated[str | None, typer.Option(help=both("cli.forget_by"))] = None,
    capacity: Annotated[str, typer.Option(help=both("cli.forget_capacity"))] = CHAIR,
    again: Annotated[bool, typer.Option("--again", help=both("cli.forget_again"))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=both("cli.forget_yes"))] = False,
    committee: Committee = None,
    as_json: Json = False,
) -> None:
    if again == bool(person) or (person and not (ground and document)):
        raise CliError(both("forget.what"), USAGE)
    on = day_of("--dated", dated)
    settings = running("amqp_uri")
    whose = committee or settings.committee
    with closing(Services(str(settings.amqp_uri))) as services, closing(open_keys(settings)) as keys:
        records = Records(services, settings)
        actor = {"person": by or _chair(records, whose), "capacity": capacity}
        forgetting = Forgetting(services, keys, settings, whose, actor)
        if person and ground and document:
            _confirm(forgetting, subject_of(person), yes)
            paper = {"number": document, "date": on}
            done = [forgetting.forget(subject_of(person), ground, paper)]
        else:
            done = list(forgetting.again(records))
    _tell(done, as_json)


@dataclass(frozen=True)
class Forgetting:
    """Erases in one committee, in the name of `actor`."""

    services: Caller
    keys: Keys
    settings: Settings
    committee: str
    actor: Mapping[str, str]

    def forget(self, subject: str, ground: str, document: Mapping[str, Any]) -> Tombstone:
        """The order first: what the regulation refuses is not erased. Raises BcdError; then run it again."""
        self._ask("order_erasure", {"subject": subject, "ground": ground, "document": dict(document)})
        return self._carry_out(subject, ground)

    def again(self, records: Records) -> Iterator[Tombstone]:
        """Carry out whatever was ever ordered: after a step that broke off, and after the key store was
        restored from a copy that still has the keys."""
        for offset in count(0, PAGE):
            rows = records.register("erasures", self.committee, limit=PAGE, offset=offset)["rows"]
            ordered = [row for row in rows if row["erasure_ground"]]
            yield from (self._carry_out(row["subject_key"], row["erasure_ground"]) for row in ordered)
            if len(rows) < PAGE:
                return

    def _carry_out(self, subject: str, ground: str) -> Tombstone:
        left = self.keys.destroy(self.committee, subject, ground)
        done = {"subject": subject, "key_id": left.key_id, "destroyed_on": left.destroyed[:10]}
        self._ask("record_erasure", done)
        return left

    def _ask(self, method: str, data: Mapping[str, Any]) -> None:
        request = {
            "command_id": str(uuid4()),
            "committee": self.committee,
            "actor": dict(self.actor),
            "effective_at": shown(self.settings.clock)().isoformat(),
            "data": dict(data),
        }
        self.services.call("members", method, request, timeout=self.settings.call_limit)


def subject_of(person: str) -> str:
    """`kind:id` as it is; anything else is a person's id, such as `agency:so-a` for an agency's head."""
    kind, _, identity = person.partition(":")
    return person if kind in KINDS and identity else f"person:{person}"


def _confirm(forgetting: Forgetting, subject: str, yes: bool) -> None:
    """Erasing cannot be undone: it is said what will be erased, and asked."""
    if forgetting.keys.known(forgetting.committee, subject) is None:
        told = both("forget.no_key", subject=subject, committee=forgetting.committee)
        raise CliError(told, NOT_FOUND)
    if yes:
        return
    if not sys.stdin.isatty():
        raise CliError(both("forget.unasked"), USAGE)
    question = both("forget.sure", subject=subject, committee=forgetting.committee)
    typer.confirm(question, abort=True, err=True)


def _chair(records: Records, committee: str) -> str:
    """Who is chair now, as the records tell."""
    rows = records.register("members", committee, filters={"role": CHAIR}, limit=1)["rows"]
    if not rows:
        raise CliError(both("forget.no_chair", committee=committee), NOT_FOUND)
    return str(rows[0]["holder"])


def _tell(done: list[Tombstone], as_json: bool) -> None:
    if as_json:
        print_json([vars(one) for one in done])
        return
    console = output()
    for one in done:
        told = both("forget.done", subject=one.subject, day=date.fromisoformat(one.destroyed[:10]))
        console.print(told, soft_wrap=True, markup=False)
    console.print(both("forget.count", count=len(done)), soft_wrap=True, markup=False)
