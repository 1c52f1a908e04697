"""One death walks through all connectors and agencies."""

from pathlib import Path

import orjson

from schemas.examples import DEATH_SUBMISSION
from simulators.agencies import DESKS
from tests.simulators.agencies.asking import rows
from tests.simulators.agencies.walk import Walk, country

CASE = "G22.99.09-230710-000001"
OTHER = "G22.99.09-230710-000002"
DECEASED = DEATH_SUBMISSION["deceased"]["personal_id"]


async def test_a_smooth_death_ends_with_entry_removal_and_the_money(walk: Walk) -> None:
    """Every promise of the chain is kept, in the order of the law."""
    await walk.submit_death(CASE)
    story = walk.story[CASE]
    about_money = [name for name in story if name.startswith(("death", "funeral", "payout"))]
    assert about_money == [
        "death.registration.requested",
        "death.entry.requested",
        "death.registered",
        "funeral-allowance.requested",
        "funeral-allowance.granted",
        "payout.requested",
        "payout.made",
    ]
    assert "residence.removed" in story
    granted, paid = (
        walk.events[CASE, name] for name in ("funeral-allowance.granted", "payout.made")
    )
    assert granted["vnd"] == paid["vnd"] == 18_000_000
    assert granted["decision"] == paid["decision"] == "1/QĐ-BHXH-79"
    assert walk.events[CASE, "dossier.progressed"]["codes"] == [1, 3, 7, 4, 5]


async def test_the_news_of_a_death_reaches_every_register(walk: Walk, tmp_path: Path) -> None:
    """Marked dead, removed, stopped twice and locked: the same person at the same minute."""
    await walk.submit_death(CASE)
    noted = {
        (system, table): rows(tmp_path / f"{system}.db", table)
        for system, table in (
            ("civil-status", "so_khai_tu"),
            ("population", "nguoi_mat"),
            ("residence", "nguoi_mat"),
            ("residence", "xoa_thuong_tru"),
            ("social-insurance", "dung_huong"),
            ("social-protection", "dung_huong"),
            ("vneid", "khoa_tai_khoan"),
        )
    }
    for where, found in noted.items():
        (row,) = found
        assert (row["so_dinh_danh"], row["gio_mat"]) == (DECEASED, "03:15"), where
        assert row["ma_lien_thong"] == CASE, where


async def test_a_closed_account_ends_in_cash(tmp_path: Path) -> None:
    """The decision stands and is not made twice; the citizen takes the money at the desk."""
    with country(tmp_path, {"pay": 1.0}) as walk:
        await walk.submit_death(CASE)
    story = walk.story[CASE]
    about_money = [name for name in story if name.startswith(("funeral", "payout", "case.s"))]
    assert about_money == [
        "case.submitted",
        "case.status.changed",
        "funeral-allowance.requested",
        "funeral-allowance.granted",
        "payout.requested",
        "payout.failed",
        "case.supplement.requested",
        "case.supplement.provided",
        "funeral-allowance.requested",
        "payout.requested",
        "payout.made",
        "case.status.changed",
    ]
    assert walk.events[CASE, "payout.made"]["method"] == "cash"
    (decision,) = rows(tmp_path / "social-insurance.db", "tro_cap_mai_tang")
    (payment,) = rows(tmp_path / "payout.db", "chi_tra")
    assert decision["so_quyet_dinh"] == payment["so_quyet_dinh"]
    assert (decision["loi_chi"], decision["hinh_thuc_chi"]) == ("account_closed", "tien_mat")
    assert walk.states["social-insurance"][CASE]["trangThai"] == "DA_CHI"
    assert walk.states["payout"][CASE] == {
        "soQuyetDinh": "1/QĐ-BHXH-79",
        "ngayQuyetDinh": decision["ngay_quyet_dinh"],
        "noiRa": "social-insurance",
        "trangThai": "DA_CHI",
        "lan": 2,
    }


async def test_the_commune_decides_for_everybody_else(walk: Walk, tmp_path: Path) -> None:
    """By its own number; social insurance hears of the death, and grants nothing."""
    await walk.submit_death(CASE, groups=["social_protection"])
    granted = walk.events[CASE, "funeral-allowance.granted"]
    assert (granted["vnd"], granted["decision"]) == (7_200_000, "1/QĐ-UBND-760")
    (payment,) = rows(tmp_path / "payout.db", "chi_tra")
    assert payment["noi_ra"] == "social-protection"
    assert rows(tmp_path / "social-insurance.db", "tro_cap_mai_tang") == []
    assert walk.states["social-insurance"][CASE] == {"soDinhDanh": DECEASED, "daMat": True}


async def test_a_death_filed_twice_is_refused(walk: Walk, tmp_path: Path) -> None:
    """The second case ends at stage 1, and nobody is paid twice."""
    await walk.submit_death(CASE)
    notice = {**DEATH_SUBMISSION["notice"], "number": "0B7K3.GBT.79024.23"}
    await walk.submit_death(OTHER, notice=notice)
    assert walk.events[OTHER, "death.registration.refused"]["reason"] == "duplicate_of"
    assert len(rows(tmp_path / "payout.db", "chi_tra")) == 1


async def test_the_citizen_sees_the_money_and_keeps_the_decision(walk: Walk) -> None:
    """By number, sum and address of the paper."""
    await walk.submit_death(CASE)
    states = {system: subjects.get(CASE, {}) for system, subjects in walk.states.items()}
    assert states["portal"]["dichVu"] == {"death": 10, "residence_removal": 10}
    decision = walk.events[CASE, "funeral-allowance.granted"]
    assert states["citizen-store"]["quyetDinh"]["so"] == decision["decision"]
    assert states["citizen-store"]["quyetDinh"]["uri"] == decision["document"]["uri"]
    assert set(states["notification"]["tinNhan"]) == {"processing", "completed"}


async def test_everybody_sees_only_what_they_need(walk: Walk, tmp_path: Path) -> None:
    """The police hold no bank account, insurance and payment no cause of death."""
    await walk.submit_death(CASE)
    account = DEATH_SUBMISSION["payout"]["account"]["number"]
    cause = DEATH_SUBMISSION["notice"]["cause"]
    kept = {
        system: orjson.dumps(
            [
                walk.states[system].get(CASE, {}),
                [row["record"] for row in rows(tmp_path / f"{system}.db", "dossiers")],
            ]
        ).decode()
        for system in DESKS
    }
    assert {system for system, text in kept.items() if account in text} == {
        "social-insurance",
        "payout",
    }
    assert {system for system, text in kept.items() if cause in text} == {
        "one-stop",
        "civil-status",
    }
