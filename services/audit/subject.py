"""What is to be verified: the events, and all that has to agree with them."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from services.audit import checking_documents, checking_log, checking_records
from services.audit.checking_documents import DocumentsCheck
from services.audit.checking_log import LogCheck
from services.audit.checking_records import RecordsCheck
from services.audit.findings import Findings, Report
from services.audit.published import PublishedLog, Unreadable
from services.audit.scratch import scratch
from services.audit.verifying import Check, Facts, Progress, epoch_of, verify
from services.records.database import Database
from services.records.projecting import Models
from shared.audit.notes import Verifier
from shared.contents.port import Contents

PARTS: Final = (checking_log.PART, checking_documents.PART, checking_records.PART)


@dataclass(frozen=True)
class Subject:
    """`notary` is the folder with a published log for each epoch of the store; `log` one such log itself.

    `pinned` is a key that the log must be signed with, `seen` are files with checkpoints of it that somebody
    else kept; `near` is where scratch data may lie; `lacking` are contents that were never kept.
    """

    facts: Facts
    contents: Contents
    database: Database
    models: Models
    notary: Path | None = None
    log: Path | None = None
    pinned: Verifier | None = None
    seen: Sequence[Path] = ()
    near: Path | None = None
    lacking: frozenset[str] = frozenset()


def verified(
    subject: Subject,
    parts: Collection[str] = PARTS,
    progress: Progress = lambda _events, _position, _head: None,
) -> Report:
    """The verdict on these parts. Raises StoreUnavailable, ContentsError, SQLAlchemyError."""
    findings = Findings()
    with _checks(subject, parts, findings) as checks:
        head = subject.facts.head()  # after all that may not be ahead of it was looked at
        return verify(subject.facts, checks, findings, head=head, progress=progress)


@contextmanager
def _checks(subject: Subject, parts: Collection[str], findings: Findings) -> Iterator[list[Check]]:
    epoch = epoch_of(subject.facts)
    checks: list[Check] = []
    if checking_log.PART in parts and (log := _published(subject, epoch, findings)):
        checks.append(LogCheck(log, findings, pinned=subject.pinned, seen=subject.seen))
    if checking_documents.PART in parts:
        checks.append(DocumentsCheck(subject.contents, findings, subject.lacking))
    if checking_records.PART not in parts:
        yield checks
        return
    shown = checking_records.running(subject.database, subject.models, epoch, subject.facts.head, findings)
    if shown is None:
        yield checks
        return
    with scratch(subject.models, subject.near) as database:
        yield [*checks, RecordsCheck(shown, database, findings)]


def _published(subject: Subject, epoch: str | None, findings: Findings) -> PublishedLog | None:
    """The log of the store's epoch; None, and a finding, where there is none that belongs to it."""
    folder = subject.log or (subject.notary / str(epoch) if subject.notary else None)
    if folder is None or not folder.is_dir():
        findings.add(checking_log.PART, "no_log", str(folder), epoch=epoch)
        return None
    try:
        log = PublishedLog.open(folder)
    except Unreadable as error:
        findings.add(checking_log.PART, "checkpoint", str(error.path), why=str(error))
        return None
    if log.origin.rpartition("/")[2] != str(epoch):
        findings.add(checking_log.PART, "log_of_other_epoch", str(folder), origin=log.origin, epoch=epoch)
        return None
    return log
