"""The portal's sessions, social insurance and the shared catalogues."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from simulators.agencies.http.samples.linked import LINKED, Dossier, fetched
from simulators.agencies.http.stories import ACCOUNT, Teller

LOGIN: Final = "/mapi/login"
SERVICE: Final = "/mapi/g"
_DST: Final = {"dstcode": "VN:GOV:000.00.00.G22:dvcqg"}
_CODE: Final = "000.00.01.H29-230710-0001"
_DOSSIER: Final = {
    "MaHoSo": _CODE,
    "MaTTHC": "1.001193",
    "TenTTHC": "Đăng ký khai sinh",
    "MaLinhVuc": "G15-HT01",
    "TenLinhVuc": "Hộ tịch",
    "ChuHoSo": "Nguyễn Văn Bình",
    "LoaiDoiTuong": "1",
    "MaDoiTuong": "",
    "ThongTinKhac": "",
    "Email": "",
    "Fax": "",
    "SoDienThoai": "",
    "TrichYeuHoSo": "Đăng ký khai sinh cho Nguyễn Minh An",
    "NgayTiepNhan": "20230710080500",
    "NgayHenTra": "20230713170000",
    "TrangThaiHoSo": "2",
    "NgayTra": "",
    "ThongTinTra": "",
    "HinhThuc": "0",
    "NgayKetThucXuLy": "",
    "DonViXuLy": "UBND Phường Bến Nghé",
    "GhiChu": "",
    "TaiLieuNop": [],
    "DanhSachLePhi": [],
    "DanhSachTepDinhKemKhac": [],
    "DanhSachHoSoBoSung": [],
    "DanhSachGiayToKetQua": [],
}
_PROGRESS: Final = {
    "MaHoSo": _CODE,
    "NguoiXuLy": "Trần Văn Nam",
    "ChucDanh": "Công chức tư pháp - hộ tịch",
    "ThoiDiemXuLy": "20230710093000",
    "PhongBanXuLy": "",
    "NoiDungXuLy": "Đã chuyển hệ thống hộ tịch",
    "TrangThai": "4",
    "NgayBatDau": "",
    "NgayKetThucTheoQuyDinh": "",
}


_Ask = Callable[..., Awaitable[None]]
"""Sends a request of a session: its name, in both languages, the service, and the body."""


async def portal(teller: Teller) -> None:
    """Log in, synchronise a dossier and its progress, look it up, read the catalogues; then
    everything that is refused."""
    credentials = {"username": ACCOUNT.user, "password": ACCOUNT.password}
    opened = await teller.ask(
        "dang-nhap",
        "Đăng nhập, lấy phiên làm việc",
        "Log in for a session",
        LOGIN,
        credentials,
        headers={},
    )
    session = {"session": opened["session"], "madonvi": "000.00.00.H29"}

    async def ask(name: str, vi: str, en: str, service: str, **body: Any) -> None:
        whole = {**session, "service": service, **body}
        await teller.ask(name, vi, en, SERVICE, whole, headers=_DST)

    await _services(ask)
    await _wrong_dossiers(ask)
    await _wrong_senders(teller, session)


async def _services(ask: _Ask) -> None:
    """What a province's job sends and reads."""
    await ask(
        "DongBoHoSoMC", "Đồng bộ hồ sơ một cửa", "Synchronise a dossier",
        "DongBoHoSoMC", isUpdating="False", data=[_DOSSIER],
    )  # fmt: skip
    await ask(
        "DongBoHoSoMC-da-co", "Hồ sơ đã có", "The dossier exists",
        "DongBoHoSoMC", isUpdating="False", data=[_DOSSIER],
    )  # fmt: skip
    await ask(
        "DongBoHoSoMC-cap-nhat", "Cập nhật hồ sơ", "Update the dossier",
        "DongBoHoSoMC", isUpdating="True", data=[{**_DOSSIER, "GhiChu": "Nộp trực tuyến"}],
    )  # fmt: skip
    await ask(
        "CapNhatTienDoHoSoMC", "Cập nhật tiến độ", "Update the progress",
        "CapNhatTienDoHoSoMC", data=[_PROGRESS],
    )  # fmt: skip
    await ask("TraCuuHoSo", "Tra cứu hồ sơ", "Look a dossier up", "TraCuuHoSo", mahoso=_CODE)
    await ask(
        "LayThuTuc", "Một thủ tục và lĩnh vực của nó", "A procedure and its field",
        "LayThuTuc", maTTHC="1.001193",
    )  # fmt: skip
    await ask("LayDanhSachTTHC", "Danh sách thủ tục", "The procedures", "LayDanhSachTTHC")
    await ask("LayDanhMucLinhVuc", "Danh mục lĩnh vực", "The fields", "LayDanhMucLinhVuc")
    await ask("LayDanhMucCoQuan", "Danh mục cơ quan", "The agencies", "LayDanhMucCoQuan")


async def _wrong_dossiers(ask: _Ask) -> None:
    """Fields, dossiers, steps and a service that the portal refuses."""
    await ask(
        "sai-ngay", "Sai định dạng ngày", "A moment written wrong", "DongBoHoSoMC",
        isUpdating="True", data=[{**_DOSSIER, "NgayTiepNhan": "10/07/2023"}],
    )  # fmt: skip
    await ask(
        "thieu-truong", "Thiếu thông tin", "A field is missing", "CapNhatTienDoHoSoMC",
        data=[{"MaHoSo": _CODE, "TrangThai": "4"}],
    )  # fmt: skip
    await ask(
        "khong-co", "Tiến độ của hồ sơ không có", "Progress of no dossier",
        "CapNhatTienDoHoSoMC", data=[{**_PROGRESS, "MaHoSo": "000.00.01.H29-230710-0002"}],
    )  # fmt: skip
    await ask(
        "truoc-tiep-nhan", "Tiến độ trước khi tiếp nhận", "Progress before the reception",
        "CapNhatTienDoHoSoMC", data=[{**_PROGRESS, "ThoiDiemXuLy": "20230709093000"}],
    )  # fmt: skip
    returned = {
        **_PROGRESS, "ThoiDiemXuLy": "20230710150000", "TrangThai": "10",
        "NoiDungXuLy": "Đã trả kết quả",
    }  # fmt: skip
    await ask(
        "da-tra-ket-qua", "Đã trả kết quả", "The result is returned",
        "CapNhatTienDoHoSoMC", data=[returned],
    )  # fmt: skip
    await ask(
        "tro-lai", "Trở lại trạng thái trước sau khi đã trả kết quả",
        "Back to an earlier status after that", "CapNhatTienDoHoSoMC",
        data=[{**_PROGRESS, "ThoiDiemXuLy": "20230710160000"}],
    )  # fmt: skip
    await ask(
        "isUpdating", "isUpdating không phải True hay False", "isUpdating is neither of the two",
        "DongBoHoSoMC", isUpdating="maybe", data=[_DOSSIER],
    )  # fmt: skip
    for name, vi, en, code in (
        ("ho-so-tinh-khac", "Mã hồ sơ của tỉnh khác", "Another province's dossier code",
         "000.00.01.H26-230710-0001"),
        ("khong-phai-ma", "Không phải mã hồ sơ", "No dossier code", "khong phai ma"),
    ):  # fmt: skip
        new = {**_DOSSIER, "MaHoSo": code}
        await ask(name, vi, en, "DongBoHoSoMC", isUpdating="False", data=[new])
    await ask("dich-vu-la", "Dịch vụ không có", "No such service", "LayGiDo")


async def _wrong_senders(teller: Teller, session: Mapping[str, str]) -> None:
    """Who is not let in."""
    for name, vi, en, changes, headers in (
        ("sai-phien", "Sai phiên làm việc", "A wrong session", {"session": "sai"}, _DST),
        ("sai-don-vi", "Sai mã đơn vị", "A wrong agency code", {"madonvi": "79"}, _DST),
        (
            "don-vi-tinh-khac", "Mã đơn vị của tỉnh khác", "Another province's agency code",
            {"madonvi": "000.00.00.H26"}, _DST,
        ),
        ("sai-dstcode", "Sai dstcode", "A wrong dstcode", {}, {"dstcode": "VN:GOV:sai"}),
        ("thieu-dstcode", "Thiếu dstcode", "dstcode is missing", {}, {}),
    ):  # fmt: skip
        body = {**session, "service": "LayDanhMucLinhVuc"}
        await teller.ask(name, vi, en, SERVICE, {**body, **changes}, headers=headers)
    await teller.ask(
        "sai-mat-khau", "Sai mật khẩu", "A wrong password", LOGIN,
        {"username": ACCOUNT.user, "password": "sai"}, headers={},
    )  # fmt: skip


async def social_insurance(teller: Teller) -> None:
    """The child of a linked birth, once its card is issued."""
    dossier = await fetched(teller)
    await teller.ask(
        "nhanHoSoDKHT", "Chuyển hồ sơ sang hệ thống hộ tịch", "Hand the dossier to civil status",
        f"{LINKED}/nhanHoSoDKHT", dossier.handing_over(),
    )  # fmt: skip
    teller.wait(hours=20)
    criteria = _criteria(dossier)
    found = await teller.ask(
        "getMaSoBhxhTheoTieuChi", "Mã số BHXH theo tiêu chí", "The number by criteria",
        "/apiBHXH/getMaSoBhxhTheoTieuChi", criteria,
    )  # fmt: skip
    await teller.ask(
        "getTraCuuTtHgdByMaSoBhxh", "Theo mã số BHXH", "By the number",
        "/apiBHXH/getTraCuuTtHgdByMaSoBhxh", {"maSoBhxh": found["maSoBhxh"]},
    )  # fmt: skip
    household = {name: criteria[name] for name in ("hoTen", "ngaySinh", "loaiNgaySinh", "gioiTinh")}
    await teller.ask(
        "getTraCuuThongTinHgd", "Thông tin hộ gia đình", "The household",
        "/apiBHXH/getTraCuuThongTinHgd",
        {"maTinh": "79", **household, "soSo": "", "maThe": "", "isKs": "1"},
    )  # fmt: skip
    await teller.ask(
        "khong-tim-thay", "Không tìm thấy", "Nobody", "/apiBHXH/getMaSoBhxhTheoTieuChi",
        {**criteria, "hoTen": "Không Có Tên"},
    )  # fmt: skip
    await teller.ask(
        "201", "Mã số không có", "No such number",
        "/apiBHXH/getTraCuuTtHgdByMaSoBhxh", {"maSoBhxh": "7900000000"},
    )  # fmt: skip
    await teller.ask(
        "500", "Sai định dạng ngày sinh", "A day written wrong",
        "/apiBHXH/getMaSoBhxhTheoTieuChi", {**criteria, "ngaySinh": "08/07/2023"},
    )  # fmt: skip


async def catalogues(teller: Teller) -> None:
    """`/dmdc`: the columns and the rows of a catalogue."""
    await teller.ask(
        "Metadata", "Cấu trúc danh mục", "The columns", "/dmdc/Metadata/donvihanhchinhcap1"
    )
    await teller.ask("Category", "Dữ liệu danh mục", "The rows", "/dmdc/Category/magioitinh")
    await teller.ask("302", "Không có danh mục này", "No such catalogue", "/dmdc/Category/khac")


def _criteria(dossier: Dossier) -> dict[str, str]:
    day, month, year = dossier.fields["nksNgaySinh"].split(".")
    return {
        "hoTen": dossier.fields["nksHoTen"],
        "ngaySinh": f"{year}{month}{day}",
        "loaiNgaySinh": "0",
        "gioiTinh": "1" if dossier.fields["nksGioiTinh"] == "1" else "2",
        "maTinhKs": "79",
        "maHuyenKs": "",
        "maXaKs": "",
        "isKs": "1",
    }
