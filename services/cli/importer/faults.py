"""What is wrong with an entry, for the person who is to mend it: field, fault, remedy."""

from pydantic import ValidationError

_REMEDIES = {
    "missing": "thiếu, hãy ghi thêm",
    "string_too_short": "để trống, hãy ghi thêm",
    "string_too_long": "quá dài, hãy rút gọn và để phần còn lại trong details",
    "dict_type": "phải là các cặp 'khóa: giá trị'",
    "model_type": "phải là các cặp 'khóa: giá trị'",
    "model_attributes_type": "phải là các cặp 'khóa: giá trị'",
    "string_type": "phải là chữ",
    "bool_parsing": "chỉ ghi true hoặc false",
    "bool_type": "chỉ ghi true hoặc false",
}
_BY_FIELD = {
    "date": "ngày chưa biết rõ thì ghi phần đã biết: 2022, 2022-09 hoặc 2022-09-28",
    "kind": "chọn một loại trong danh sách",
}


def told(error: ValidationError) -> str:
    """Every fault of an entry in one line, with what to do about it."""
    return "; ".join(
        dict.fromkeys(_fault(fault["loc"], fault["msg"], fault["type"]) for fault in error.errors())
    )


def _fault(loc: tuple[int | str, ...], message: str, kind: str) -> str:
    place = ".".join(str(part) for part in loc) or "mục / entry"
    remedy = _REMEDIES.get(kind) or _BY_FIELD.get(str(loc[0]) if loc else "")
    return f"{place}: {message}" + (f" ({remedy})" if remedy else "")
