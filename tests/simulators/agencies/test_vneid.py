"""Answers of household heads, and locked accounts."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.simulators.agencies.asking import CASE, OTHER, opened, outcome, outcomes, request, rows


@pytest.mark.parametrize(("declines", "result", "agreed"), [(0.0, "done", 1), (1.0, "refused", 0)])
async def test_a_yes_and_a_no_are_both_kept(
    tmp_path: Path, declines: float, result: str, agreed: int
) -> None:
    """The answer stands with who was asked, about whom, and when."""
    path = tmp_path / "vneid.db"
    with closing(opened("vneid", path, refusals={"consent": declines})) as agency:
        answer = await outcome(agency, request("vneid", "consent.requested"))
    (row,) = rows(path, "dong_y")
    assert (answer.result, answer.record) == (result, row)
    assert row == {
        "ma_lien_thong": CASE,
        "so_dinh_danh": "079063000238",
        "ho_ten": "Nguyễn Văn Hùng",
        "ho_ten_tre": "Nguyễn Minh An",
        "ho_ten_nyc": "Nguyễn Văn Bình",
        "so_dinh_danh_nyc": "079092004521",
        "dia_chi": "12 Ngô Đức Kế, Phường Bến Nghé, Quận 1",
        "ngay_hoi": "10/07/2023 08:00:00",
        "han_tra_loi": "17/07/2023 14:05:31",
        "dong_y": agreed,
        "ngay_tra_loi": answer.time.strftime("%d/%m/%Y %H:%M:%S"),
    }


async def test_a_head_answers_a_case_once() -> None:
    """Asked again in the same case, the first answer stands."""
    with closing(opened("vneid", refusals={"consent": 0.5})) as agency:
        first = await outcome(agency, request("vneid", "consent.requested"))
        for attempt in range(2, 8):
            again = await outcome(agency, request("vneid", "consent.requested", attempt=attempt))
            assert (again.result, again.record) == (first.result, first.record)


async def test_an_account_is_locked_once(tmp_path: Path) -> None:
    """It takes effect at once and has no outcome; another case can't lock it again."""
    path = tmp_path / "vneid.db"
    with closing(opened("vneid", path)) as agency:
        first = request("vneid", "death.registered")
        assert await outcomes(agency, first, request("vneid", "death.registered", case=OTHER)) == []
    assert rows(path, "khoa_tai_khoan") == [
        {
            "so_dinh_danh": "079050001873",
            "ngay_mat": "09/07/2023",
            "gio_mat": "03:15",
            "ma_lien_thong": CASE,
        }
    ]
    dossiers = [(row["result"], row["reason"]) for row in rows(path, "dossiers")]
    assert dossiers == [("done", None), ("refused", "duplicate_of")]
