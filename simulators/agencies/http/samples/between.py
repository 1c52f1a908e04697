"""What the hub and the simulated province leave for each other at DVCLT: no real path has it."""

from dataclasses import replace
from typing import Final

from connectors.agencies import CONNECTORS
from connectors.agencies.dvclt.messages import HAND_IN, NEWS, REFUSED, WAITING, asked
from connectors.agencies.lgsp.messages import BLOCK
from connectors.runtime.agency import Request
from schemas.examples import example
from simulators.agencies.http.samples.linked import LIST, RECEIPT, REPORT, Dossier
from simulators.agencies.http.stories import Teller

_LOCAL: Final = "H29.760.26740-230710-0001"


async def simulation(teller: Teller) -> None:
    """A dossier that the hub leaves, fetched and reported; a result that can't be entered."""
    opening = _asked()
    await teller.ask(
        "yeu-cau", "Hub đưa hồ sơ vào DVCLT", "The hub leaves a dossier at DVCLT",
        f"/{HAND_IN}", {"yeuCau": [asked(opening)]},
    )  # fmt: skip
    listed = await teller.ask(
        "danh-sach", "Hồ sơ mới chờ cùng các hồ sơ khác", "It waits with the others", LIST
    )
    (identity,) = (one["id"] for one in listed["data"] if one["maHoSo"] == opening.subject)
    answer = await teller.ask(
        "ho-so", "Hồ sơ, thêm khối moPhong", "The dossier, and the block", f"{LIST}/{identity}"
    )
    dossier = Dossier(answer)
    await teller.ask(
        "da-nhan", "Báo đã nhận; lan: lần yêu cầu", "Acknowledge; lan: which request", RECEIPT,
        {"maHoSo": dossier.case, "daNhan": True, BLOCK: {"lan": 1}}, method="PUT",
    )  # fmt: skip
    told = {
        "buoc": opening.step,
        "lan": 1,
        "thoiDiem": "2023-07-10T10:30:00.000+07:00",
        "maYeuCau": opening.cause,
        "boSung": {"ma_don_vi": opening.record["ma_don_vi"]},
        "thuTu": ["ma_ho_so", "ma_don_vi", "trang_thai"],
    }
    at = "10:30:00"
    reports = [dossier.report(code, at, maHoSo=_LOCAL) for code in (1, 3, 7)]
    reports[-1][BLOCK] = {**told, "ketQua": "done"}
    await teller.ask(
        "trang-thai-1-3-7", "Báo 1, 3, 7 cùng lúc; khối ở trạng thái cuối",
        "Report 1, 3, 7 at once; the block goes with the last", REPORT, reports,
    )  # fmt: skip
    await teller.ask(
        "bao-cao", "Hub đọc điều tỉnh đã báo", "The hub reads what the province reported",
        f"/{NEWS}?sau=0&toiDa=100",
    )  # fmt: skip
    await teller.ask(
        "bao-cao-da-luu", "Hub đã lưu đến một vị trí", "The hub has it safe up to a place",
        f"/{NEWS}", {"daNhan": 1}, method="PUT",
    )  # fmt: skip
    result = replace(opening, step="return", record={"ma_ho_so": _LOCAL, "so_dang_ky": "214/2023"})
    await teller.ask(
        "yeu-cau-ket-qua", "Hub đưa kết quả cho một cửa", "The hub leaves a result",
        f"/{HAND_IN}", {"yeuCau": [asked(result)]},
    )  # fmt: skip
    await teller.ask(
        "dang-cho", "Kết quả chờ một cửa", "The result waits for its one-stop", f"/{WAITING}"
    )
    await teller.ask(
        "dang-cho-da-nhan", "Một cửa đã nhận kết quả", "The one-stop has it",
        f"/{WAITING}", {"daNhan": [result.key]}, method="PUT",
    )  # fmt: skip
    why = {"loi": "record_invalid: KeyError: 'quyen_so'"}
    failed = {**told, "buoc": "return", "boSung": why, "thuTu": ["loi"], "ketQua": "failed"}
    await teller.ask(
        "khong-xu-ly-duoc", "Một cửa không xử lý được", "The one-stop can't do it",
        f"/{REFUSED}", {"maHoSoLT": opening.subject, BLOCK: failed},
    )  # fmt: skip
    await teller.ask(
        "bao-cao-loi", "Hub đọc lỗi đó, chuyển xử lý thủ công",
        "The hub reads that, and an officer gets it", f"/{NEWS}?sau=1&toiDa=100",
    )  # fmt: skip


def _asked() -> Request:
    """What the connector of the one-stops asks with the example of a linked birth."""
    event = example("birth.registration.requested")
    (call,) = CONNECTORS["one-stop"].handle({}, event).calls
    return Request(
        subject=event.subject,
        step=call.step,
        attempt=call.attempt,
        time=call.time,
        record=call.record,
        cause=event.id,
    )
