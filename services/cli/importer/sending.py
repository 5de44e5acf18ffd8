"""Sends a chronicle's commands through the services, and tells what became of every entry."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from services.cli.console import complain, print_json
from services.cli.importer.chronicle import Chronicle, ChronicleError, load
from services.cli.importer.context import note
from services.cli.importer.outcome import Report as Report
from services.cli.importer.outcome import Told
from services.cli.importer.outcome import as_dict as as_dict
from services.cli.importer.plan import Ask, Plan
from services.cli.importer.report import print_report
from services.cli.importer.translate import translate
from shared.bus.rpc import Services, ServiceUnavailable
from shared.catalogue import both
from shared.errors import BcdError, CommandIdReused, Contended, StoreDown
from shared.messages import CommitteeId
from shared.naming import method_name
from shared.settings import Settings
from shared.text import slug

PATIENCE = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries while a service or the store is away; after the last the import stops."""

OK, SOME_LEFT_OUT, UNREADABLE, INTERRUPTED = 0, 3, 2, 4


class Asking(Protocol):
    def call(
        self, service: str, method: str, payload: dict[str, Any], *, timeout: float
    ) -> dict[str, Any]: ...


def committee_of(path: Path) -> CommitteeId:
    """The committee's id as the file is named: `lang-son.yaml` → `langson`. Raises ChronicleError."""
    try:
        return CommitteeId(slug(path.stem).replace("-", ""))
    except ValueError:
        raise ChronicleError(both("import.no_committee", name=path.stem)) from None


def _given(committee: str) -> CommitteeId:
    """A committee named by the caller has to be an id already: nothing is made of it in silence."""
    if re.fullmatch(r"[a-z0-9]+", committee):
        return CommitteeId(committee)
    raise ChronicleError(both("import.bad_committee", name=committee))


def run(
    path: Path,
    committee: str | None,
    settings: Settings,
    console: Console,
    *,
    check: bool = False,
    as_json: bool = False,
) -> int:
    """Import a chronicle, or with `check` only say what it would become; the exit status.

    0 all entries were expressed; 2 the file cannot be read and nothing was sent; 3 some entries could
    not be expressed and are named; 4 a service stayed away: run it again, nothing is lost or doubled.
    """
    try:
        chronicle = load(path)
        target = _given(committee) if committee else committee_of(path)
    except ChronicleError as error:
        complain(str(error))
        return UNREADABLE
    plans = translate(chronicle)
    if check:
        told = [Told(plan, [type(ask.command).__name__ for ask in plan.asks]) for plan in plans]
        report = Report(chronicle, target, told)
    else:
        services = Services(settings.amqp_uri or "")
        try:
            report = send(chronicle, plans, target, services, settings.call_limit, console)
        finally:
            services.close()
    if as_json:
        print_json(as_dict(report))
    else:
        print_report(report, console, check=check)
    if report.stopped:
        return INTERRUPTED
    return OK if report.expressed == chronicle.total else SOME_LEFT_OUT


def send(
    chronicle: Chronicle,
    plans: list[Plan],
    committee: CommitteeId,
    services: Asking,
    limit: float,
    console: Console,
) -> Report:
    """Ask every command in order. Stops at a service that stays away; a refusal stops nothing."""
    report = Report(chronicle, committee)
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*bar, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Nhập dữ liệu / import", total=len(plans))
        for plan in plans:
            try:
                report.told.append(_entry(plan, committee, services, limit))
            except (ServiceUnavailable, StoreDown, Contended) as away:
                report.stopped = f"{plan.located.entry.date} {plan.located.entry.title}: {away}"
                return report
            progress.advance(task)
    return report


def _entry(plan: Plan, committee: CommitteeId, services: Asking, limit: float) -> Told:
    told = Told(plan)
    for n, ask in enumerate(plan.asks):
        if ask.with_new_only and told.repeated:
            continue
        try:
            _ask(ask, plan, committee, services, limit, told, first=n == 0)
        except (ServiceUnavailable, StoreDown, Contended):
            raise
        except BcdError as refusal:
            why = f"{type(ask.command).__name__}: {refusal}"
            told.refused += [why] if why not in told.refused else []
    if told.refused or not told.events:  # what cannot be an act of its own is still kept as a fact
        _keep(plan, committee, services, limit, told)
    return told


def _keep(plan: Plan, committee: CommitteeId, services: Asking, limit: float, told: Told) -> None:
    """The entry as context, with the reason as it was when it was kept first."""
    because = "; ".join(told.refused) or "đã đúng như vậy từ trước, mục này không làm thay đổi gì"
    told.context = None if told.refused else because
    kept = note(plan.located, because, "refused" if told.refused else "unchanged")
    try:
        _ask(kept, plan, committee, services, limit, told, first=True)
    except (ServiceUnavailable, StoreDown, Contended):
        raise
    except CommandIdReused:  # kept by an earlier import, for a reason in other words
        told.events.append("ContextNoted")
    except BcdError as refusal:
        told.refused.append(f"{type(kept.command).__name__}: {refusal}")


def _ask(
    ask: Ask, plan: Plan, committee: CommitteeId, services: Asking, limit: float, told: Told, *, first: bool
) -> None:
    request = ask.request(committee, plan.located, first=first).model_dump(mode="json")
    receipt = _patiently(
        lambda: services.call(ask.service, method_name(type(ask.command)), request, timeout=limit)
    )
    told.events += receipt["events"]
    told.fresh += bool(receipt["events"]) and not receipt["repeated"]
    told.repeated = told.repeated or receipt["repeated"]


def _patiently(call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The answer; while the service is away, asked again with the same command id."""
    for pause in PATIENCE:
        try:
            return call()
        except (ServiceUnavailable, StoreDown, Contended):
            time.sleep(pause)
    return call()
