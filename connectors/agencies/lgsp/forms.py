"""Which column of the civil-status register stands in which field of the messages.

A birth and a death are each a form: what is applied for (`data`) and what comes of it
(`ketQuaXuLy`). Names of fields: a provincial system's published models of *khai sinh* and *khai
tử*. A field with a dot stands in an object: an address has its text in `dcChiTiet`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_REQUESTER: Final = {"ho_ten_nyc": "nycHoTen", "so_dinh_danh_nyc": "nycSoGiayToTuyThan"}
_ASKED_BY: Final = {"ho_ten_nyc": "nycHoTen", "so_dinh_danh_nyc": "nycSoGiayTo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A kind of entry."""

    module: str
    """Module (*mã nghiệp vụ*) of linked dossiers."""
    alone: str
    """Module of dossiers that are not linked: assumed, after the linked one."""
    enters: str
    """The register's step that enters it."""
    completes: str
    """The register's step that makes the paper out; of a birth, when the child has its number."""
    issues: tuple[str, ...]
    """The register's steps after which the paper is there: where the requester checks a draft of
    it, the first of them may leave it at that."""
    table: str
    """The register's table of such entries."""
    application: Mapping[str, str]
    """Column → field of `data`."""
    result: Mapping[str, str]
    """Column → field of `ketQuaXuLy`."""
    required: tuple[str, ...]
    """Fields of `data` without which it can't be entered."""
    notice: str
    """The field with the health facility's notice, `XXXXX.GCS.ZZZZZ.YY` or `….GBT.…`."""
    sex: str
    days: tuple[str, ...]
    """Fields with days, `dd.MM.yyyy`."""
    people: tuple[str, ...]
    """Fields with personal IDs."""
    paper: str
    """The field of `ketQuaXuLy` with the PDF file in base64."""


BIRTH: Final = Form(
    module="LTKS",
    alone="KS",
    enters="enter",
    completes="certify",
    issues=("certify", "issue", "mend"),
    table="so_khai_sinh",
    application={
        "so_gcs": "maGCS",
        "xa": "noiDangKy",
        "ho_ten": "nksHoTen",
        "gioi_tinh": "nksGioiTinh",
        "ngay_sinh": "nksNgaySinh",
        "ho_ten_me": "meHoTen",
        "so_dinh_danh_me": "meSoGiayToTuyThan",
        "ngay_sinh_me": "meNgaySinh",
        "ho_ten_cha": "chaHoTen",
        "so_dinh_danh_cha": "chaSoGiayToTuyThan",
        "ngay_sinh_cha": "chaNgaySinh",
        **_REQUESTER,
    },
    result={
        "so_dinh_danh": "soDinhDanh",
        "ngay_dang_ky": "ngayDangKy",
        "xa": "ndkksMaXa",
        "ho_ten": "nksHoTen",
        "gioi_tinh": "nksGioiTinh",
        "ngay_sinh": "nksNgaySinh",
        "ho_ten_me": "meHoTen",
        "so_dinh_danh_me": "meSoGiayTo",
        "ngay_sinh_me": "meNgaySinh",
        "ho_ten_cha": "chaHoTen",
        "so_dinh_danh_cha": "chaSoGiayTo",
        "ngay_sinh_cha": "chaNgaySinh",
        **_ASKED_BY,
        "quyen": "quyenSo",
    },
    required=(
        *("maGCS", "noiDangKy", "nksHoTen", "nksGioiTinh", "nksNgaySinh"),
        *("meHoTen", "meSoGiayToTuyThan", "meNgaySinh", "nycHoTen", "nycSoGiayToTuyThan"),
    ),
    notice="maGCS",
    sex="nksGioiTinh",
    days=("nksNgaySinh", "meNgaySinh", "chaNgaySinh"),
    people=("meSoGiayToTuyThan", "chaSoGiayToTuyThan", "nycSoGiayToTuyThan"),
    paper="giayKhaiSinh",
)

DEATH: Final = Form(
    module="LTKT",
    alone="KT",
    enters="enter_death",
    completes="enter_death",
    issues=("enter_death",),
    table="so_khai_tu",
    application={
        "so_gbt": "maGBT",
        "xa": "noiDangKy",
        "ho_ten": "nktHoTen",
        "gioi_tinh": "nktGioiTinh",
        "ngay_sinh": "nktNgaySinh",
        "so_dinh_danh": "nktSoGiayToTuyThan",
        "ngay_mat": "nktNgayChet",
        "gio_mat": "nktGioPhutChet",
        "noi_mat": "nktNoiChet.dcChiTiet",
        "nguyen_nhan": "nktNguyenNhanChet",
        **_REQUESTER,
    },
    result={
        "ho_ten": "nktHoTen",
        "gioi_tinh": "nktGioiTinh",
        "ngay_sinh": "nktNgaySinh",
        "so_dinh_danh": "nktSoGiayTo",
        "ngay_mat": "nktNgayChet",
        "noi_mat": "nktNoiChet.dcChiTiet",
        "nguyen_nhan": "nktNguyenNhanChet",
        "so_gbt": "giayBaoTuSo",
        **_ASKED_BY,
        "quyen": "quyenSo",
    },
    required=(
        *("maGBT", "noiDangKy", "nktHoTen", "nktGioiTinh", "nktNgaySinh", "nktSoGiayToTuyThan"),
        *("nktNgayChet", "nktNoiChet", "nktNguyenNhanChet", "nycHoTen", "nycSoGiayToTuyThan"),
    ),
    notice="maGBT",
    sex="nktGioiTinh",
    days=("nktNgaySinh", "nktNgayChet"),
    people=("nktSoGiayToTuyThan", "nycSoGiayToTuyThan"),
    paper="giayKhaiTu",
)

FORMS: Final = (BIRTH, DEATH)
BY_STEP: Final = {step: form for form in FORMS for step in (form.enters, *form.issues)}
BY_MODULE: Final = {module: form for form in FORMS for module in (form.module, form.alone)}


def value_of(fields: Mapping[str, Any], name: str) -> Any:
    """What stands in a field; an object that is given as its text is taken for that."""
    outer, _, inner = name.partition(".")
    value = fields.get(outer)
    return value.get(inner) if inner and isinstance(value, Mapping) else value


def placed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by field name, those with a dot in an object."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        outer, _, inner = name.partition(".")
        fields[outer] = {inner: value} if inner else value
    return fields
