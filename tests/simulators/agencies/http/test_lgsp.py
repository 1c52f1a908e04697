"""The civil-status services of an LGSP: each wrong thing gets the real code and text."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from connectors.agencies.defects import DEFECTS, SUSPECTED
from simulators.agencies.http.lgsp.faults import KINDS
from simulators.agencies.http.samples.civil_status import CONTEXT, GATEWAY
from simulators.agencies.http.samples.linked import LINKED, fetched
from simulators.agencies.http.stories import Stage, Teller, opened

DOSSIER = "H29.26740-230710-0001"
ASKED = {"maDonVi": "26740", "maHoSo": DOSSIER}
FIELDS = {
    "maGCS": "00A1Z.GCS.79024.23",
    "noiDangKy": "26740",
    "nksHoTen": "Nguyễn Minh An",
    "nksGioiTinh": "1",
    "nksNgaySinh": "08.07.2023",
    "meHoTen": "Trần Thị Thu Hà",
    "meNgaySinh": "02.11.1994",
    "meSoGiayToTuyThan": "079194012877",
    "nycHoTen": "Trần Thị Thu Hà",
    "nycSoGiayToTuyThan": "079194012877",
}


def registration(fields: dict[str, str] | None = None, **changes: Any) -> dict[str, Any]:
    """The body of `dangKyHoTich`."""
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in (fields or FIELDS).items())
    return {
        "maDonVi": "26740",
        "module": "KS",
        "maHoSo": DOSSIER,
        "ngayTiepNhan": "2023-07-10",
        "data": f"<hotich><hoso>{inside}</hoso></hotich>",
        **changes,
    }


async def asked(teller: Teller, path: str, body: Any, **how: Any) -> tuple[str, str]:
    """Error code and text of an answer; both empty where it is none."""
    answer = await teller.ask("x", "", "", path, body, **how)
    return answer.get("errorCode") or "", answer.get("errorDescription") or ""


async def test_a_wrong_token_is_100(teller: Teller) -> None:
    """On every context."""
    wrong = {"authorization": "Bearer 49d61ed6-e9a8-3755-81cd-8395ee511c87"}
    for path in (f"{CONTEXT}/danhMuc", f"{GATEWAY}/danhMuc", f"{LINKED}/nhanHoSoDKHT"):
        found = await asked(teller, path, {"loaiDanhMuc": "4"}, headers=wrong)
        assert found == ("100", "AUTHEN_ERROR - Mã xác thực không chính xác."), path


async def test_alone_nothing_is_served_without_a_token(teller: Teller) -> None:
    """The first form, which knows none, stays with the runs."""
    for path in ("/civil-status/requests", "/civil-status/outcomes"):
        assert (await teller.ask("x", "", "", path))["code"] == "not_found"


async def test_an_address_without_access_is_101(teller: Teller) -> None:
    """Before anybody looks at the token."""
    found = await asked(teller, f"{CONTEXT}/danhMuc", {}, headers={}, source="192.0.2.7")
    assert found == ("101", "IP_DISALLOWED - Địa chỉ IP không được phép truy cập.")


@pytest.mark.parametrize("unit", ["99999", "abc", "", "00001", None])
async def test_a_wrong_agency_code_is_106(teller: Teller, unit: str | None) -> None:
    """Not there, no code at all, or another province's."""
    found = await asked(teller, f"{CONTEXT}/dangKyHoTich", registration(maDonVi=unit))
    assert found == ("106", "AGENCY_ID_INCORRECT - Mã đơn vị không chính xác.")


@pytest.mark.parametrize("province", ["99", "", "01"])
async def test_a_wrong_province_is_108(teller: Teller, province: str) -> None:
    """Where several entries are asked for, and in a poll."""
    text = "PROVINCE_ID_INCORRECT - Mã tỉnh không chính xác."
    several = {"maTinh": province, "module": "KS", "dsMaHoSo": ["1"]}
    assert await asked(teller, f"{CONTEXT}/traDanhSachHoSo", several) == ("108", text)
    poll = {"maTinh": province, "module": "LTKS", "maDinhDanhHoSo": ["a"]}
    assert await asked(teller, f"{LINKED}/layKetQuaDKHT", poll) == ("108", text)


async def test_a_dossier_under_way_has_no_result_200(teller: Teller) -> None:
    """And one that nobody sent is 201."""
    missing = ("201", "RECORD_NOT_FOUND - Hồ sơ không tồn tại, đề nghị xem lại số phiếu tiếp nhận.")
    assert await asked(teller, f"{CONTEXT}/ketQuaDangKyHS", ASKED) == missing
    await teller.ask("dk", "", "", f"{CONTEXT}/dangKyHoTich", registration())
    found = await asked(teller, f"{CONTEXT}/ketQuaDangKyHS", ASKED)
    assert found == ("200", "RECORD_UNCOMPLETE - Hồ sơ chưa hoàn thành đăng ký.")


async def test_an_unknown_catalogue_is_302(teller: Teller) -> None:
    """There are five."""
    for kind in "12345":
        answer = await teller.ask("dm", "", "", f"{CONTEXT}/danhMuc", {"loaiDanhMuc": kind})
        assert answer["value"], kind
    found = await asked(teller, f"{CONTEXT}/danhMuc", {"loaiDanhMuc": "6"})
    assert found == ("302", "DATA_TYPE_INVALID - Loại dữ liệu danh mục không hợp lệ.")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("nksHoTen", ""),
        ("maGCS", "79024"),
        ("nksGioiTinh", "2"),
        ("nksNgaySinh", "08/07/2023"),
        ("meNgaySinh", "31.02.1994"),
        ("meSoGiayToTuyThan", "07919401287"),
        ("nycSoGiayToTuyThan", "079194O12877"),
        ("noiDangKy", "99999"),
    ],
)
async def test_a_wrong_field_is_500_and_named(teller: Teller, field: str, text: str) -> None:
    """The real phrase, and the name of the field."""
    code, said = await asked(
        teller, f"{CONTEXT}/dangKyHoTich", registration({**FIELDS, field: text})
    )
    assert code == "500"
    assert said.startswith(f"DATA_INCORRECT – Hồ sơ có trường thông tin không hợp lệ: {field}")
    assert (await asked(teller, f"{CONTEXT}/traTrangThaiHoSo", ASKED))[0] == "201", "not taken"


@pytest.mark.parametrize(
    "data",
    [
        "<hotich>",
        "<hotich/>",
        "<x><hoso/></x>",
        '<!DOCTYPE h [<!ENTITY a "b">]><hotich><hoso><nksHoTen>&a;</nksHoTen></hoso></hotich>',
        '<!DOCTYPE h SYSTEM "file:///etc/passwd"><hotich><hoso/></hotich>',
        "\x00",
        7,
        None,
    ],
)
async def test_xml_that_is_none_or_reaches_out_is_500(teller: Teller, data: Any) -> None:
    """Entities and document types are refused, not resolved."""
    code, said = await asked(teller, f"{CONTEXT}/dangKyHoTich", registration(data=data))
    assert (code, "data" in said) == ("500", True)


async def test_a_dossier_sent_again_was_taken(teller: Teller) -> None:
    """*đã được tiếp nhận*, which senders count as success; the register has one entry."""
    await teller.ask("dk", "", "", f"{CONTEXT}/dangKyHoTich", registration())
    code, said = await asked(teller, f"{CONTEXT}/dangKyHoTich", registration())
    assert code == "500"
    assert "đã được tiếp nhận" in said
    teller.wait(hours=5)
    day = {"module": "KS", "ngayCapNhat": "2023-07-10"}
    changed = await teller.ask("ds", "", "", f"{CONTEXT}/dsHoSoDangKy", day)
    assert changed["value"] == [{"id": "1", "maDonVi": "26740"}]


async def test_three_dossiers_a_poll(teller: Teller) -> None:
    """One that is not there is told of, the others are answered."""
    dossier = await fetched(teller)
    await teller.ask("nhan", "", "", f"{LINKED}/nhanHoSoDKHT", dossier.handing_over())
    codes = [dossier.local, "khong-co", dossier.local]
    poll = {**dossier.asking(), "maDinhDanhHoSo": codes}
    answer = await teller.ask("hoi", "", "", f"{LINKED}/layKetQuaDKHT", poll)
    assert [item["trangThai"] for item in answer["value"]] == ["1", "0", "1"]
    assert answer["value"][1]["errors"] == KINDS["201"].text()
    four = {**poll, "maDinhDanhHoSo": [*codes, "d"]}
    code, said = await asked(teller, f"{LINKED}/layKetQuaDKHT", four)
    assert (code, "từ 1 đến 3 hồ sơ" in said) == ("500", True)


async def test_a_dossier_code_belongs_to_one_case(teller: Teller) -> None:
    """Two units under one agency id number alike: the second is refused, and not taken for the
    first."""
    first, second = await fetched(teller), await fetched(teller, place=1)
    await teller.ask("nhan", "", "", f"{LINKED}/nhanHoSoDKHT", first.handing_over())
    body = {**second.handing_over(), "maHoSoMCDT": first.local}
    code, said = await asked(teller, f"{LINKED}/nhanHoSoDKHT", body)
    assert (code, "trùng mã đơn vị" in said) == ("500", True), said
    assert first.local in said
    again = await asked(teller, f"{LINKED}/nhanHoSoDKHT", second.handing_over())
    assert again == ("", ""), "under a code of its own it is taken"


async def test_a_linked_dossier_of_another_place_is_106(teller: Teller) -> None:
    """`maDonVi` and `noiDangKy` are one commune."""
    dossier = await fetched(teller)
    body = {**dossier.handing_over(), "maDonVi": "26740"}
    assert (await asked(teller, f"{LINKED}/nhanHoSoDKHT", body))[0] == "106"


async def test_a_linked_dossier_without_a_place_is_500(teller: Teller) -> None:
    """What is missing is named, and no other unit is blamed."""
    body = {**(await fetched(teller)).handing_over(), "data": "{}"}
    code, said = await asked(teller, f"{LINKED}/nhanHoSoDKHT", body)
    assert (code, "noiDangKy" in said) == ("500", True), said


async def test_a_death_has_its_entry_and_extract_at_once(tmp_path: Path) -> None:
    """Linked and alone: `KT` has a notice, a deceased and a place; wrong fields are named."""
    with opened(tmp_path, Stage(deaths=True, pdf=False)) as teller:
        dossier = await fetched(teller)
        body = dossier.handing_over()
        assert body["module"] == "LTKT"
        alone = registration(dossier.fields, module="KT", maDonVi=dossier.commune)
        for field, text in (("maGBT", "C36JM.GCS.79325.23"), ("nktNgayChet", "2023-06-28")):
            wrong = registration({**dossier.fields, field: text}, **{
                name: alone[name] for name in ("module", "maDonVi")
            })  # fmt: skip
            code, said = await asked(teller, f"{CONTEXT}/dangKyHoTich", wrong)
            assert (code, field in said) == ("500", True)
        assert (await asked(teller, f"{CONTEXT}/dangKyHoTich", alone))[0] == ""
        teller.wait(hours=5)
        result = await teller.ask(
            "kq", "", "", f"{CONTEXT}/ketQuaDangKyHS", {**ASKED, "maDonVi": dossier.commune}
        )
        assert result["value"]["nktSoGiayTo"] == dossier.fields["nktSoGiayToTuyThan"]
        assert result["value"]["soDangKy"] == "01/2023"
        entry = await teller.ask("hs", "", "", f"{CONTEXT}/traHoSo", {"module": "KT", "maHoSo": 1})
        assert entry["value"][0]["nktNgayChet"] == dossier.fields["nktNgayChet"]
        none = {"module": "KS", "maHoSo": 1}
        assert (await asked(teller, f"{CONTEXT}/traHoSo", none))[0] == "201", "no birth"


async def test_a_poll_of_the_other_module_finds_nothing(teller: Teller) -> None:
    """A birth is not asked for as a death."""
    dossier = await fetched(teller)
    await teller.ask("nhan", "", "", f"{LINKED}/nhanHoSoDKHT", dossier.handing_over())
    poll = {**dossier.asking(), "module": "LTKT"}
    answer = await teller.ask("hoi", "", "", f"{LINKED}/layKetQuaDKHT", poll)
    assert answer["value"][0]["trangThai"] == "0"


async def test_a_supplement_is_asked_for_until_it_comes(tmp_path: Path) -> None:
    """2 with all defects and the last day; sent again, the dossier waits anew."""
    with opened(tmp_path, Stage(supplement=1.0, pdf=False)) as teller:
        await teller.ask("dk", "", "", f"{CONTEXT}/dangKyHoTich", registration())
        teller.wait(hours=5)
        answer = await teller.ask("tt", "", "", f"{CONTEXT}/traTrangThaiHoSo", ASKED)
        assert answer["status"] == "2"
        assert answer["statusDescription"].startswith("Hồ sơ cần bổ sung thông tin: ")
        again = await teller.ask("dk", "", "", f"{CONTEXT}/dangKyHoTich", registration())
        assert again["status"] == "1"
        answer = await teller.ask("tt", "", "", f"{CONTEXT}/traTrangThaiHoSo", ASKED)
        assert answer["status"] == "1", "the second attempt waits"


async def test_a_child_that_seems_to_be_registered_has_to_be_explained(teller: Teller) -> None:
    """Status 2 with the whole question; handed over again it is entered, as another child."""
    twin = {"maHoSo": f"{DOSSIER}1"}
    body = registration({**FIELDS, "maGCS": "00A2Z.GCS.79024.23"}, **twin)
    await teller.ask("dk", "", "", f"{CONTEXT}/dangKyHoTich", registration())
    teller.wait(hours=24)
    await teller.ask("dk", "", "", f"{CONTEXT}/dangKyHoTich", body)
    teller.wait(hours=24)
    answer = await teller.ask("tt", "", "", f"{CONTEXT}/traTrangThaiHoSo", {**ASKED, **twin})
    said = f"Hồ sơ cần bổ sung thông tin: {DEFECTS[SUSPECTED]['vi']}"
    assert (answer["status"], answer["statusDescription"]) == ("2", said)
    assert (await teller.ask("dk", "", "", f"{CONTEXT}/dangKyHoTich", body))["status"] == "1"
    teller.wait(hours=24)
    result = await teller.ask("kq", "", "", f"{CONTEXT}/ketQuaDangKyHS", {**ASKED, **twin})
    assert (result["value"]["soDangKy"], result["value"]["nksHoTen"]) == (
        "02/2023",
        FIELDS["nksHoTen"],
    )


@pytest.mark.parametrize(
    "path",
    [
        *(f"{LINKED}/{name}" for name in ("nhanHoSoDKHT", "layKetQuaDKHT", "nhanSoDinhDanh")),
        *(
            f"{CONTEXT}/{name}"
            for name in (
                "dangKyHoTich", "danhMuc", "traTrangThaiHoSo", "ketQuaDangKyHS", "dsHoSoDangKy",
                "traHoSo", "traDanhSachHoSo",
            )
        ),
        "/apiBHXH/getTraCuuTtHgdByMaSoBhxh",
        "/apiBHXH/getMaSoBhxhTheoTieuChi",
        "/apiBHXH/getTraCuuThongTinHgd",
    ],
)  # fmt: skip
async def test_any_body_is_answered_with_a_code(teller: Teller, path: str) -> None:
    """Whatever JSON comes, no error inside: a code of the real system."""
    bodies: list[Any] = [[], "x", None, {"data": 1}, {"moPhong": []}, {"moPhong": {}}]
    for body in bodies:
        answer = await teller.ask("x", "", "", path, body, method="POST")
        assert answer["errorCode"] in KINDS, orjson.dumps([body, answer])


def test_every_code_says_itself_in_both_languages() -> None:
    """The Vietnamese is the real system's, the English ours."""
    for code, kind in KINDS.items():
        assert kind.vi, code
        assert kind.en, code
        assert kind.text("x").startswith(kind.name), code
