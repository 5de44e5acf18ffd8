"""Sealed text: the same each time, opened by its own key alone, and bound to where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.personal.tokens import TOKEN, Key, NotOpened, key_ids, new_secret, seal, unseal

KEY = Key("0123456789abcdef" * 2, "langson", "person:a", bytes(range(64)))
KNOWN = "c6FEDqmhXGRfge7YW8hTHZjnYDT5RavqhiFASoLEs3dIG6j_AdVi_g"
OTHER = Key(KEY.id, "langson", "person:a", new_secret())


def opened(token: str, key: Key = KEY) -> str:
    found = TOKEN.fullmatch(token)
    assert found is not None, token
    return unseal(found, key)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_what_was_sealed_is_opened_again(text: str) -> None:
    token = seal(text, KEY, "contact")
    assert opened(token) == text
    assert token == seal(text, KEY, "contact")


def test_a_known_answer() -> None:
    """Recorded tokens stay readable: this one was made by the first version of the software."""
    token = seal("Người gửi hư cấu", KEY, "sender_wording")
    assert token == f"sealed:v1:{KEY.id}:sender_wording:" + KNOWN
    assert opened(token) == "Người gửi hư cấu"


def test_another_field_person_or_committee_makes_another_token() -> None:
    there = Key(KEY.id, "caobang", KEY.subject, KEY.secret)
    made = {
        seal("a", KEY, "told"),
        seal("a", KEY, "notice"),
        seal("a", OTHER, "told"),
        seal("a", there, "told"),
    }
    assert len(made) == 4


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token.replace(":told:", ":notice:"),
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token[:-5],
        lambda token: token + "AAAA",
        lambda token: f"sealed:v1:{KEY.id}:told:A",
    ],
)
def test_what_was_changed_or_moved_is_not_opened(spoil: object) -> None:
    token = seal("một câu", KEY, "told")
    with pytest.raises(NotOpened):
        opened(spoil(token))  # type: ignore[operator]
    with pytest.raises(NotOpened):
        opened(token, OTHER)
    with pytest.raises(NotOpened):
        opened(token, Key(KEY.id, "caobang", KEY.subject, KEY.secret))


def test_the_keys_of_a_value_are_found_however_deep() -> None:
    token = seal("a", KEY, "told")
    other = token.replace(KEY.id, "f" * 32)
    value = {"rows": [{"a": token, "b": [1, None, f"vì {other} và {token}"]}], "c": "sealed:v1:nothing"}
    assert set(key_ids(value)) == {KEY.id, "f" * 32}


def test_a_key_does_not_show_its_secret() -> None:
    assert repr(KEY) == f"Key({KEY.id})"
