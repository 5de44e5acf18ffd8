"""What becomes of an issued document: replaced, corrected, recalled, sent; never edited (D2.1)."""

from services.meetings.document.commands import (
    CorrectDocument,
    DispatchDocument,
    RecallDocument,
    ReplaceDocument,
    TypeCode,
)
from services.meetings.document.events import (
    Body,
    DocumentCorrected,
    DocumentDispatched,
    DocumentRecalled,
    DocumentReplaced,
    SeriesEvent,
)
from services.meetings.document.secrecy import require_no_secret
from services.meetings.document.signing import body_of, may_keep, may_sign
from services.meetings.document.state import Kept, Series, require_not_ahead, standing
from services.meetings.rules import Rule
from services.members.capacity import Capacity, for_the_chair
from services.members.events import Matter
from services.members.parameters import terms
from shared.decider import require
from shared.envelope import Act


def replace_document(command: ReplaceDocument, act: Act, series: Series) -> list[SeriesEvent]:
    """D2.1: what was wrong in content is replaced by a document of equal form."""
    kept = _may_be_changed(command, act, series)
    if kept is not None and kept.replaced_by == command.by_document:
        return []
    old = standing(command.document_id, series).issued
    _is_issued(command, series)
    require(
        command.by_type is old.type_code,
        Rule.REPLACED_BY_EQUAL_FORM,
        f"{old.symbol} is a {old.type_code}: a {command.by_type} does not replace it",
    )
    return [DocumentReplaced.model_validate({**_told(command), "on": act.effective_at.latest})]


def correct_document(command: CorrectDocument, act: Act, series: Series) -> list[SeriesEvent]:
    """D2.1: what is wrong in form or procedure is put right by an official letter."""
    kept = _may_be_changed(command, act, series)
    if kept is not None and command.by_document in kept.corrected_by:
        return []
    standing(command.document_id, series)
    _is_issued(command, series)
    require(
        command.by_type is TypeCode.OFFICIAL_LETTER,
        Rule.CORRECTED_BY_LETTER,
        f"an official letter corrects, not a {command.by_type}; what is wrong in content is replaced",
    )
    return [DocumentCorrected.model_validate(_told(command))]


def _may_be_changed(
    command: ReplaceDocument | CorrectDocument | RecallDocument, act: Act, series: Series
) -> Kept | None:
    """The document, for who may change it; what another series did was judged when it was issued there."""
    kept = series.documents.get(command.document_id)
    if isinstance(command, RecallDocument) or not act.in_capacity(Capacity.POLICY):
        _by_signatory(act, command.series, series, kept)
    require_no_secret(None, (command.reason,))
    return kept


def _told(command: ReplaceDocument | CorrectDocument) -> dict[str, object]:
    return {**command.model_dump(), "by": command.by_document, "by_key": command.by}


def _is_issued(command: ReplaceDocument | CorrectDocument, series: Series) -> None:
    """The other document was issued, as far as this series can tell, with this symbol and type."""
    by = command.by
    require(
        by.document_id != command.document_id or (by.series, by.year) != (command.series, command.year),
        Rule.BY_AN_ISSUED_DOCUMENT,
        "a document neither replaces nor corrects itself",
    )
    if (by.series, by.year) != (command.series, command.year):
        return
    kept = series.documents.get(by.document_id)
    issued = kept.issued if kept and not kept.recalled else None
    told = (command.by_document.number, command.by_type)
    require(
        issued is not None and (issued.symbol, issued.type_code) == told,
        Rule.BY_AN_ISSUED_DOCUMENT,
        f"no {command.by_type} {command.by_document.number} was issued as {by.document_id}",
    )


def recall(command: RecallDocument, act: Act, series: Series) -> list[SeriesEvent]:
    """D2.1: the record stays and says that the document was called back."""
    kept = _may_be_changed(command, act, series)
    if kept is not None and kept.recalled:
        return []
    standing(command.document_id, series)
    return [DocumentRecalled.model_validate({**command.model_dump(), "on": act.effective_at.latest})]


def dispatch(command: DispatchDocument, act: Act, series: Series) -> list[SeriesEvent]:
    """D2.1: sent on the day of issue, at latest on the next working day, an urgent one at once; late is
    noted, never refused. What left while the document stood may be noted after its end."""
    require(
        may_keep(act, command.series, series.agency),
        Rule.TEAM_KEEPS_RECORDS,
        "the support team notes that a document was sent, or who signs in the series; an agency's its head",
    )
    kept = series.documents.get(command.document_id)
    to = tuple(dict.fromkeys(command.to))
    if kept is not None and any(
        (sent.sent_on, sent.to, sent.receipt) == (command.sent_on, to, command.receipt)
        for sent in kept.dispatched
    ):
        return []
    issued = standing(command.document_id, series, command.sent_on).issued
    require(
        command.sent_on >= issued.date,
        Rule.SENT_AFTER_ISSUE,
        f"{issued.symbol} was issued on {issued.date}, and not sent before",
    )
    require_not_ahead(act, command.sent_on, "a dispatch")
    last = issued.date if issued.urgency else terms(act).due(issued.date, 1)
    return [
        DocumentDispatched(
            series=command.series,
            year=command.year,
            document_id=command.document_id,
            sent_on=command.sent_on,
            to=to,
            receipt=command.receipt,
            late=command.sent_on > last,
        )
    ]


def _by_signatory(act: Act, symbol: str, series: Series, kept: Kept | None) -> None:
    """Who may sign in a series answers for its documents; a leader's are that leader's, or the chair's."""
    own = kept is None or kept.issued.signatory == act.actor.person
    may = may_sign(act, symbol, series.agency)
    if body_of(symbol) is Body.COMMITTEE:
        may = may and (own or for_the_chair(act, Matter.DOCUMENTS))
    require(
        may,
        Rule.CHANGED_BY_SIGNATORY,
        f"in the series {symbol}: who signed it, who heads the series, or for the chair",
    )
