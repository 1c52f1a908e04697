"""The faces name the units of the day: from 1 July 2025 34 provinces, no districts."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.event import VN
from simulators.agencies.http.samples.civil_status import CONTEXT
from simulators.agencies.http.samples.linked import LINKED, Dossier, fetched
from simulators.agencies.http.stories import ACCOUNT, Stage, Teller, opened

AFTER = datetime(2025, 8, 4, 8, tzinfo=VN)
EVE = datetime(2025, 6, 30, 8, tzinfo=VN)


def stage(province: str, opening: datetime) -> Stage:
    """Births wait for a province."""
    return Stage(account=replace(ACCOUNT, province=province), opening=opening, pdf=False)


async def polled(teller: Teller, dossier: Dossier, province: str) -> dict[str, Any]:
    """What a poll in the name of a province says."""
    asked = {**dossier.asking(), "maTinh": province}
    return dict(await teller.ask("kq", "", "", f"{LINKED}/layKetQuaDKHT", asked))


async def handed_over(teller: Teller, on: datetime) -> Dossier:
    """The first dossier of the list, taken by civil status."""
    dossier = await fetched(teller)
    body = {**dossier.handing_over(), "ngayTiepNhan": f"{on:%d/%m/%Y %H:%M:%S}"}
    answer = await teller.ask("x", "", "", f"{LINKED}/nhanHoSoDKHT", body)
    assert answer["status"] == "1", answer
    return dossier


async def test_a_merged_province_registers_its_births(tmp_path: Path) -> None:
    """Lào Cai is 15 since the merger, with what was 10; the result names no district."""
    with opened(tmp_path, stage("15", AFTER)) as teller:
        dossier = await handed_over(teller, AFTER)
        teller.wait(days=2)
        (item,) = (await polled(teller, dossier, "15"))["value"]
        assert (item["trangThai"], item["maTinh"]) == ("4", "15")
        result = item["ketQuaXuLy"]
        assert (result["ndkksMaTinh"], result["ndkksMaHuyen"]) == ("15", "")
        gone = await polled(teller, dossier, "10")
        assert gone["errorDescription"] == "PROVINCE_ID_INCORRECT - Mã tỉnh không chính xác."


@pytest.mark.parametrize(("opening", "number", "districts"), [(EVE, 63, 700), (AFTER, 34, 0)])
async def test_the_catalogues_are_those_of_the_day(
    tmp_path: Path, opening: datetime, number: int, districts: int
) -> None:
    """Provinces, districts, and Huế's committee."""
    with opened(tmp_path, stage("79", opening)) as teller:
        rows = await teller.ask("dm", "", "", f"{CONTEXT}/danhMuc", {"loaiDanhMuc": "4"})
        assert len(rows["value"]) == number
        second = await teller.ask("dm", "", "", "/dmdc/Category/donvihanhchinhcap2")
        assert len(second) == districts
        agencies = await teller.ask("dm", "", "", "/dmdc/Category/qlvanbandieuhanhcap1")
        assert len(agencies) == number
        assert ("UBND thành phố Huế" in {one["TenDonVi"] for one in agencies}) is (number == 34)


async def test_a_dossier_goes_over_the_day_with_its_province(tmp_path: Path) -> None:
    """Filed in Quảng Bình (44) and taken before; Quảng Trị, which keeps 44, asks for it after."""
    with opened(tmp_path, stage("45", EVE)) as teller:
        dossier = await handed_over(teller, EVE)
        (item,) = (await polled(teller, dossier, "45"))["value"]
        assert item["maTinh"] == "45"
        teller.wait(days=2)
        (item,) = (await polled(teller, dossier, "44"))["value"]
        assert (item["trangThai"], item["maTinh"]) == ("4", "44")
        listed = await teller.ask("ds", "", "", "/api/lienthongdvclt/hosolienthong")
        assert listed["data"], "what waited for the old province waits for its successor"
