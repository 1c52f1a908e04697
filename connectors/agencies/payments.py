"""Who is paid an allowance and how, as it stands in the records of those who grant and pay it."""

from collections.abc import Mapping
from typing import Any

from connectors.agencies.codes import PAYEE, PAYOUT
from connectors.agencies.people import Record, person_fields


def payment_fields(payee: Mapping[str, Any], payout: Mapping[str, Any]) -> Record:
    """The payee (`_nhan`, *người nhận*), the way of payment, and the account if there is one."""
    account = payout["account"] or {"bank": None, "number": None}
    return {
        **person_fields(payee, "nhan"),
        "quan_he_nhan": PAYEE.write[payee["relation"]],
        "hinh_thuc": PAYOUT.write[payout["method"]],
        "ngan_hang": account["bank"],
        "so_tai_khoan": account["number"],
    }


def payment_of(record: Mapping[str, Any]) -> Record:
    """`payee` and `payout` as events have them, the inverse of `payment_fields`."""
    bank, number = record["ngan_hang"], record["so_tai_khoan"]
    return {
        "payee": {
            "name": record["ho_ten_nhan"],
            "personal_id": record["so_dinh_danh_nhan"],
            "relation": PAYEE.read[record["quan_he_nhan"]],
        },
        "payout": {
            "method": PAYOUT.read[record["hinh_thuc"]],
            "account": None if bank is None else {"bank": bank, "number": number},
        },
    }
