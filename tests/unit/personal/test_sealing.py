"""Commands lose their personal values before anything is decided, and answers get them back at the end."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.feedback.commands import ReceiveFeedback
from services.meetings.commands import ReportAbsence
from services.members.workgroup.commands import ConveneWorkingGroup
from shared.digests import Digest, digest_of
from shared.envelope import Request
from shared.errors import InvalidRequest, StoreDown
from shared.messages import Command
from shared.personal.key_store import KeyStore
from shared.personal.keys import Tombstone
from shared.personal.marking import Personal, personal_fields
from shared.personal.opening import Opening
from shared.personal.sealing import Sealed, Sealing
from shared.personal.tokens import PREFIX, TOKEN
from tests.unit.personal.stores import key_store

RECORD = "feedback:pa-1"
LETTER = {
    "feedback_id": "pa-1",
    "subject": "Đường truyền",
    "content": "Thư hư cấu",
    "sender_wording": "Người gửi hư cấu",
    "contact": "so-lien-he/1",
}


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    return key_store(tmp_path)


def request(data: dict[str, Any], committee: str = "langson") -> Request:
    actor = {"person": "nguoi-a", "capacity": "focal_point"}
    return Request.model_validate(
        {"command_id": UUID(int=1), "committee": committee, "actor": actor, "data": data}
    )


def sealed(keys: KeyStore, kind: type[Command], data: dict[str, Any], committee: str = "langson") -> Sealed:
    return Sealing(keys).seal(kind.model_validate(data), request(data, committee), RECORD)


def test_marks_are_found_in_every_form() -> None:
    assert set(personal_fields(ReceiveFeedback)) == {"content", "sender_wording", "contact"}
    assert dict(personal_fields(ReportAbsence)) == {"reason_code": Personal("member")}
    assert set(personal_fields(ConveneWorkingGroup)) == {"experts"}


def test_nothing_personal_is_left_readable_and_the_answers_show_it_again(keys: KeyStore) -> None:
    made = sealed(keys, ReceiveFeedback, LETTER)
    told = made.command.model_dump()
    assert (told["subject"], told["sender"]) == ("Đường truyền", None)
    assert not any(LETTER[name] in str(told) for name in ("content", "sender_wording", "contact"))
    assert Opening(keys).opened(told) == {**told, **LETTER}
    assert made == sealed(keys, ReceiveFeedback, LETTER), "asked again, it is the same"


def test_each_text_of_a_tuple_is_sealed_and_an_empty_one_says_nothing(keys: KeyStore) -> None:
    data = {
        "group_id": "nhom-1",
        "subject": "Dự thảo",
        "since": "2026-01-05",
        "until": "2026-02-05",
        "experts": ["Chuyên gia hư cấu một", "Chuyên gia hư cấu hai"],
        "drafts": ["Quy định"],
    }
    experts = sealed(keys, ConveneWorkingGroup, data).command.experts  # type: ignore[attr-defined]
    assert all(TOKEN.fullmatch(one) for one in experts)
    assert Opening(keys).opened(experts) == tuple(data["experts"])
    assert sealed(keys, ReceiveFeedback, {**LETTER, "content": ""}).command.content == ""  # type: ignore[attr-defined]


def test_it_is_sealed_with_the_key_of_whom_it_is_about(keys: KeyStore) -> None:
    data = {"meeting_id": "hop-1", "member": "thanh-vien-a", "reason_code": "om"}
    sealed(keys, ReportAbsence, data)
    sealed(keys, ReceiveFeedback, LETTER)
    sealed(keys, ReceiveFeedback, LETTER, "caobang")
    whose = {("langson", "person:thanh-vien-a"), ("langson", RECORD), ("caobang", RECORD)}
    ids = set()
    for committee, subject in whose:
        key = keys.key_of(committee, subject)
        ids.add(key.key_id if isinstance(key, Tombstone) else key.id)
    assert len(ids) == 3
    token = sealed(keys, ReportAbsence, data).command.reason_code  # type: ignore[attr-defined]
    assert token.startswith(f"{PREFIX}{keys.key_of('langson', 'person:thanh-vien-a').id}:")  # type: ignore[union-attr]


@pytest.mark.parametrize("field", ["subject", "content"])
def test_sealed_text_from_outside_is_no_request(keys: KeyStore, field: str) -> None:
    """Whoever heard it on the bus could have it opened by sending it in."""
    token = sealed(keys, ReceiveFeedback, LETTER).command.content  # type: ignore[attr-defined]
    with pytest.raises(InvalidRequest, match="sealed:v1"):
        sealed(keys, ReceiveFeedback, {**LETTER, field: f"xem {token}"})


def test_of_an_erased_subject_nothing_more_is_recorded(keys: KeyStore) -> None:
    keys.destroy("langson", RECORD, "theo yêu cầu")
    gone = sealed(keys, ReceiveFeedback, LETTER)
    assert gone.erased == (RECORD,)
    assert not any(LETTER[name] in str(gone) for name in ("content", "sender_wording", "contact"))
    with pytest.raises(InvalidRequest, match=RECORD):
        gone.require_keys()
    sealed(keys, ReceiveFeedback, {"feedback_id": "pa-1", "subject": "Không có gì riêng"}).require_keys()


def digest(keys: KeyStore, data: dict[str, Any]) -> Digest:
    made = sealed(keys, ReceiveFeedback, data)
    return digest_of(ReceiveFeedback.model_validate(data), made, request(data))


def test_a_repeated_command_is_known_by_its_digest_before_and_after_it_was_erased(keys: KeyStore) -> None:
    other_text, other_subject = {**LETTER, "content": "Thư khác"}, {**LETTER, "subject": "Việc khác"}
    recorded = str(digest(keys, LETTER))
    assert digest(keys, LETTER).is_that_of(recorded)
    assert not digest(keys, other_text).is_that_of(recorded)
    assert not digest(keys, other_subject).is_that_of(recorded)
    assert not digest(keys, {"feedback_id": "pa-1", "subject": "Đường truyền"}).is_that_of(recorded)
    keys.destroy("langson", RECORD, "theo yêu cầu")
    assert digest(keys, LETTER).is_that_of(recorded)
    assert not digest(keys, other_subject).is_that_of(recorded)


def test_what_was_recorded_before_anything_was_sealed_is_still_known(keys: KeyStore) -> None:
    command = ReceiveFeedback.model_validate(LETTER)
    plain = str(digest_of(command, Sealed(command), request(LETTER)))
    assert digest(keys, LETTER).is_that_of(plain)
    assert not digest(keys, {**LETTER, "content": "Thư khác"}).is_that_of(plain)
    assert plain not in str(digest(keys, LETTER)), "the readable text cannot be guessed from the digest"


def test_a_value_that_cannot_be_opened_says_why(keys: KeyStore, tmp_path: Path) -> None:
    token = sealed(keys, ReceiveFeedback, LETTER).command.content  # type: ignore[attr-defined]
    elsewhere = Opening(key_store(tmp_path / "restored"))
    assert "the key is not here" in elsewhere.opened(token)
    assert "the key is not here" in Opening().opened(token)
    assert "it was changed" in Opening(keys).opened(token.replace(":content:", ":told:"))
    keys.destroy("langson", RECORD, "theo yêu cầu")
    assert "(đã xóa theo yêu cầu / " in Opening(keys).opened(token)
    assert Opening(keys).opened({"a": [f"trước {token} sau"]})["a"][0].startswith("trước (đã xóa")


class Away:
    """A key store that does not answer."""

    def key_of(self, *_: object) -> Any:
        raise StoreDown("away")

    known = find = destroy = key_of


def test_where_the_key_store_is_away_nothing_is_sealed_and_people_see_the_rest(keys: KeyStore) -> None:
    token = sealed(keys, ReceiveFeedback, LETTER).command.content  # type: ignore[attr-defined]
    assert Opening(Away()).opened({"subject": "A", "content": token}) == {
        "subject": "A",
        "content": Opening(Away()).opened(token),
    }
    assert "does not answer" in Opening(Away()).opened(token)
    with pytest.raises(StoreDown):
        Sealing(Away()).seal(ReceiveFeedback.model_validate(LETTER), request(LETTER), RECORD)
    plain = {"feedback_id": "pa-1", "subject": "Không có gì riêng"}
    Sealing(Away()).seal(ReceiveFeedback.model_validate(plain), request(plain), RECORD)
    assert Opening(Away()).opened(plain) == plain
