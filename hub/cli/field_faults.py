"""What is wrong with one field of what a person wrote, in Vietnamese beside pydantic's English."""

from collections.abc import Mapping
from typing import Any, Final

from hub.cli.forms import FORMS
from hub.orchestrator.labels import Label

FAULTS_VI: Final[Mapping[str, str]] = {
    "missing": "thiếu trường này",
    "extra_forbidden": "hợp đồng không có trường này",
    "string_type": "phải là chuỗi ký tự",
    "string_pattern_mismatch": "không đúng dạng quy định",
    "string_too_short": "phải có ít nhất {min_length} ký tự",
    "string_too_long": "không được dài quá {max_length} ký tự",
    "too_short": "phải có ít nhất {min_length} mục",
    "too_long": "không được quá {max_length} mục",
    "literal_error": "phải là một trong các giá trị {expected}",
    "bool_type": "phải là true hoặc false",
    "model_type": "phải là một đối tượng",
    "dict_type": "phải là một đối tượng",
    "tuple_type": "phải là một danh sách",
    "json_invalid": "không phải JSON hợp lệ",
    "union_tag_not_found": "thiếu trường cho biết loại hồ sơ",
    "union_tag_invalid": "loại hồ sơ phải là một trong {expected_tags}",
    "id_of_other_sex": "số định danh của người có giới tính khác",
    "id_of_other_year": "số định danh của người có năm sinh khác",
    "id_of_deceased": "đây là số định danh của chính người chết",
    "parent_too_young": "cha, mẹ phải hơn con ít nhất {years} tuổi",
    "died_before_birth": "ngày chết trước ngày sinh",
    "notice_of_other_facility": "giấy chứng sinh do cơ sở khác cấp",
}
"""By pydantic's type of error, with the parts of its context in braces."""
_OTHER_VI: Final = "không đúng hợp đồng dữ liệu"


def in_vietnamese(fault: Mapping[str, Any]) -> str:
    """One of the errors of a `pydantic.ValidationError`; what nobody foresaw in general words."""
    said = FAULTS_VI.get(fault["type"], _OTHER_VI)
    context: Mapping[str, Any] = fault.get("ctx", {})
    if form := FORMS.get(context.get("pattern", "")):
        return _formed(form).vi
    parts = {name: str(value).replace(" or ", " hoặc ") for name, value in context.items()}
    return said.format_map(parts)


def in_english(fault: Mapping[str, Any]) -> str:
    """The same as pydantic says it; of a text that has to have a form that form, not its regex."""
    form = FORMS.get(fault.get("ctx", {}).get("pattern", ""))
    return str(fault["msg"]) if form is None else _formed(form).en


def _formed(form: Label) -> Label:
    return Label(f"không đúng dạng quy định: {form.vi}", f"String should have its form: {form.en}")
