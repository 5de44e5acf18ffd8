"""A setting that cannot be used is told once in each language, and never with its value."""

import pytest

from shared.settings import SettingsError, load_settings


@pytest.mark.parametrize(
    ("name", "value", "vi", "en"),
    [
        ("BCD_NOTARY_INTERVAL", "-1", "phải lớn hơn 0", "must be greater than 0"),
        ("BCD_LOOKS_KEPT", "3", "phải từ 366 trở lên", "must be at least 366"),
        ("BCD_HTTP_PORT", "70000", "không được quá 65535", "must be at most 65535"),
        ("BCD_KEYS_URL", "mat-khau", "phải bắt đầu bằng postgresql://", "must start with postgresql://"),
        ("BCD_KEYS_MASTER_FILE", "mat-khau", "không phải là tệp đọc được", "not a file that can be read"),
    ],
)
def test_each_language_alone(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, vi: str, en: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as wrong:
        load_settings()
    in_vietnamese, _, in_english = str(wrong.value).partition(" / ")
    assert (name in in_vietnamese, vi in in_vietnamese, en in in_vietnamese) == (True, True, False)
    assert (name in in_english, en in in_english) == (True, True)
    assert "mat-khau" not in str(wrong.value)
