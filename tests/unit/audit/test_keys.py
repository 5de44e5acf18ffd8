"""Where the signing keys come from; without any one is made, once, and a wrong one ends in a sentence."""

import logging
from pathlib import Path

import pytest

from shared.audit.keys import LOCAL_NAME, add_key, key_file, notary_keys, read_keys, write_key
from shared.audit.notes import COSIGNATURE, NoteError, Signer
from shared.settings import Settings, SettingsError
from tests.unit.audit.logs import KEY, NEW_KEY


def given(data: Path, **values: object) -> Settings:
    return Settings(data=data, **values)  # type: ignore[arg-type]


def test_without_a_key_one_is_made_once_for_its_owner_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = given(tmp_path)
    with caplog.at_level(logging.WARNING):
        (made,) = notary_keys(settings)
    assert made.name == LOCAL_NAME
    assert notary_keys(settings) == (made,)
    path = key_file(settings)
    assert path == tmp_path / "notary" / "key"
    assert path.stat().st_mode & 0o777 == 0o600
    (told,) = caplog.messages
    assert str(made.verifier) in told
    assert made.secret() not in told


def test_a_key_from_the_environment_or_a_file_comes_first(tmp_path: Path) -> None:
    assert notary_keys(given(tmp_path, notary_key=KEY.secret())) == (KEY,)
    (tmp_path / "keys").write_text(f"{KEY.secret()}\n{NEW_KEY.secret()}\n{KEY.secret()}\n")
    assert notary_keys(given(tmp_path, notary_key_file=tmp_path / "keys")) == (KEY, NEW_KEY)
    assert key_file(given(tmp_path, notary_key=KEY.secret())) is None
    assert not (tmp_path / "notary").exists()


@pytest.mark.parametrize(
    "text", ["", "nonsense", str(KEY.verifier), KEY.secret()[:-4], Signer.new("w", COSIGNATURE).secret()]
)
def test_what_is_no_signing_key_is_told_without_showing_it(text: str, tmp_path: Path) -> None:
    (tmp_path / "keys").write_text(text)
    with pytest.raises(SettingsError, match="BCD_NOTARY_KEY_FILE") as wrong:
        notary_keys(given(tmp_path, notary_key_file=tmp_path / "keys"))
    if text:
        with pytest.raises(SettingsError, match="BCD_NOTARY_KEY"):
            notary_keys(given(tmp_path, notary_key=text))
        assert text not in str(wrong.value)


def test_one_log_one_name_and_one_place(tmp_path: Path) -> None:
    with pytest.raises(NoteError, match="one name"):
        read_keys(f"{KEY.secret()} {Signer.new('other.example').secret()}")
    (tmp_path / "keys").write_text(KEY.secret())
    with pytest.raises(SettingsError, match=r"BCD_NOTARY_KEY.*BCD_NOTARY_KEY_FILE"):
        notary_keys(given(tmp_path, notary_key=KEY.secret(), notary_key_file=tmp_path / "keys"))


def test_a_key_is_added_once_and_none_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "new" / "key"
    write_key(path, KEY)
    for _ in range(2):
        add_key(path, NEW_KEY)
    assert read_keys(path.read_text()) == (KEY, NEW_KEY)
    assert path.read_text().count("\n") == 2
    with pytest.raises(NoteError, match="one name"):
        add_key(path, Signer.new("other.example"))
    add_key(tmp_path / "first", KEY)
    (tmp_path / "first").write_text(KEY.secret())  # without the line's end
    add_key(tmp_path / "first", NEW_KEY)
    assert read_keys((tmp_path / "first").read_text()) == (KEY, NEW_KEY)
    with pytest.raises(FileExistsError):
        write_key(path, NEW_KEY)
