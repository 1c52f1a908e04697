"""Payments: each decision is paid once, and only an account can be closed."""

from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from connectors.runtime.agency import Request
from simulators.agencies import payout as module
from simulators.agencies.register import Register
from tests.simulators.agencies.asking import opened, outcome, outcomes, request, rows

CASE = "G22.99.09-230710-000001"
OTHER = "G22.99.09-230710-000002"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "payout.db"


@pytest.fixture
def desk(path: Path) -> Iterator[Register]:
    with closing(opened("payout", path)) as agency:
        yield agency


def payment(*, method: str = "account", case: str = CASE, attempt: int = 1, **data: Any) -> Request:
    changes = dict(data)
    if method != "account":
        changes["payout"] = {"method": method, "account": None}
    return request("payout", "payout.requested", case=case, attempt=attempt, data=changes)


async def test_a_payment_has_a_reference_of_its_own(desk: Register, path: Path) -> None:
    """The day and ten digits of the hash of case and attempt."""
    answer = await outcome(desk, payment())
    (row,) = rows(path, "chi_tra")
    assert row == answer.record
    number = int.from_bytes(sha256(f"{CASE}|1".encode()).digest()[:8], "big") % 10**10
    assert row["ma_giao_dich"] == f"FT230710{number:010}"
    assert (row["ngay_chi"], row["so_tien"]) == ("20230710", 18_000_000)
    assert (row["so_quyet_dinh"], row["noi_ra"]) == ("1/QĐ-BHXH-79", "social-insurance")
    assert row["gio_chi"] == answer.time.strftime("%H:%M:%S")


async def test_a_closed_account_sends_the_money_back(path: Path) -> None:
    """What came back is named; nothing was paid."""
    with closing(opened("payout", path, refusals={"pay": 1.0})) as desk:
        answer = await outcome(desk, payment())
    assert answer.result == "refused"
    assert answer.record == {
        "so_quyet_dinh": "1/QĐ-BHXH-79",
        "ngay_quyet_dinh": "20230712",
        "noi_ra": "social-insurance",
        "so_tien": 18_000_000,
        "hinh_thuc": "tai_khoan",
        "ly_do": "account_closed",
    }
    assert rows(path, "chi_tra") == []


@pytest.mark.parametrize("method", ["post", "cash"])
async def test_post_and_cash_desk_always_pay(method: str, path: Path) -> None:
    """There is nothing to be closed, whatever chance says."""
    with closing(opened("payout", path, refusals={"pay": 1.0})) as desk:
        closed, paid = await outcomes(desk, payment(), payment(method=method, attempt=2))
    assert (closed.result, paid.result) == ("refused", "done")
    (row,) = rows(path, "chi_tra")
    assert (row["ngan_hang"], row["so_tai_khoan"]) == (None, None)


async def test_a_decision_is_paid_once(desk: Register, path: Path) -> None:
    """Asked again it is the same payment; for another case's it is a duplicate, and a decision of
    another agency or year with the same number is another one."""
    first, again, elsewhere, theirs, later = await outcomes(
        desk,
        payment(),
        payment(method="cash", attempt=2),
        payment(case=OTHER),
        payment(case=OTHER, attempt=2, decider="social-protection"),
        payment(case=OTHER, attempt=3, decided_on="2024-01-10"),
    )
    assert again.record == first.record
    assert (elsewhere.result, elsewhere.record["ly_do"]) == ("refused", "duplicate_of")
    assert (theirs.result, later.result) == ("done", "done")
    assert [row["ma_lien_thong"] for row in rows(path, "chi_tra")] == [CASE, OTHER, OTHER]


async def test_references_that_collide_are_told_apart(
    desk: Register, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a number is taken on that day, the next free one is given."""
    monkeypatch.setattr(module, "REFERENCES", 3)
    await outcomes(
        desk, *(payment(case=f"{CASE}{n}", decision=f"{n}/QĐ-BHXH-79") for n in range(1, 4))
    )
    numbers = {row["ma_giao_dich"] for row in rows(path, "chi_tra")}
    assert numbers == {f"FT230710000000000{n}" for n in range(3)}
