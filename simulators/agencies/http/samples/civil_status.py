"""The civil-status services of an LGSP: a birth that is not linked, outcomes, every error code."""

from typing import Any, Final

from simulators.agencies.http.samples.linked import LINKED, fetched
from simulators.agencies.http.stories import PROVINCE, Teller

CONTEXT: Final = "/apiHoTichTuPhap"
GATEWAY: Final = "/hotich/1.0"
_DOSSIER: Final = "H29.26740-230710-0001"
_COMMUNE: Final = "26740"
_FIELDS: Final = {
    "maGCS": "00A1Z.GCS.79024.23",
    "noiDangKy": _COMMUNE,
    "nksHoTen": "Nguyễn Minh An",
    "nksGioiTinh": "1",
    "nksNgaySinh": "08.07.2023",
    "meHoTen": "Trần Thị Thu Hà",
    "meNgaySinh": "02.11.1994",
    "meSoGiayToTuyThan": "079194012877",
    "chaHoTen": "Nguyễn Văn Bình",
    "chaNgaySinh": "18.04.1992",
    "chaSoGiayToTuyThan": "079092004521",
    "nycHoTen": "Nguyễn Văn Bình",
    "nycSoGiayToTuyThan": "079092004521",
}
_ASKED: Final = {"maDonVi": _COMMUNE, "maHoSo": _DOSSIER}


def _xml(**changes: str) -> str:
    fields = {**_FIELDS, **changes}
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items())
    return f"<hotich><hoso>{inside}</hoso></hotich>"


def _registration(**changes: Any) -> dict[str, Any]:
    return {
        "maDonVi": _COMMUNE,
        "module": "KS",
        "maHoSo": _DOSSIER,
        "ngayTiepNhan": "2023-07-10",
        "data": _xml(),
        **changes,
    }


async def services(teller: Teller) -> None:
    """The seven services in the order in which a province calls them."""
    await teller.ask(
        "danhMuc", "Danh mục 5: giấy tờ tùy thân", "Catalogue 5: identity papers",
        f"{CONTEXT}/danhMuc", {"loaiDanhMuc": "5"},
    )  # fmt: skip
    await teller.ask(
        "dangKyHoTich", "Đăng ký khai sinh", "Register a birth",
        f"{CONTEXT}/dangKyHoTich", _registration(),
    )  # fmt: skip
    await teller.ask(
        "traTrangThaiHoSo-1", "Trạng thái 1: chờ xử lý", "Status 1: waiting",
        f"{CONTEXT}/traTrangThaiHoSo", _ASKED,
    )  # fmt: skip
    await teller.ask(
        "ketQuaDangKyHS-200", "Chưa hoàn thành: mã lỗi 200", "Not finished: error 200",
        f"{CONTEXT}/ketQuaDangKyHS", _ASKED,
    )  # fmt: skip
    teller.wait(hours=5)
    await teller.ask(
        "traTrangThaiHoSo-4", "Trạng thái 4: đã hoàn thành", "Status 4: complete",
        f"{GATEWAY}/traTrangThaiHoSo", _ASKED,
    )  # fmt: skip
    await teller.ask(
        "ketQuaDangKyHS", "Kết quả, giấy khai sinh dạng PDF trong base64",
        "The result, the certificate as PDF in base64", f"{CONTEXT}/ketQuaDangKyHS", _ASKED,
    )  # fmt: skip
    await teller.ask(
        "dsHoSoDangKy", "Các hồ sơ cập nhật trong ngày", "What was updated on a day",
        f"{CONTEXT}/dsHoSoDangKy", {"module": "KS", "ngayCapNhat": "2023-07-10"},
    )  # fmt: skip
    await teller.ask(
        "traHoSo", "Một hồ sơ theo số của hệ thống hộ tịch", "One entry by the system's number",
        f"{CONTEXT}/traHoSo", {"module": "KS", "maHoSo": "1"},
    )  # fmt: skip
    await teller.ask(
        "traDanhSachHoSo", "Nhiều hồ sơ của một tỉnh", "Several entries of a province",
        f"{CONTEXT}/traDanhSachHoSo", {"maTinh": PROVINCE, "module": "KS", "dsMaHoSo": ["1"]},
    )  # fmt: skip


async def faults(teller: Teller) -> None:
    """Each error code with the real text."""
    await teller.ask(
        "100", "Sai mã truy cập", "A wrong token", f"{CONTEXT}/danhMuc", {"loaiDanhMuc": "4"},
        headers={"authorization": "Bearer sai"},
    )  # fmt: skip
    await teller.ask(
        "101", "Địa chỉ IP không được phép", "An address without access",
        f"{CONTEXT}/danhMuc", {"loaiDanhMuc": "4"}, source="192.0.2.7",
    )  # fmt: skip
    await teller.ask(
        "106", "Mã đơn vị không có", "No such unit",
        f"{CONTEXT}/dangKyHoTich", _registration(maDonVi="99999"),
    )  # fmt: skip
    await teller.ask(
        "106-lien-thong", "Mã đơn vị của tỉnh khác", "Another province's unit",
        f"{LINKED}/nhanHoSoDKHT",
        {**(await fetched(teller)).handing_over(), "maDonVi": "00001"},
    )  # fmt: skip
    await teller.ask(
        "106-ma-ho-so", "Mã hồ sơ của tỉnh khác", "Another province's dossier code",
        f"{CONTEXT}/dangKyHoTich", _registration(maHoSo="H26.00004-230710-0001"),
    )  # fmt: skip
    for name, vi, en, changes in (
        ("500-ma-ho-so", "Không phải mã hồ sơ", "No dossier code", {"maHoSo": "!!"}),
        (
            "500-ngay-tiep-nhan", "Ngày tiếp nhận chưa đến", "A day of reception that has not come",
            {"ngayTiepNhan": "2099-07-10"},
        ),
    ):  # fmt: skip
        await teller.ask(name, vi, en, f"{CONTEXT}/dangKyHoTich", _registration(**changes))
    await teller.ask(
        "108", "Mã tỉnh không có", "No such province", f"{CONTEXT}/traDanhSachHoSo",
        {"maTinh": "99", "module": "KS", "dsMaHoSo": ["1"]},
    )  # fmt: skip
    await teller.ask(
        "201", "Không có hồ sơ này", "No such dossier", f"{CONTEXT}/traTrangThaiHoSo", _ASKED
    )
    await teller.ask(
        "302", "Không có danh mục này", "No such catalogue",
        f"{CONTEXT}/danhMuc", {"loaiDanhMuc": "9"},
    )  # fmt: skip
    await _wrong_applications(teller)
    await teller.ask(
        "500-qua-3", "Quá 3 hồ sơ mỗi lần hỏi", "More than 3 dossiers a poll",
        f"{LINKED}/layKetQuaDKHT",
        {"maDinhDanhHoSo": ["a", "b", "c", "d"], "maTinh": PROVINCE, "module": "LTKS"},
    )  # fmt: skip


async def _wrong_applications(teller: Teller) -> None:
    """Applications as XML that can't be read or can't be true."""
    wrong = {
        "500-ngay-sinh": ("Sai ngày sinh", "A wrong day", _xml(nksNgaySinh="2023-07-08")),
        "500-thieu": ("Thiếu họ tên", "The name is missing", _xml(nksHoTen="")),
        "500-gcs": ("Sai số giấy chứng sinh", "A wrong notice", _xml(maGCS="79024-23")),
        "500-gioi-tinh": ("Sai giới tính", "A wrong sex", _xml(nksGioiTinh="3")),
        "500-dinh-danh": ("Sai số định danh", "A wrong number", _xml(meSoGiayToTuyThan="123")),
        "500-ngay-sau": ("Sinh sau ngày nộp", "Born after that", _xml(nksNgaySinh="30.06.2033")),
        "500-truoc-me": (
            "Con sinh trước mẹ",
            "Older than its mother",
            _xml(nksNgaySinh="01.01.1900"),
        ),
        "500-loai": ("Loại khai sinh không có", "No such kind", _xml(nksLoaiKhaiSinh="99")),
        "500-quoc-tich": ("Quốc tịch không có", "No such nationality", _xml(nksQuocTich="ZZ")),
        "500-hai-lan": (
            "Một trường hai lần",
            "A field twice",
            _xml().replace("</hoso>", "<nksHoTen>Nguyễn Văn Khác</nksHoTen></hoso>"),
        ),
        "500-hai-hoso": (
            "Hai hồ sơ một lần gửi",
            "Two dossiers at once",
            _xml().replace("</hotich>", "<hoso/></hotich>"),
        ),
        "500-xml": ("XML không hợp lệ", "No valid XML", "<hotich>"),
        "500-dtd": (
            "XML có DTD bị từ chối",
            "XML with a DTD is refused",
            '<!DOCTYPE hotich [<!ENTITY a "x">]><hotich><hoso/></hotich>',
        ),
    }
    for name, (vi, en, data) in wrong.items():
        await teller.ask(name, vi, en, f"{CONTEXT}/dangKyHoTich", _registration(data=data))


async def refused(teller: Teller) -> None:
    """Civil status refuses: 6, on the linked path and on the other."""
    await _decided(teller, "tu-choi", "6: từ chối", "6: refused")


async def incomplete(teller: Teller) -> None:
    """Civil status asks for a supplement: 2; the dossier sent again is its next attempt."""
    await _decided(teller, "bo-sung", "2: yêu cầu bổ sung", "2: supplement asked for")
    await teller.ask(
        "gui-lai", "Gửi lại hồ sơ đã bổ sung", "The dossier again, with the supplement",
        f"{CONTEXT}/dangKyHoTich", _registration(),
    )  # fmt: skip


async def _decided(teller: Teller, name: str, vi: str, en: str) -> None:
    dossier = await fetched(teller)
    await teller.ask(
        "nhanHoSoDKHT", "Chuyển hồ sơ liên thông", "Hand a linked dossier over",
        f"{LINKED}/nhanHoSoDKHT", dossier.handing_over(),
    )  # fmt: skip
    await teller.ask(
        "dangKyHoTich", "Đăng ký khai sinh", "Register a birth",
        f"{CONTEXT}/dangKyHoTich", _registration(),
    )  # fmt: skip
    teller.wait(hours=5)
    await teller.ask(f"layKetQuaDKHT-{name}", vi, en, f"{LINKED}/layKetQuaDKHT", dossier.asking())
    await teller.ask(f"traTrangThaiHoSo-{name}", vi, en, f"{CONTEXT}/traTrangThaiHoSo", _ASKED)
