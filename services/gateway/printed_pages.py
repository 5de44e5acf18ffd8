"""Downloads: documents by Nghị định 30/2020/NĐ-CP, made from the events of one record."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, request

from services.gateway.asking import Records
from services.gateway.exports import made_file
from services.gateway.questions import NoRecord, day_asked
from services.meetings.document.events import TypeCode
from services.records.printed.kinds import KINDS, kinds_of
from services.records.printed.pdf import as_pdf
from services.records.printed.told import Told
from shared.errors import InvalidRequest

printed_pages = Blueprint("printed_pages", __name__)

COUNTS: Final = {"minutes": "present", "notice": "conclusions", "invitation": "invited"}
"""What a meeting must have at least one of before the document is offered."""


@printed_pages.get("/print/<kind>/<path:record>.<any(docx, pdf):form>")
def document(kind: str, record: str, form: str) -> Response:
    """`?sign=1` leaves out the mark of a printout."""
    if kind not in KINDS:
        abort(404)
    records: Records = current_app.config["RECORDS"]
    as_of = day_asked(request.args)
    told = Told(records.ask, records.committee, {"as_of": as_of} if as_of else {})
    try:
        printed = KINDS[kind].make(told, record, request.args.get("sign") == "1")
    except InvalidRequest as refused:
        if refused.where == "id":
            raise NoRecord(KINDS[kind].register, record) from refused
        raise

    content = printed.content
    if form == "pdf":
        content = as_pdf(content, current_app.config.get("SOFFICE"))
    return made_file(f"{kind}-{record.replace('/', '-')}", form, lambda target: target.write_bytes(content))


@printed_pages.app_template_global("printable")
def printable(register: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The kinds of documents that can be made of the record on a page."""
    return [name for name in kinds_of(register) if rows and _has(name, rows[0])]


def _has(kind: str, row: Mapping[str, Any]) -> bool:
    match kind:
        case "decision":
            return row.get("kind") == TypeCode.DECISION
        case "plan" | "report":
            return not row.get("outside")
        case _:
            return bool(row.get(COUNTS[kind])) and not (kind == "invitation" and row["state"] == "cancelled")
