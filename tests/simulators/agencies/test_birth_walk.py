"""One birth walks through all connectors and agencies."""

import sqlite3
from contextlib import closing
from pathlib import Path

import orjson

from connectors.agencies import CONNECTORS
from schemas.systems import SYSTEMS
from simulators.agencies import DESKS
from tests.simulators.agencies.asking import CASE, OTHER, rows
from tests.simulators.agencies.walk import SUBMISSION, Walk, country

GRANDFATHER = {"name": "Nguyễn Văn Hùng", "personal_id": "079063000238"}


async def test_a_smooth_birth_ends_with_entry_number_residence_and_card(walk: Walk) -> None:
    """Every promise of the chain is kept, in the order of the law."""
    await walk.submit(CASE)
    story = walk.story[CASE]
    assert [name for name in story if name.startswith(("birth", "personal-id"))] == [
        "birth.registration.requested",
        "birth.entry.requested",
        "personal-id.requested",
        "personal-id.issued",
        "birth.registered",
    ]
    assert {"residence.registered", "health-card.issued"} <= set(story)
    assert len(story) == 14
    registered = walk.events[CASE, "birth.registered"]
    assert registered["child"]["name"] == SUBMISSION["child"]["name"]
    assert registered["child"]["born"] == SUBMISSION["child"]["born"]
    assert walk.events[CASE, "dossier.progressed"]["codes"] == [1, 3, 7, 4, 5]


async def test_all_registers_agree_on_the_child(walk: Walk, tmp_path: Path) -> None:
    """One person, one number, in five registers of five agencies."""
    await walk.submit(CASE)
    found = {
        (system, table): rows(tmp_path / f"{system}.db", table)
        for system, table in (
            ("one-stop", "ho_so"),
            ("civil-status", "so_khai_sinh"),
            ("population", "cong_dan"),
            ("residence", "thuong_tru"),
            ("social-insurance", "the_bhyt"),
        )
    }
    assert [len(table) for table in found.values()] == [1] * 5
    for column in ("so_dinh_danh", "ho_ten", "ma_lien_thong"):
        assert len({table[0][column] for table in found.values()}) == 1, column
    person = found["population", "cong_dan"][0]
    assert person["so_khai_sinh"] == "01/2023"
    assert person["noi_thuong_tru"] == SUBMISSION["household"]["address"]


async def test_at_rest_nothing_is_under_way(walk: Walk, tmp_path: Path) -> None:
    """No register has anything pending or unread."""
    await walk.submit(CASE)
    for system in DESKS:
        path = tmp_path / f"{system}.db"
        assert rows(path, "pending") == rows(path, "outcomes") == [], system


async def test_the_citizen_sees_the_result(walk: Walk) -> None:
    """Portal, messages, papers and the meter tell of the same case."""
    await walk.submit(CASE)
    states = {system: subjects.get(CASE, {}) for system, subjects in walk.states.items()}
    assert set(states["portal"]["trangThai"]) == {"processing", "completed"}
    assert states["portal"]["dichVu"] == {"birth": 10, "residence": 10, "health_card": 10}
    assert set(states["notification"]["tinNhan"]) == {"processing", "completed"}
    number = walk.events[CASE, "personal-id.issued"]["personal_id"]
    assert states["citizen-store"]["giayKhaiSinh"]["soDinhDanh"] == number
    assert states["citizen-store"]["theBHYT"]["maThe"] == states["social-insurance"]["maThe"]
    assert states["monitoring"]["tinh"] == "79"


async def test_no_system_keeps_what_it_may_not_see(walk: Walk) -> None:
    """The meter knows no person, and nobody but those who register them knows the mother."""
    await walk.submit(CASE)
    kept = {system: orjson.dumps(subjects).decode() for system, subjects in walk.states.items()}
    assert SUBMISSION["child"]["name"] not in kept["monitoring"]
    assert SUBMISSION["mother"]["personal_id"] not in "".join(kept.values())


async def test_consent_is_asked_and_given_on_the_way(walk: Walk, tmp_path: Path) -> None:
    """The grandfather is asked through VNeID, agrees, and the child moves in with him."""
    household = {**SUBMISSION["household"], "head": GRANDFATHER, "relation": "grandparent"}
    await walk.submit(CASE, household=household)
    residence = [name for name in walk.story[CASE] if name.startswith(("consent", "residence"))]
    assert residence == [
        "residence.registration.requested",
        "consent.requested",
        "consent.given",
        "residence.registered",
    ]
    (answer,) = rows(tmp_path / "vneid.db", "dong_y")
    assert answer["so_dinh_danh"] == GRANDFATHER["personal_id"]
    (person,) = rows(tmp_path / "population.db", "cong_dan")
    assert person["so_dinh_danh_chu_ho"] == GRANDFATHER["personal_id"]


async def test_twins_are_two_children_of_one_mother(walk: Walk, tmp_path: Path) -> None:
    """Two cases, two notices: two entries, two numbers, two cards."""
    twin = {**SUBMISSION["child"], "name": "Nguyễn Minh Ân", "notice": "00A2Z.GCS.79024.23"}
    await walk.submit(CASE)
    await walk.submit(OTHER, child=twin)
    entries = rows(tmp_path / "civil-status.db", "so_khai_sinh")
    assert [entry["so"] for entry in entries] == [1, 2]
    assert len({entry["so_dinh_danh_me"] for entry in entries}) == 1
    assert len({entry["so_dinh_danh"] for entry in entries}) == 2
    assert len(rows(tmp_path / "social-insurance.db", "the_bhyt")) == 2


async def test_a_birth_filed_twice_is_refused_and_its_dossier_closed(
    walk: Walk, tmp_path: Path
) -> None:
    """The second case ends at stage 1; nothing of the first is touched."""
    await walk.submit(CASE)
    await walk.submit(OTHER)
    assert walk.events[OTHER, "birth.registration.refused"]["reason"] == "duplicate_of"
    assert walk.events[OTHER, "dossier.progressed"]["codes"] == [1, 3, 7, 6]
    assert walk.states["civil-status"][OTHER]["trangThai"] == 6
    first, second = rows(tmp_path / "one-stop.db", "ho_so")
    assert (first["trang_thai"], second["trang_thai"]) == (10, 3)
    assert len(rows(tmp_path / "population.db", "cong_dan")) == 1


async def test_a_walk_is_the_same_again(tmp_path: Path) -> None:
    """The same seed and submission leave the same rows in every register."""
    dumps = []
    for name in ("first", "second"):
        with country(tmp_path / name) as walk:
            await walk.submit(CASE)
        dumps.append([_dump(tmp_path / name / f"{system}.db") for system in DESKS])
    assert dumps[0] == dumps[1]


def test_the_walk_knows_every_system() -> None:
    """The connectors and dvclt are all systems of the country."""
    assert {*CONNECTORS, "dvclt"} == set(SYSTEMS)


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as register:
        return list(register.iterdump())
