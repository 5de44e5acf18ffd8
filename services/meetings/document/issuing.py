"""Issuing a document: who signs, which number, which day, and what it changes of others (D2.1, D9.1)."""

from functools import reduce
from typing import assert_never

from services.meetings.document.commands import CorrectDocument, IssueDocument, ReplaceDocument, TypeCode
from services.meetings.document.course import correct_document, replace_document
from services.meetings.document.events import Body, DocumentIssued, DocumentKey, SeriesEvent
from services.meetings.document.number import symbol
from services.meetings.document.secrecy import require_no_secret
from services.meetings.document.signing import body_of, require_authorised, require_seal, require_signatory
from services.meetings.document.state import Series, evolve, require_not_ahead
from services.meetings.rules import Rule
from services.members.capacity import for_the_chair
from services.members.events import Matter
from shared.decider import require
from shared.envelope import Act
from shared.messages import DocumentRef


def issue(command: IssueDocument, act: Act, series: Series) -> list[SeriesEvent]:
    """D9.1: signed by who may, under the right seal; D2.1: number and date run together."""
    require_no_secret(
        command.secrecy,
        (command.subject, command.reason, *(appendix.title for appendix in command.appendices)),
    )
    require_signatory(act, command.series, command.agency)
    _of_this_body(command, series)
    if (kept := series.documents.get(command.document_id)) is not None:
        same = _issued(command, act, kept.issued.number) == kept.issued
        require(same, Rule.DOCUMENT_IS_NEW, f"{kept.issued.symbol} was issued so, and is not edited")
        return []
    _is_new(command, series)
    require_authorised(command, act)
    require_seal(command, act)
    _date_fits(command, act, series)
    require(
        command.type_code is not TypeCode.OFFICIAL_LETTER or command.drafted_by is not None,
        Rule.LETTER_NAMES_ITS_UNIT,
        "name the unit that drafted the official letter: its symbol needs it",
    )
    _may_change_elsewhere(command, act)
    issued = _issued(command, act, series.next)
    return [issued, *_changes_of_others(issued, act, evolve(series, issued))]


def _of_this_body(command: IssueDocument, series: Series) -> None:
    """A series has one abbreviation and one body; an agency's has its agency."""
    require(
        (command.agency is None) is (body_of(command.series) is not Body.AGENCY),
        Rule.SERIES_HAS_ONE_BODY,
        "name the agency of an agency's series, and none for the committee's and the support team's",
    )
    require(
        series.body is None or series.agency == command.agency,
        Rule.SERIES_HAS_ONE_BODY,
        f"this is the series {series.symbol} of {series.agency or series.body}",
    )


def _is_new(command: IssueDocument, series: Series) -> None:
    twin = next(
        (kept.issued for kept in series.documents.values() if kept.issued.text_digest == command.text_digest),
        None,
    )
    require(twin is None, Rule.DOCUMENT_IS_NEW, f"this very text was issued as {twin.symbol if twin else ''}")


def _date_fits(command: IssueDocument, act: Act, series: Series) -> None:
    require(
        command.date.year == command.year,
        Rule.DATE_IN_THE_YEAR,
        f"{command.date} belongs into the series of {command.date.year}, not of {command.year}",
    )
    require_not_ahead(act, command.date, "a document")
    newest = series.newest
    require(
        newest is None or command.date >= newest.date,
        Rule.DATE_RUNS_WITH_NUMBER,
        f"{newest.symbol} bears {newest.date}: the next number bears no earlier day" if newest else "",
    )


def _issued(command: IssueDocument, act: Act, number: int) -> DocumentIssued:
    values = command.model_dump(exclude={"secrecy"}) | {
        "number": number,
        "symbol": symbol(number, command.type_code, command.series, command.drafted_by),
        "body": body_of(command.series),
        "signatory": act.actor.person,
    }
    return DocumentIssued.model_validate(values)


def _may_change_elsewhere(command: IssueDocument, act: Act) -> None:
    """What is judged here for another series or year: only the chair's word reaches beyond one's own."""
    for other in (command.replaces, command.corrects):
        if other is None or (other.series, other.year) == (command.series, command.year):
            continue
        own = other.series == command.series and body_of(other.series) is not Body.COMMITTEE
        require(
            own or for_the_chair(act, Matter.DOCUMENTS),
            Rule.CHANGED_BY_SIGNATORY,
            f"a document of {other.series}/{other.year} is changed from here by the chair alone",
        )


def _changes_of_others(issued: DocumentIssued, act: Act, series: Series) -> list[SeriesEvent]:
    """What this issue does to documents of the same series; those of others follow by a policy."""
    changes: list[SeriesEvent] = []
    for command in consequences(issued):
        if (command.series, command.year) == (issued.series, issued.year):
            changed = _changed(command, act, series)
            series = reduce(evolve, changed, series)
            changes += changed
    return changes


def consequences(issued: DocumentIssued) -> list[ReplaceDocument | CorrectDocument]:
    """What is to be asked of the documents that an issued one replaces and corrects."""
    by = {
        "by": DocumentKey(series=issued.series, year=issued.year, document_id=issued.document_id),
        "by_document": DocumentRef(number=issued.symbol, date=issued.date),
        "by_type": issued.type_code,
        "reason": issued.reason or issued.subject,
    }
    asked: list[ReplaceDocument | CorrectDocument] = []
    if issued.replaces:
        asked.append(ReplaceDocument.model_validate({**issued.replaces.model_dump(), **by}))
    if issued.corrects:
        asked.append(CorrectDocument.model_validate({**issued.corrects.model_dump(), **by}))
    return asked


def _changed(command: ReplaceDocument | CorrectDocument, act: Act, series: Series) -> list[SeriesEvent]:
    match command:
        case ReplaceDocument():
            return replace_document(command, act, series)
        case CorrectDocument():
            return correct_document(command, act, series)
        case _:
            assert_never(command)
