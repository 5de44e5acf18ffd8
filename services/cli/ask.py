"""`bcd ask`: one command to one service, from a file, with the receipt or the refusal as its answer."""

import json
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID, uuid4

import typer

from services.cli.addresses import running
from services.cli.console import complain, output, print_json
from services.cli.errors import USAGE, CliError
from services.cli.records import Committee, Json, day_of
from services.regulation.competence import competences
from shared.bus.rpc import Services
from shared.catalogue import both, word
from shared.dates import Moment
from shared.envelope import Claim, Request
from shared.errors import InvalidRequest
from shared.messages import CommitteeId, PersonId
from shared.naming import method_called

STDIN: Final = "-"
POLICY: Final = "policy"


def command(
    service: Annotated[str, typer.Argument(help=both("cli.ask_service"))],
    method: Annotated[str, typer.Argument(help=both("cli.ask_method"), metavar="COMMAND")],
    file: Annotated[str, typer.Argument(help=both("cli.ask_file"), metavar="FILE.json|-")],
    person: Annotated[str, typer.Option(help=both("cli.ask_person"))],
    capacity: Annotated[str, typer.Option(help=both("cli.ask_capacity"))],
    committee: Committee = None,
    at: Annotated[str | None, typer.Option("--at", help=both("cli.ask_at"), metavar="YYYY-MM-DD")] = None,
    command_id: Annotated[UUID | None, typer.Option("--command-id", help=both("cli.ask_id"))] = None,
    as_json: Json = False,
) -> None:
    name = _method(service, method)
    day = day_of("--at", at)
    data = _data(file)
    settings = running("amqp_uri")
    request = Request(
        command_id=command_id or uuid4(),
        committee=CommitteeId(committee or settings.committee),
        actor=Claim(person=PersonId(person), capacity=capacity),
        data=data,
        effective_at=Moment(day) if day else None,
    )
    if command_id is None:
        complain(both("ask.id", id=request.command_id))
    services = Services(str(settings.amqp_uri))
    try:
        receipt = services.call(service, name, request.model_dump(mode="json"), timeout=settings.call_limit)
    finally:
        services.close()
    if as_json:
        print_json(receipt)
    else:
        output().print(_told(receipt), soft_wrap=True, markup=False)


def _method(service: str, method: str) -> str:
    """The RPC method of a command that people may ask for, by its own name or that of the method."""
    open_to_people = {name: one.context for name, one in competences().items() if set(one.by) - {POLICY}}
    known = {method_called(name): context for name, context in open_to_people.items()}
    if service not in known.values():
        listed = ", ".join(sorted(set(known.values())))
        raise CliError(f"{both('ask.no_service', service=service)}: {listed}", USAGE)
    here = [name for name, context in known.items() if context == service]
    wanted = method_called(method)
    if wanted not in here:
        near = ", ".join(get_close_matches(wanted, here, n=3) or sorted(here))
        raise CliError(f"{both('ask.no_command', service=service, command=method)}: {near}", USAGE)
    return wanted


def _data(file: str) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if file == STDIN else Path(file).read_text(encoding="utf-8")
        data = json.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise CliError(both("ask.no_file", file=file, why=error), USAGE) from error
    except json.JSONDecodeError as error:
        why = f"{error.msg} ({error.lineno}:{error.colno})"
        raise CliError(both("ask.no_json", file=file, why=why), USAGE) from error
    if not isinstance(data, dict):
        raise InvalidRequest(file, both("ask.no_object"))
    return data


def _told(receipt: dict[str, Any]) -> str:
    if not receipt["events"]:
        return both("ask.nothing")
    events = ", ".join(f"{word('event', one)} ({one})" for one in receipt["events"])
    done = both("ask.done", events=events)
    where = f"{receipt['stream']}@{receipt['revision']}"
    return f"{done}\n{where}" + (f"\n{both('ask.repeated')}" if receipt["repeated"] else "")
