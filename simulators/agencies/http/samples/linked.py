"""A linked dossier from DVCLT's list to the returned result, as a province goes through it."""

from typing import Any, Final
from xml.etree import ElementTree

import orjson

from connectors.agencies.lgsp.messages import BLOCK
from schemas.units import UnknownUnitError, commune, province, today_commune
from simulators.agencies.http.stories import ACCOUNT, PROVINCE, Teller

LIST: Final = "/api/lienthongdvclt/hosolienthong"
RECEIPT: Final = "/api/lienthongdvclt/capNhatDaNhanHoSo"
REPORT: Final = "/api/lienthongdvclt/capNhatTrangThaiHoSoDVCLTHoTich"
LINKED: Final = "/apiLienThongKSKT/1.0"

PAPERS: Final = {"LTKS": "KQ.G15.000031", "LTKT": "KQ.G15.000034"}
"""Codes of the result documents: birth certificate and death extract."""

Row = dict[str, Any]


class Dossier:
    """A linked dossier that a province fetched, and what it sends about it."""

    def __init__(self, answer: Row, number: int = 1) -> None:
        inner = orjson.loads(answer["data"]["data"])
        entry = ElementTree.fromstring(inner["data"]).find("hoTich")
        assert entry is not None, "DVCLT hands out hoTich"
        self.fields = {field.tag: field.text or "" for field in entry}
        self.module: str = f"LT{inner['module']}"
        self.case: str = inner["maHoSo"]
        self.procedure: str = inner["maTTHC"]
        self.commune = self.fields["noiDangKy"]
        self.local = f"{_agency(self.commune)}.{self.commune}-230710-{number:04}"

    def report(self, code: int, at: str, **more: Any) -> Row:
        """The status report of a code."""
        return {
            "maTTHC": self.procedure,
            "soHoSoLT": self.case,
            "coQuanXuLy": 5,
            "maHoSo": self.local,
            "trangThai": code,
            "thoiGianThucHien": f"10/07/2023 {at}",
            **more,
        }

    def handing_over(self) -> Row:
        """The body of `nhanHoSoDKHT`."""
        return {
            "module": self.module,
            "maHoSoMCDT": self.local,
            "maHoSoLT": self.case,
            "maDonVi": self.commune,
            "ngayTiepNhan": "10/07/2023 08:20:00",
            "data": orjson.dumps(self.fields).decode(),
            "fileDinhKem": [],
        }

    def asking(self) -> Row:
        """The body of `layKetQuaDKHT`."""
        return {"maDinhDanhHoSo": [self.local], "maTinh": PROVINCE, "module": self.module}


def _agency(code: str) -> str:
    """The agency code of the province in which a commune lies or lay."""
    try:
        return province(commune(code).province).agency
    except UnknownUnitError:
        return province(today_commune(code).province).agency


async def fetched(teller: Teller, *, place: int = 0) -> Dossier:
    """The dossier at a place of DVCLT's list, fetched."""
    listed = await teller.ask(
        "danh-sach", "Danh sách hồ sơ liên thông đang chờ", "The linked dossiers that wait", LIST
    )
    one = listed["data"][place]
    answer = await teller.ask(
        "ho-so",
        "Chi tiết một hồ sơ: XML hoTich",
        "One dossier: the XML hoTich",
        f"{LIST}/{one['id']}",
    )
    return Dossier(answer, place + 1)


async def taken(teller: Teller, *, place: int = 0) -> Dossier:
    """A dossier that is fetched and acknowledged."""
    dossier = await fetched(teller, place=place)
    await teller.ask(
        "da-nhan",
        "Báo đã nhận hồ sơ",
        "Acknowledge the dossier",
        RECEIPT,
        {"maHoSo": dossier.case, "daNhan": True},
        method="PUT",
    )
    return dossier


async def whole(teller: Teller) -> None:
    """The whole loop: fetch, 1, 3, hand over, 7, poll, 4, 5."""
    await teller.ask(
        "lay-token",
        "Lấy mã truy cập DVCLT",
        "A token of DVCLT",
        "/api/tokens",
        {"userName": ACCOUNT.user, "password": ACCOUNT.password},
        headers={},
    )
    dossier = await taken(teller)
    await teller.ask(
        "trang-thai-1", "1: đã tiếp nhận vào hệ thống", "1: received", REPORT,
        dossier.report(1, "08:05:00", ngayBatDau="10/07/2023 08:05:00"),
    )  # fmt: skip
    await teller.ask(
        "trang-thai-3", "3: một cửa tiếp nhận", "3: accepted by the one-stop", REPORT,
        dossier.report(3, "08:10:00", noiDungXuLy="MCĐT Tiếp nhận hồ sơ"),
    )  # fmt: skip
    await teller.ask(
        "nhanHoSoDKHT", "Chuyển hồ sơ sang hệ thống hộ tịch", "Hand the dossier to civil status",
        f"{LINKED}/nhanHoSoDKHT", dossier.handing_over(),
    )  # fmt: skip
    await teller.ask(
        "nhanHoSoDKHT-lai", "Gửi lại: đã được tiếp nhận, coi như thành công",
        "Sent again: taken already, which is success",
        f"{LINKED}/nhanHoSoDKHT", dossier.handing_over(),
    )  # fmt: skip
    await teller.ask(
        "trang-thai-7", "7: đã chuyển cán bộ tư pháp", "7: passed to civil status", REPORT,
        dossier.report(7, "08:20:00", noiDungXuLy="Gửi hồ sơ qua hệ thống BTP"),
    )  # fmt: skip
    await teller.ask(
        "ket-qua-1", "Hỏi kết quả: 1, chờ xử lý", "Poll: 1, waiting",
        f"{LINKED}/layKetQuaDKHT", dossier.asking(),
    )  # fmt: skip
    teller.wait(hours=5)
    polled = await teller.ask(
        "ket-qua-4", "Hỏi kết quả: 4, đã hoàn thành", "Poll: 4, complete",
        f"{LINKED}/layKetQuaDKHT", dossier.asking(),
    )  # fmt: skip
    result = {**polled["value"][0]["ketQuaXuLy"], "maGiayToKetQua": PAPERS[dossier.module]}
    await teller.ask(
        "trang-thai-4", "4: đã hoàn thành đăng ký, kèm kết quả", "4: registered, with the result",
        REPORT, dossier.report(4, "13:05:00", ketQuaXuLy=orjson.dumps(result).decode()),
    )  # fmt: skip
    await teller.ask(
        "trang-thai-5", "5: đã trả kết quả", "5: result returned", REPORT,
        dossier.report(5, "13:30:00", noiDungXuLy="Trả kết quả"),
    )  # fmt: skip
    await teller.ask(
        "danh-sach-con-lai", "Hồ sơ đã nhận không còn trong danh sách",
        "An acknowledged dossier is no longer listed", LIST,
    )  # fmt: skip


async def simulation(teller: Teller) -> None:
    """What only the simulation's own connector sends: the block `moPhong`."""
    dossier = await fetched(teller)
    block = {
        "maHoSoLT": dossier.case,
        "lan": 1,
        "thoiDiem": "2023-07-10T08:20:00.000+07:00",
        "maYeuCau": "b0b70b65-3b4e-5f29-8a3c-1f0f8a2f7c11",
    }
    await teller.ask(
        "nhanHoSoDKHT", "Như của tỉnh, thêm khối moPhong", "As a province's, and the block",
        f"{LINKED}/nhanHoSoDKHT",
        {**dossier.handing_over(), BLOCK: {**block, "boSung": {"gio_sinh": "05:30"}}},
    )  # fmt: skip
    teller.wait(hours=5)
    poll = {"maDinhDanhHoSo": [], "maTinh": "", "module": "LTKS"}
    news = await teller.ask(
        "tin-moi", "Ba kết quả tiếp theo sau một vị trí", "The next three outcomes after a place",
        f"{LINKED}/layKetQuaDKHT", {**poll, BLOCK: {"sau": 0}},
    )  # fmt: skip
    done = news["value"][-1]["ketQuaXuLy"]
    await teller.ask(
        "nhanSoDinhDanh", "Nhận số định danh do CSDL dân cư cấp",
        "Take the number that population allocated", f"{LINKED}/nhanSoDinhDanh",
        {"maGCS": dossier.fields["maGCS"], "soDinhDanh": done["soDinhDanh"], BLOCK: block},
    )  # fmt: skip
    last = news["value"][-1][BLOCK]["stt"]
    await teller.ask(
        "da-nhan", "Đã lưu các kết quả đến một vị trí", "Outcomes up to a place are safe",
        f"{LINKED}/layKetQuaDKHT", {**poll, BLOCK: {"daNhan": last}},
    )  # fmt: skip
