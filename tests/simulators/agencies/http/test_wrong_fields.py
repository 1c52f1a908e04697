"""Whoever sends a field that can't be true is told which one, and nothing of it is taken."""

from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from connectors.runtime.agency_wire import MAX_BODY_BYTES
from simulators.agencies.http.jurisdiction import world_today
from simulators.agencies.http.samples.civil_status import CONTEXT
from simulators.agencies.http.samples.linked import LINKED, REPORT, fetched, taken
from simulators.agencies.http.samples.portal import LOGIN, SERVICE
from simulators.agencies.http.stories import ACCOUNT, BEARER, Stage, Teller, opened
from tests.simulators.agencies.http.test_lgsp import FIELDS, registration

RESULT = {
    "soDinhDanh": "079223000417",
    "ngayDangKy": "10.07.2023",
    "soDangKy": "1/2023",
    "quyenSo": "01/2023",
    "trangSo": "1",
}
PORTAL = {"dstcode": "VN:GOV:000.00.00.G22:vpcpdvcprovider"}


async def test_a_report_that_is_not_its_dossiers_is_refused(teller: Teller) -> None:
    """Procedure, code and moment, each by its name; then the right report is taken."""
    dossier = await taken(teller)
    wrong = [
        ("maTTHC", "9.999999", "Thủ tục của hồ sơ là 2.000986"),
        ("maHoSo", "khong phai ma", "Mẫu <mã định danh>-<yymmdd>-<số>"),
        ("maHoSo", "H26.00004-230710-0001", "của tỉnh khác"),
        ("maHoSo", "G22.99-230710-0001", "của tỉnh khác"),
        ("thoiGianThucHien", "10/07/2099 09:00:00", "Ngày chưa đến"),
        ("thoiGianThucHien", "09/07/2023 09:00:00", "Trước ngày tiếp nhận hồ sơ 10/07/2023"),
    ]
    for name, value, text in wrong:
        body = dossier.report(1, "09:00:00") | {name: value}
        answer = await teller.ask("x", "", "", REPORT, body)
        assert (answer["status"], list(answer["errors"])) == (400, [name]), (value, answer)
        assert text in answer["errors"][name][0], value
    today = f"{world_today():%d/%m/%Y} 09:00:00"
    for code, moment in ((1, "10/07/2023 09:00:00"), (3, today)):
        body = dossier.report(code, "09:00:00") | {"thoiGianThucHien": moment}
        answer = await teller.ask("x", "", "", REPORT, body)
        assert answer["status"] == 200, f"{moment}: a province may send its own day"
    other = dossier.report(7, "09:00:00", maHoSo=f"{dossier.local}9")
    answer = await teller.ask("x", "", "", REPORT, other)
    assert answer["errors"] == {"maHoSo": [f"Hồ sơ này đã được báo với mã {dossier.local}"]}
    old = f"000.{dossier.commune[:2]}.29.H29-230710-0001"
    answer = await teller.ask("x", "", "", REPORT, dossier.report(7, "09:00:00", maHoSo=old))
    assert answer["status"] == 400, "the same form of agency, another code"


async def test_a_result_is_a_result(teller: Teller) -> None:
    """Both ways of writing the day are taken, and no others; a number has twelve digits."""
    first, second = await taken(teller), await taken(teller, place=0)
    for dossier in (first, second):
        for code in (1, 3, 7):
            await teller.ask("x", "", "", REPORT, dossier.report(code, "09:00:00"))

    async def told(dossier: Any, **changes: Any) -> Any:
        result = orjson.dumps(RESULT | changes).decode()
        body = dossier.report(4, "09:00:00", ketQuaXuLy=result)
        return await teller.ask("x", "", "", REPORT, body)

    wrong = {
        "soDinhDanh": ("abc", 79223000417, "099223000417"),
        "ngayDangKy": ("99.99.9999", "2023-07-10", "10.07/23", "11.07.2023", "01/07/2023", 7),
        "soDangKy": ([1], {"a": 1}),
    }
    for name, values in wrong.items():
        for value in values:
            answer = await told(first, **{name: value})
            assert list(answer["errors"]) == [f"ketQuaXuLy.{name}"], (value, answer)
    assert (await told(first))["status"] == 200
    assert (await told(second, ngayDangKy="10/07/2023"))["status"] == 200


async def test_an_element_that_is_no_report_is_pointed_at(teller: Teller) -> None:
    """Twenty are not the matter, and nothing of the array is taken."""
    dossier = await taken(teller)
    report = dossier.report(1, "09:00:00")
    answer = await teller.ask("x", "", "", REPORT, [report, "x", None])
    text = ["Trạng thái phải là một đối tượng JSON"]
    assert answer["errors"] == {"$[1]": text, "$[2]": text}
    assert (await teller.ask("x", "", "", REPORT, report))["status"] == 200


BIRTH_FIELDS = [
    ("nksNgaySinh", "30.06.2033"),
    ("nksNgaySinh", "01.01.1900"),
    ("meNgaySinh", "11.07.2023"),
    ("meNgaySinh", "31.12.1899"),
    ("meNgaySinh", "1.7.1994"),
    ("nksHoTen", "An\x00"),
    ("nksHoTen", "A" * 100_000),
    ("nksHoTen", "A\nB"),
    ("nksHoTen", 7),
    ("meHoTen", ["Trần"]),
    ("nksLoaiKhaiSinh", 99),
    ("nksLoaiKhaiSinh", "Khác"),
    ("nksQuocTich", "ZZ"),
    ("nksQuocTich", {"ma": "VN"}),
]
DEATH_FIELDS = [
    ("nktNgayChet", "01.07.2033"),
    ("nktNgayChet", "31.12.1899"),
    ("nktNgaySinh", "01.07.2033"),
    ("nktGioPhutChet", "25:99"),
    ("nktGioPhutChet", "8 giờ"),
    ("nktHoTen", "\x07"),
    ("nktNguyenNhanChet", "x" * 501),
]


@pytest.mark.parametrize(
    ("deaths", "table"), [(False, BIRTH_FIELDS), (True, DEATH_FIELDS)], ids=["births", "deaths"]
)
async def test_a_field_that_cannot_be_true_is_named(
    tmp_path: Path, deaths: bool, table: list[tuple[str, Any]]
) -> None:
    """500 with the real phrase and the field; what the contract allows is taken."""
    with opened(tmp_path, Stage(deaths=deaths, pdf=False)) as teller:
        dossier = await fetched(teller)
        whole = dossier.handing_over()
        for name, value in table:
            data = orjson.dumps({**dossier.fields, name: value}).decode()
            body = {**whole, "data": data}
            answer = await teller.ask("x", "", "", f"{LINKED}/nhanHoSoDKHT", body)
            said = answer["errorDescription"] or ""
            assert answer["errorCode"] == "500", (name, str(value)[:20])
            assert f"Hồ sơ có trường thông tin không hợp lệ: {name} (" in said, (name, said)
        right = {"nktGioPhutChet": "05:30:10"} if deaths else {"nksLoaiKhaiSinh": 3}
        data = orjson.dumps({**dossier.fields, **right}).decode()
        unpadded = {**whole, "data": data, "ngayTiepNhan": "10/7/2023 8:05:00"}
        answer = await teller.ask("x", "", "", f"{LINKED}/nhanHoSoDKHT", unpadded)
        assert answer["status"] == "1", answer


async def test_codes_and_days_of_an_envelope_are_right(teller: Teller) -> None:
    """Of linked dossiers and of others: 106 for another province's code, else 500."""
    whole = (await fetched(teller)).handing_over()
    table: list[tuple[str, str, dict[str, Any], str]] = [
        ("nhanHoSoDKHT", "maHoSoMCDT", {"maHoSoMCDT": "!!"}, "500"),
        ("nhanHoSoDKHT", "maHoSoMCDT", {"maHoSoMCDT": "H26.00004-230710-0001"}, "106"),
        ("nhanHoSoDKHT", "maHoSoLT", {"maHoSoLT": "!!"}, "500"),
        ("nhanHoSoDKHT", "maHoSoLT", {"maHoSoLT": "G22.99.09-230710-000001"}, "500"),
        ("nhanHoSoDKHT", "ngayTiepNhan", {"ngayTiepNhan": "10/07/2099 08:00:00"}, "500"),
        ("dangKyHoTich", "noiDangKy", registration({**FIELDS, "noiDangKy": "00004"}), "106"),
        ("dangKyHoTich", "maHoSo", {"maHoSo": "!!"}, "500"),
        ("dangKyHoTich", "maHoSo", {"maHoSo": "H26.00004-230710-0001"}, "106"),
        ("dangKyHoTich", "ngayTiepNhan", {"ngayTiepNhan": "2099-07-10"}, "500"),
    ]
    for path, name, changes, code in table:
        linked = path == "nhanHoSoDKHT"
        body = {**whole, **changes} if linked else registration(**changes)
        answer = await teller.ask("x", "", "", f"{LINKED if linked else CONTEXT}/{path}", body)
        assert answer["errorCode"] == code, (changes, answer)
        said = answer["statusDescription"] + answer["errorDescription"]
        assert f": {name} (" in said, (changes, said)


async def test_one_dossier_a_message_and_each_field_once(teller: Teller) -> None:
    """What stands twice can't be told from what is meant."""
    body = registration()
    for data in (
        body["data"].replace("</hotich>", "<hoso/></hotich>"),
        body["data"].replace("</hoso>", "<nksHoTen>Nguyễn Minh Khác</nksHoTen></hoso>"),
    ):
        answer = await teller.ask("x", "", "", f"{CONTEXT}/dangKyHoTich", {**body, "data": data})
        assert answer["errorCode"] == "500", answer
    assert FIELDS["nksHoTen"] in body["data"]
    assert (await teller.ask("x", "", "", f"{CONTEXT}/dangKyHoTich", body))["status"] == "1"


async def test_the_portal_takes_a_provinces_own_dossiers_forward(teller: Teller) -> None:
    """Each wrong thing has its code; a step that is known may be told again, also at the end."""
    login = {"username": ACCOUNT.user, "password": ACCOUNT.password}
    session = (await teller.ask("x", "", "", LOGIN, login, headers={}))["session"]
    code = "H29.760.26740-230710-0001"

    async def said(service: str, headers: Any = PORTAL, **body: Any) -> str:
        whole = {"session": session, "madonvi": "000.00.00.H29", "service": service, **body}
        answer = await teller.ask("x", "", "", SERVICE, whole, headers=headers)
        assert (answer["error_code"] == "0") == (answer["error_message"] == ""), answer
        return str(answer["error_code"])

    def step(status: str, at: str = "20230710093000", **more: str) -> dict[str, Any]:
        told = {"MaHoSo": code, "NguoiXuLy": "A", "NoiDungXuLy": "B", "TrangThai": status}
        return {"data": [{**told, "ThoiDiemXuLy": at, **more}]}

    def new(**changes: Any) -> dict[str, Any]:
        names = ("MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "TrichYeuHoSo")
        known = {"MaHoSo": code, "TrangThaiHoSo": "2", "NgayTiepNhan": "20230710080500"}
        return {"data": [{**dict.fromkeys(names, "x"), **known, **changes}]}

    assert await said("DongBoHoSoMC", madonvi="000.00.00.H26", **new()) == "7"
    assert await said("DongBoHoSoMC", madonvi="G22", **new()) == "7"
    for wrong in ("", "x", "VN:GOV:000.00.00.H29:dvcqg"):
        assert await said("DongBoHoSoMC", {"dstcode": wrong}, **new()) == "6", wrong
    assert await said("DongBoHoSoMC", isUpdating="maybe", **new()) == "2"
    assert await said("DongBoHoSoMC", **new(MaHoSo="khong phai ma")) == "2"
    assert await said("DongBoHoSoMC", **new(MaHoSo="H26.001-230710-0001")) == "7"
    assert await said("TraCuuHoSo", mahoso="khong phai ma") == "2"
    assert await said("DongBoHoSoMC", isUpdating=False, **new()) == "0"
    progress = "CapNhatTienDoHoSoMC"
    assert await said(progress, **step("4", "20230710080459")) == "2", "before its reception"
    assert await said(progress, **step("4")) == "0"
    both = step("10", "20230711093000")["data"] + step("4", "20230711093000")["data"]
    assert await said(progress, data=both) == "8", "none of them is noted"
    assert await said(progress, **step("5", "20230711080000")) == "0"
    assert await said(progress, **step("10", "20230711093000")) == "0"
    assert await said(progress, **step("4", "20230712093000")) == "8"
    assert await said(progress, **step("4")) == "0", "known: at least once"
    assert await said("DongBoHoSoMC", isUpdating="True", **new()) == "8"
    assert await said("DongBoHoSoMC", isUpdating="1", **new(TrangThaiHoSo="10")) == "0"


async def test_a_body_that_is_too_large_is_413(teller: Teller) -> None:
    """At every door, with a text, and after all of it was read."""
    left: list[int] = []

    async def large() -> Any:
        for _ in range(6):
            left.append(MAX_BODY_BYTES)
            yield b" " * MAX_BODY_BYTES

    transport = httpx.ASGITransport(teller._app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://face.test") as client:
        for path in (REPORT, f"{CONTEXT}/dangKyHoTich", f"{LINKED}/nhanHoSoDKHT", SERVICE):
            left.clear()
            answer = await client.post(path, content=large(), headers=BEARER)
            assert answer.status_code == 413, path
            assert "quá lớn, tối đa 4 MB" in answer.text, path
            assert len(left) == 6, "who is answered too early sees a broken connection"
