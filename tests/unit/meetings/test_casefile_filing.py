"""Putting documents into a file, and taking them out."""

import pytest

from services.meetings.casefile.commands import Content, RemoveFromCaseFile
from services.meetings.casefile.decider import decider
from services.meetings.casefile.events import DocumentFiled, FiledDocumentRemoved
from services.meetings.rules import Rule
from tests.unit.given import Story
from tests.unit.meetings.casefile_examples import CLOCK, FILE, MEMBER, TEAM, digest, opened, paper
from tests.unit.meetings.specimens_casefile import CLOSED, ENDED, FILED, OPENED

INVITATION = paper("giay-moi", satisfies=("invitation_paper",))


def test_a_document_has_the_next_place_and_is_the_paper_that_it_says() -> None:
    story = opened().when(INVITATION, TEAM).then_happened(DocumentFiled)
    story.when(paper("tai-lieu"), TEAM).then_happened(DocumentFiled)
    assert [(one.ordinal, one.satisfies) for one in story.state.entries.values()] == [
        (1, ("invitation_paper",)),
        (2, ()),
    ]
    assert story.state.missing() == []


def test_the_same_document_is_filed_once() -> None:
    opened().when(INVITATION, TEAM).when(INVITATION, TEAM).then_nothing()


def test_another_file_may_hold_the_same_document() -> None:
    other = Story(decider).given(OPENED.model_copy(update={"file_id": "meeting.hop-quy-2"}))
    other.when(paper("giay-moi", file_id="meeting.hop-quy-2"), TEAM).then_happened(DocumentFiled)


def test_it_is_really_kept_somewhere() -> None:
    nowhere = paper("giay-moi", content=None)
    opened().when(nowhere, TEAM).then_refused(Rule.DOCUMENT_IS_KEPT)
    on_paper = nowhere.model_copy(update={"paper_at": "kho lưu trữ, giá 3"})
    opened().when(on_paper, TEAM).then_happened(DocumentFiled)


def test_it_is_a_paper_that_the_file_expects() -> None:
    opened().when(paper("x", satisfies=("khong-co",)), TEAM).then_refused(Rule.EXPECTED_IS_KNOWN)


def test_the_support_team_files_or_what_was_issued_files_itself() -> None:
    opened().when(INVITATION, MEMBER).then_refused(Rule.TEAM_KEEPS_RECORDS)
    opened().when(paper("giay-moi"), CLOCK).then_happened(DocumentFiled)


@pytest.mark.parametrize("name", ["KH_MẬT_2026.pdf", "ban-(mật).docx", "Độ_mật.pdf", "TỐI.MẬT.doc"])
def test_a_state_secret_is_known_by_the_name_of_its_file(name: str) -> None:
    secret = Content(digest=digest("x"), name=name, media_type="application/pdf", size=1)
    opened().when(paper("x", content=secret), TEAM).then_refused(Rule.NO_STATE_SECRETS)


def test_a_name_that_only_speaks_of_security_is_none() -> None:
    safe = Content(digest=digest("x"), name="KH_BẢO_MẬT_2026.pdf")
    opened().when(paper("x", content=safe), TEAM).then_happened(DocumentFiled)


def test_nothing_comes_into_a_closed_file() -> None:
    closed = Story(decider).given(OPENED, FILED, ENDED, CLOSED)
    closed.when(paper("them"), TEAM).then_refused(Rule.FILE_IS_OPEN)
    closed.when(paper("them"), CLOCK).then_nothing()
    Story(decider).when(paper("them"), TEAM).then_refused(Rule.FILE_IS_OPEN)


def test_a_draft_is_none_of_the_papers() -> None:
    draft = paper("du-thao", draft=True, satisfies=("invitation_paper",))
    assert len(opened().when(draft, TEAM).state.missing()) == 1


def test_what_is_taken_out_leaves_its_place_empty() -> None:
    out = RemoveFromCaseFile(file_id=FILE, ordinal=1, reason="nhầm hồ sơ")
    story = opened().when(INVITATION, TEAM).when(out, TEAM).then_happened(FiledDocumentRemoved)
    assert len(story.state.missing()) == 1
    story.when(out, TEAM).then_nothing()
    story.when(INVITATION, TEAM).then_happened(DocumentFiled)
    assert list(story.state.entries) == [2]
    story.when(out.model_copy(update={"ordinal": 9}), TEAM).then_refused(Rule.ENTRY_IS_KNOWN)
