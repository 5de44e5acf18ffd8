"""State secrets are refused at the door; documents about secrecy are not."""

import pytest

from services.meetings.document.commands import Appendix, Secrecy
from services.meetings.document.incoming import decider as incoming
from services.meetings.document.secrecy import is_marked
from services.meetings.document.series import decider as series
from services.meetings.rules import Rule
from tests.unit.given import Story
from tests.unit.meetings.document_examples import ARRIVES, BEFORE, CHAIR, PLAN, TEAM, paper


@pytest.mark.parametrize(
    "text",
    [
        "MẬT",
        "Kế hoạch phòng thủ (Mật)",
        "[mật] Danh mục",
        "TỐI  MẬT - Báo cáo",
        "Báo cáo tuyệt mật",
        "Độ mật: A",
        "Tài liệu đóng dấu MẬT",
    ],
)
def test_a_mark(text: str) -> None:
    assert is_marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch bảo mật thông tin",
        "KẾ HOẠCH BẢO MẬT THÔNG TIN",
        "Công tác bảo vệ bí mật nhà nước",
        "TẬP HUẤN BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Mật khẩu và mật mã dân sự",
        "Mật độ trạm thu phát sóng",
    ],
)
def test_no_mark(text: str) -> None:
    assert not is_marked(text)


@pytest.mark.parametrize("secrecy", Secrecy)
def test_a_document_with_a_degree_of_secrecy_is_refused(secrecy: Secrecy) -> None:
    Story(series).when(paper("a", secrecy=secrecy), CHAIR).then_refused(Rule.NO_STATE_SECRETS)
    arrives = ARRIVES.model_copy(update={"secrecy": secrecy})
    Story(incoming).when(arrives, TEAM).then_refused(Rule.NO_STATE_SECRETS)


def test_a_mark_in_words_is_refused_wherever_it_stands() -> None:
    story = Story(series)
    story.when(paper("a", subject="Kế hoạch (MẬT)"), CHAIR).then_refused(Rule.NO_STATE_SECRETS)
    appendices = (Appendix(title="Phụ lục TỐI MẬT"),)
    story.when(paper("a", appendices=appendices), CHAIR).then_refused(Rule.NO_STATE_SECRETS)
    arrives = ARRIVES.model_copy(update={"subject": "TUYỆT MẬT"})
    Story(incoming).when(arrives, TEAM).then_refused(Rule.NO_STATE_SECRETS)


def test_the_refusal_repeats_nothing_of_the_text() -> None:
    story = Story(series).when(paper("a", subject="Kế hoạch (MẬT) số liệu quân sự"), CHAIR)
    assert story.refusal is not None
    assert "quân sự" not in str(story.refusal)


def test_no_time_before_the_regulation_lets_a_secret_in() -> None:
    secret = PLAN.model_copy(update={"secrecy": Secrecy.SECRET})
    Story(series).when(secret, BEFORE).then_refused(Rule.NO_STATE_SECRETS)
