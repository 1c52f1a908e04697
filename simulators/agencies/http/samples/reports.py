"""What DVCLT says to a status that it does not take, and why."""

from typing import Any

import orjson

from simulators.agencies.http.samples.linked import (
    LIST,
    RECEIPT,
    REPORT,
    Dossier,
    fetched,
    taken,
)
from simulators.agencies.http.stories import Teller

_RESULT = {
    "soDinhDanh": "079223000417",
    "ngayDangKy": "10.07.2023",
    "soDangKy": "214/2023",
    "quyenSo": "02/2023",
    "trangSo": "14",
}


async def _report(
    teller: Teller, name: str, vi: str, en: str, dossier: Dossier, code: int, **more: Any
) -> None:
    body = dossier.report(code, "09:00:00", **more)
    await teller.ask(name, vi, en, REPORT, body)


async def order(teller: Teller) -> None:
    """Each answer of the compulsory order 1→3→7→4→5, and of the codes after it."""
    first = await fetched(teller)
    await _report(
        teller, "chua-duoc-gui", "Chưa báo đã nhận: gửi lại sau",
        "Not acknowledged yet: to be repeated", first, 1,
    )  # fmt: skip
    await teller.ask(
        "da-nhan", "Báo đã nhận hồ sơ", "Acknowledge the dossier", RECEIPT,
        {"maHoSo": first.case, "daNhan": True}, method="PUT",
    )  # fmt: skip
    await _report(
        teller, "sai-thu-tu", "3 trước 1: sai thứ tự, không bao giờ thành công",
        "3 before 1: the wrong order, which never succeeds", first, 3,
    )  # fmt: skip
    await _report(teller, "1", "1: được nhận", "1: taken", first, 1)
    await _report(
        teller, "da-ton-tai", "1 lần nữa: đã tồn tại, coi như thành công",
        "1 again: exists, which is success", first, 1,
    )  # fmt: skip
    for code in (3, 7):
        await _report(teller, f"{code}", f"{code}: được nhận", f"{code}: taken", first, code)
    await _report(teller, "thieu-ket-qua", "4 không có kết quả", "4 without a result", first, 4)
    wrong = {**_RESULT, "soDinhDanh": "abc", "ngayDangKy": "99.99.9999"}
    await _report(
        teller, "sai-ket-qua", "4 với kết quả sai", "4 with a result that is wrong", first, 4,
        ketQuaXuLy=orjson.dumps(wrong).decode(),
    )  # fmt: skip
    result = orjson.dumps(_RESULT).decode()
    await _report(
        teller, "4", "4: được nhận, kèm kết quả", "4: taken, with the result", first, 4,
        ketQuaXuLy=result,
    )  # fmt: skip
    await _report(
        teller, "da-co-ket-qua", "4 lần nữa: đã có kết quả, coi như thành công",
        "4 again: has a result, which is success", first, 4, ketQuaXuLy=result,
    )  # fmt: skip
    await _report(
        teller, "da-hoan-thanh", "3 sau 4: đã hoàn thành, coi như thành công",
        "3 after 4: finished, which is success", first, 3,
    )  # fmt: skip
    await _report(teller, "5", "5: được nhận", "5: taken", first, 5)
    await _report(
        teller, "da-tra-ket-qua", "5 lần nữa: đã trả kết quả, coi như thành công",
        "5 again: returned, which is success", first, 5,
    )  # fmt: skip


async def endings(teller: Teller) -> None:
    """A refusal, a supplement, a server that stumbles, and reports that are written wrong."""
    refused = await taken(teller)
    await _report(teller, "1", "1: được nhận", "1: taken", refused, 1)
    await _report(
        teller, "6", "6: từ chối", "6: refused", refused, 6,
        ghiChu="Thông tin trên tờ khai không khớp với giấy chứng sinh.",
    )  # fmt: skip
    await _report(
        teller, "bi-tu-choi", "3 sau 6: bị từ chối, coi như thành công",
        "3 after 6: refused, which is success", refused, 3,
    )  # fmt: skip
    await _report(
        teller, "khong-ton-tai", "Hồ sơ không có: coi như thành công",
        "No such dossier: which is success", _stranger(refused), 1,
    )  # fmt: skip
    asked = await taken(teller)
    await _report(teller, "1b", "1: được nhận", "1: taken", asked, 1)
    await _report(
        teller, "loi-them-moi", "Lỗi máy chủ ở lần gửi đầu: gửi lại",
        "The server fails the first time: to be repeated", asked, 3,
    )  # fmt: skip
    await _report(teller, "3", "3 gửi lại: được nhận", "3 repeated: taken", asked, 3)
    await _report(
        teller, "2", "2: yêu cầu bổ sung", "2: supplement asked for", asked, 2,
        ghiChu="Ảnh chụp giấy chứng sinh bị mờ, không đọc được số.",
        hanBoSungHoSo="19/07/2023 17:00:00",
    )  # fmt: skip
    await teller.ask(
        "cho-lai", "Công dân đã bổ sung: hồ sơ chờ lại trong danh sách",
        "The citizen has sent it: the dossier waits again", LIST,
    )  # fmt: skip
    await _report(
        teller, "sai-truong", "Sai cơ quan và sai định dạng ngày",
        "The wrong agency, and a moment written wrong", asked, 3,
        coQuanXuLy=4, ngayBatDau="2023-07-10 08:00",
    )  # fmt: skip
    await _report(
        teller, "khong-khop", "Thủ tục không phải của hồ sơ, thời điểm chưa đến",
        "Another procedure than the dossier's, and a moment that has not come", asked, 3,
        maTTHC="9.999999", thoiGianThucHien="10/07/2099 09:00:00",
    )  # fmt: skip
    await _report(
        teller, "ma-tinh-khac", "Mã hồ sơ của tỉnh khác", "Another province's dossier code",
        asked, 3, maHoSo="H26.00004-230710-0001",
    )  # fmt: skip
    await _report(
        teller, "ma-khac", "Mã hồ sơ khác với lần báo đầu", "Not the code that was reported first",
        asked, 3, maHoSo=f"{asked.local}9",
    )  # fmt: skip
    await teller.ask(
        "phan-tu-sai", "Một phần tử không phải đối tượng", "An element that is no object", REPORT,
        [asked.report(3, "09:00:00"), "3"],
    )  # fmt: skip
    many = [asked.report(3, "09:00:00")] * 21
    await teller.ask("qua-20", "Quá 20 trạng thái", "More than 20 statuses", REPORT, many)
    await teller.ask(
        "danh-sach-trang-thai", "Nhiều trạng thái trong một lần gửi", "Several in one report",
        REPORT, [asked.report(3, "09:00:00"), refused.report(3, "09:00:00")],
    )  # fmt: skip


async def gate(teller: Teller) -> None:
    """Who may not come in, and what is not there."""
    await teller.ask(
        "sai-token", "Sai mã truy cập", "A wrong token", LIST,
        headers={"authorization": "Bearer sai"},
    )  # fmt: skip
    await teller.ask(
        "sai-ip", "Địa chỉ IP không được phép", "An address without access", LIST,
        source="192.0.2.7",
    )  # fmt: skip
    await teller.ask(
        "sai-mat-khau", "Sai mật khẩu", "A wrong password", "/api/tokens",
        {"userName": "tinh79", "password": "sai"}, headers={},
    )  # fmt: skip
    await teller.ask("khong-co", "Không có hồ sơ này", "There is no such dossier", f"{LIST}/0000")
    await teller.ask(
        "da-nhan-khong-co", "Báo đã nhận hồ sơ không có", "Acknowledge what is not there",
        RECEIPT, {"maHoSo": "G22.99.08-230710-000001", "daNhan": True}, method="PUT",
    )  # fmt: skip


def _stranger(like: Dossier) -> Dossier:
    """The same dossier under a code that DVCLT has not given out."""
    stranger = Dossier.__new__(Dossier)
    stranger.__dict__.update(like.__dict__)
    stranger.case = "G22.99.08-230710-000001"
    return stranger
