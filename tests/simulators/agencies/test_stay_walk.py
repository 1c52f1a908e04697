"""One temporary residence walks through all connectors and agencies."""

from pathlib import Path

import orjson

from schemas.examples import TEMPORARY_SUBMISSION
from simulators.agencies import DESKS
from tests.simulators.agencies.asking import rows
from tests.simulators.agencies.walk import Walk, country

CASE = "G22.99.10-230710-000001"
OTHER = "G22.99.10-230710-000002"
RESIDENT = TEMPORARY_SUBMISSION["resident"]
ROOMMATE = {
    "personal_id": "036303001246",
    "name": "Vũ Thị Hạnh",
    "sex": "female",
    "born": "2003-01-20",
}


async def test_a_smooth_stay_ends_with_its_notice(walk: Walk) -> None:
    """Five events in all: filed, told, asked, registered, told."""
    await walk.submit_stay(CASE)
    assert walk.story[CASE] == [
        "case.submitted",
        "case.status.changed",
        "residence.temporary.requested",
        "residence.temporary.registered",
        "case.status.changed",
    ]
    registered = walk.events[CASE, "residence.temporary.registered"]
    assert registered["personal_id"] == RESIDENT["personal_id"]
    assert registered["number"] == "1/CT08-TT-26740"
    assert registered["until"] == TEMPORARY_SUBMISSION["until"]
    assert registered["document"]["uri"] == "urn:lienthong:CT08:2023:1/CT08-TT-26740"


async def test_the_police_keep_it_in_a_table_of_its_own(walk: Walk, tmp_path: Path) -> None:
    """With the last day, and never among the permanent residents."""
    await walk.submit_stay(CASE)
    (row,) = rows(tmp_path / "residence.db", "tam_tru")
    registered = walk.events[CASE, "residence.temporary.registered"]
    assert row == {
        "so_dinh_danh": "036303001245",
        "so_ct08": "1/CT08-TT-26740",
        "so": 1,
        "nam": 2023,
        "xa": "26740",
        "ho_ten": "Phạm Thu Trang",
        "gioi_tinh": 2,
        "ngay_sinh": "20030905",
        "dia_chi": TEMPORARY_SUBMISSION["address"],
        "den_ngay": "20250630",
        "ho_ten_nyc": "Phạm Thu Trang",
        "so_dinh_danh_nyc": "036303001245",
        "ngay_tam_tru": registered["registered"][:10].replace("-", ""),
        "gio_tam_tru": registered["registered"][11:19],
        "ma_lien_thong": CASE,
        "ct08": registered["document"]["uri"],
        "sha256": registered["document"]["sha256"],
    }
    assert rows(tmp_path / "residence.db", "thuong_tru") == []
    state = {"soDinhDanh": "036303001245", "trangThai": "CT08", "lan": 1}
    assert walk.states["residence"][CASE] == state


async def test_numbers_count_within_the_commune(walk: Walk, tmp_path: Path) -> None:
    """By themselves: a permanent residence has its own row of numbers."""
    await walk.submit("G22.99.08-230710-000001")
    await walk.submit_stay(CASE)
    await walk.submit_stay(OTHER, resident=ROOMMATE)
    numbers = [row["so_ct08"] for row in rows(tmp_path / "residence.db", "tam_tru")]
    assert numbers == ["1/CT08-TT-26740", "2/CT08-TT-26740"]


async def test_who_is_registered_is_not_registered_again(walk: Walk, tmp_path: Path) -> None:
    """The natural key is the person: a second case is a duplicate, and nothing is overwritten."""
    await walk.submit_stay(CASE)
    before = rows(tmp_path / "residence.db", "tam_tru")
    await walk.submit_stay(OTHER, until="2023-12-31")
    refusal = walk.events[OTHER, "residence.temporary.refused"]
    assert refusal == {"personal_id": RESIDENT["personal_id"], "reason": "duplicate_of"}
    assert rows(tmp_path / "residence.db", "tam_tru") == before


async def test_a_stay_without_a_lawful_dwelling_is_refused(tmp_path: Path) -> None:
    """The police hand out form CT06, the citizen sees the end, and nothing is entered."""
    with country(tmp_path, {"register_stay": 1.0}) as walk:
        await walk.submit_stay(CASE)
    assert walk.events[CASE, "residence.temporary.refused"]["reason"] == "no_lawful_dwelling"
    assert rows(tmp_path / "residence.db", "tam_tru") == []
    assert walk.states["residence"][CASE]["trangThai"] == "CT06"
    assert walk.states["portal"][CASE]["dichVu"] == {"temporary_residence": 3}


async def test_the_citizen_sees_it_and_is_told(walk: Walk) -> None:
    """On the portal by status, by message, and in the service meter without a name."""
    await walk.submit_stay(CASE)
    states = {system: subjects.get(CASE, {}) for system, subjects in walk.states.items()}
    assert states["portal"]["dichVu"] == {"temporary_residence": 10}
    assert set(states["notification"]["tinNhan"]) == {"processing", "completed"}
    assert states["monitoring"]["dichVu"] == ["temporary_residence"]


async def test_nobody_but_the_police_hears_who_stays_where(walk: Walk, tmp_path: Path) -> None:
    """No other agency is asked anything, and no other system keeps name, number or address."""
    await walk.submit_stay(CASE)
    for system in DESKS:
        asked = [row["record"] for row in rows(tmp_path / f"{system}.db", "dossiers")]
        kept = orjson.dumps([walk.states[system].get(CASE, {}), asked]).decode()
        knows = RESIDENT["personal_id"] in kept
        assert knows == (system == "residence"), system
        assert bool(asked) == (system == "residence"), system
