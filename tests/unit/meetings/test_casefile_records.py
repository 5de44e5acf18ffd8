"""The registers of files after these events, delivered once or twice."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection

from services.meetings.casefile.events import (
    CaseFileEntered,
    CaseFileHeldBack,
    CaseFileReopened,
    CaseFileRevised,
    DocumentExpected,
    ExpectationWaived,
    Expected,
    FiledDocumentRemoved,
    FilePlanDrafted,
    FilePlanIssued,
    MatterResumed,
    Paper,
    PlannedFile,
)
from services.meetings.casefile.records import case_files, file_plan
from services.meetings.casefile.records_contents import case_documents, case_papers
from services.meetings.casefile.terms import retention_by
from shared.messages import Event
from tests.unit.meetings.casefile_examples import FILE, MINUTES
from tests.unit.meetings.rows import deliver, empty_database, recorded, some
from tests.unit.meetings.specimens_casefile import CLOSED, ENDED, FILED, OPENED
from tests.unit.rows import rows


@pytest.fixture(params=[1, 2], ids=["once", "twice"])
def times(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest.fixture
def db() -> Iterator[Connection]:
    yield from empty_database()


LINE = PlannedFile(title="Hồ sơ họp quý I", retention_class="meetings")
ENTERED = CaseFileEntered(year=2026, file_id=FILE, number=1, symbol="01.BCĐ", organ_id="H37", planned=True)
ASKED = DocumentExpected(
    file_id=FILE, expected=(Expected(key="minutes_paper", what=Paper.MINUTES, document=MINUTES),)
)


def one_file(db: Connection, times: int, *events: Event) -> dict[str, Any]:
    envelopes = recorded([OPENED, *events])
    deliver(db, envelopes, each=times)
    deliver(db, envelopes, again=times - 1)
    [row] = rows(db, case_files)
    return row


def test_an_open_file(db: Connection, times: int) -> None:
    row = one_file(db, times, ENTERED, ASKED, FILED)
    assert some(row, "symbol", "organ", "in_plan", "state") == ("01.BCĐ", "H37", True, "open")
    assert some(row, "expected", "lacking", "filed", "pages") == (2, 1, 1, 2)
    assert some(row, "retention_class", "retention_years") == ("meetings", None)
    papers = {one["paper"]: one for one in rows(db, case_papers)}
    assert some(papers["invitation_paper"], "state", "documents") == ("filed", [1])
    assert some(papers["minutes_paper"], "state", "number") == ("lacking", "03/BB-BCĐ")
    [filed] = rows(db, case_documents)
    assert some(filed, "ordinal", "subject", "file_name", "size", "state") == (
        *(1, "giay-moi", "giay-moi.pdf"),
        *(1000, "filed"),
    )


def test_a_file_settled_anew(db: Connection, times: int) -> None:
    short = retention_by("letters", OPENED.kind, date(2026, 3, 2))
    row = one_file(db, times, CaseFileRevised(file_id=FILE, title="Khác", retention=short))
    assert some(row, "title", "retention_class", "retention_years") == ("Khác", "letters", 10)


def test_what_was_waived_and_taken_out(db: Connection, times: int) -> None:
    waived = ExpectationWaived(file_id=FILE, key="minutes_paper", reason="không lập")
    out = FiledDocumentRemoved(file_id=FILE, ordinal=1, reason="nhầm")
    row = one_file(db, times, ASKED, FILED, waived, out)
    assert some(row, "lacking", "filed", "pages") == (1, 0, 0)
    states = {one["paper"]: one["state"] for one in rows(db, case_papers)}
    assert states == {"invitation_paper": "lacking", "minutes_paper": "waived"}
    [filed] = rows(db, case_documents)
    assert some(filed, "state", "state_because") == ("removed", "nhầm")


def test_a_closed_file_and_its_days(db: Connection, times: int) -> None:
    row = one_file(db, times, FILED, ENDED, CLOSED)
    assert some(row, "state", "ended", "submit_by", "by_law", "keep_until") == (
        *("closed", "2026-03-05", "2027-03-05"),
        *("2027-12-31", None),
    )
    held = CaseFileHeldBack(file_id=FILE, until=date(2028, 3, 5), consent=MINUTES)
    row = one_file(db, times, FILED, ENDED, CLOSED, held)
    assert some(row, "submit_by", "held_back") == ("2028-03-05", str(MINUTES))
    reopened = CaseFileReopened(file_id=FILE, reason="bổ sung")
    resumed = MatterResumed(file_id=FILE, reason="họp tiếp")
    row = one_file(db, times, FILED, ENDED, CLOSED, held, reopened)
    assert some(row, "state", "state_because", "closed", "submit_by") == ("ended", "bổ sung", None, None)
    row = one_file(db, times, FILED, ENDED, CLOSED, reopened, resumed)
    assert some(row, "state", "ended") == ("open", None)


def test_the_file_plan(db: Connection, times: int) -> None:
    two = (LINE, LINE.model_copy(update={"title": "Công văn"}))
    drafted = FilePlanDrafted(year=2026, items=two)
    again = FilePlanDrafted(year=2026, items=(LINE,))
    line = LINE.model_copy(update={"number": 1, "symbol": "01.BCĐ"})
    issued = FilePlanIssued(year=2026, items=(line,))
    deliver(db, recorded([drafted]), each=times)
    assert [one["state"] for one in rows(db, file_plan)] == ["drafted", "drafted"]
    deliver(db, recorded([drafted, again, OPENED, issued, ENTERED]), each=times, again=times)
    assert [some(one, "plan_line", "symbol", "state", "case_file") for one in rows(db, file_plan)] == [
        ("2026.1", "01.BCĐ", "issued", FILE),
        ("2026.2", None, "dropped", None),
    ]
