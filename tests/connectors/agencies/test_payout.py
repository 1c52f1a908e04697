"""The payout connector: it pays what was granted, and says how that went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.agencies.payments import payment_fields, payment_of
from schemas.examples import example
from tests.connectors.agencies.delivery import answered, asked, delivered, said, told

ASKED = {
    "so_quyet_dinh": "1/QĐ-BHXH-79",
    "ngay_quyet_dinh": "20230712",
    "noi_ra": "social-insurance",
    "so_tien": 18_000_000,
    "ho_ten_nhan": "Lê Thị Mai",
    "so_dinh_danh_nhan": "079183006614",
    "quan_he_nhan": "con",
    "hinh_thuc": "tai_khoan",
    "ngan_hang": "Vietcombank",
    "so_tai_khoan": "0071000123456",
}
STATE = {
    "soQuyetDinh": "1/QĐ-BHXH-79",
    "ngayQuyetDinh": "20230712",
    "noiRa": "social-insurance",
    "trangThai": "CHO_CHI",
    "lan": 1,
}


def test_a_payment_names_decision_payee_and_account() -> None:
    """The decision's number, its day and who made it are the payment's own key."""
    decision = told("payout", delivered("payout.requested", "payout"))
    call = asked(decision)
    assert (call.step, call.attempt, call.record) == ("pay", 1, ASKED)
    assert decision.state == STATE


def test_a_second_way_to_be_paid_is_the_second_attempt() -> None:
    """By post there is no account."""
    post = {"payout": {"method": "post", "account": None}}
    failed = {**STATE, "trangThai": "LOI"}
    again = told("payout", delivered("payout.requested", "payout", data=post, id="2"), failed)
    call = asked(again)
    assert (call.attempt, again.state) == (2, {**STATE, "lan": 2})
    assert call.record == {
        **ASKED,
        "hinh_thuc": "buu_dien",
        "ngan_hang": None,
        "so_tai_khoan": None,
    }


def test_a_payment_that_was_made_is_announced() -> None:
    """With its reference and moment."""
    record = {
        **ASKED,
        "ma_giao_dich": "FT23193000417",
        "ngay_chi": "20230712",
        "gio_chi": "15:10:00",
        "ma_lien_thong": "G22.99.09-230710-000470",
    }
    decision = answered("payout", "pay", record, state=STATE)
    assert said(decision) == {"payout.made": example("payout.made").data()}
    assert decision.state == {**STATE, "trangThai": "DA_CHI"}


def test_a_payment_that_came_back_says_why() -> None:
    """To the agency that decided, whose decision stands, and to dvclt."""
    kept = ("so_quyet_dinh", "ngay_quyet_dinh", "noi_ra", "so_tien", "hinh_thuc")
    record = {**{name: ASKED[name] for name in kept}, "ly_do": "account_closed"}
    decision = answered("payout", "pay", record, state=STATE, result="refused")
    assert said(decision) == {"payout.failed": example("payout.failed").data()}
    assert decision.state == {**STATE, "trangThai": "LOI"}


payees = st.fixed_dictionaries(
    {
        "name": st.text(min_size=1, max_size=40),
        "personal_id": st.from_regex("[0-9]{12}", fullmatch=True),
        "relation": st.sampled_from(
            ["spouse", "child", "parent", "sibling", "grandchild", "other"]
        ),
    }
)
accounts = st.fixed_dictionaries(
    {"bank": st.text(min_size=1), "number": st.from_regex("[0-9]{6,19}", fullmatch=True)}
)
payouts = st.one_of(
    st.fixed_dictionaries({"method": st.just("account"), "account": accounts}),
    st.fixed_dictionaries({"method": st.sampled_from(["post", "cash"]), "account": st.none()}),
)


@given(payee=payees, payout=payouts)
def test_payee_and_payment_come_back(payee: dict[str, str], payout: dict[str, object]) -> None:
    """Whoever writes them down reads the same."""
    assert payment_of(payment_fields(payee, payout)) == {"payee": payee, "payout": payout}


@pytest.mark.parametrize("method", ["post", "cash"])
def test_only_a_transfer_has_an_account(method: str) -> None:
    """Neither bank nor number."""
    record = payment_fields(
        example("payout.requested").data()["payee"], {"method": method, "account": None}
    )
    assert record["ngan_hang"] is record["so_tai_khoan"] is None
