"""A package verified by the product: what its own verifier finds, and its registers folded anew."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from services.audit import package as shape
from services.audit.findings import Done, Finding, Findings, Report, report
from services.audit.scratch import scratch
from services.audit.verifier import verify_bcd
from services.audit.verifying import BATCH, Progress
from services.records.hashes import hash_of
from services.records.projecting import Models
from shared.catalogue import Text, both
from shared.eventstore.paging import batches

PART: Final = "package"
REGISTERS: Final = "registers"


class NoPackage(Exception):
    """The folder has not even the file that says what it is."""


def verify_package(
    package: Path,
    models: Models,
    *,
    key: str | None = None,
    seen: Sequence[Path] = (),
    progress: Progress = lambda _events, _position, _head: None,
) -> Report:
    """The registers are folded only from events that the log proves. Raises NoPackage."""
    began = time.monotonic()
    about = _about(package)
    findings = Findings()
    verdict = verify_bcd.verify(package, key, seen)
    for where, vi, en in verdict.problems:
        findings.take(Finding(PART, "package", where, said=Text(vi, en)))
    done = [Done(PART, {"events": int(about["opened"])}, verdict.remarks)]
    if not verdict.problems:
        done.append(_folded(package, models, findings, int(about["position"]), progress))
    epoch = str(about.get("origin", "")).rpartition("/")[2]
    seconds = time.monotonic() - began
    return report(epoch, int(about["position"]), int(about["opened"]), seconds, done, findings)


def _folded(package: Path, models: Models, findings: Findings, head: int, progress: Progress) -> Done:
    told = json.loads((package / "data" / shape.REGISTERS / shape.HASHES).read_bytes())["models"]
    events, rows = 0, 0
    with scratch(models) as database:
        for batch in batches(shape.events_of(package), BATCH):
            database.project(batch)
            events += len(batch)
            progress(events, batch[-1].position, head)
        with database.read() as db:
            for model in models.models:
                made, count = hash_of(db, model)
                rows += count
                shown = told.pop(model.name, {"sha256": "—", "rows": 0})
                if shown["sha256"] != made:
                    values = {"shown": shown["sha256"], "shown_rows": shown["rows"]}
                    more = {"made": made, "made_rows": count}
                    findings.add(REGISTERS, "register_differs", model.name, **values, **more)
    for name in told:
        findings.add(REGISTERS, "register_unknown", name)
    done = Done(REGISTERS, {"registers": len(models.models), "rows": rows, "events": events})
    if not findings.count:
        done.remarks.append(both("audit.reprojected", registers=len(models.models)))
    return done


def _about(package: Path) -> dict[str, Any]:
    path = package / "data" / shape.ABOUT
    try:
        if not path.is_file():  # opening a pipe might never end
            raise NoPackage(f"{shape.ABOUT}: {both('audit.too_few')}")
        about = verify_bcd.json_of(verify_bcd.content_of(path))
        if about["format"] != shape.FORMAT:
            raise NoPackage(f"{shape.ABOUT}: {about['format']!r} ≠ {shape.FORMAT!r}")
        int(about["position"]), int(about["opened"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise NoPackage(f"{shape.ABOUT}: {error!r}") from error
    found: dict[str, Any] = about
    return found
