"""The health-insurance card."""

from typing import Final

from connectors.agencies.codes import SOCIAL_INSURANCE
from simulators.documents.forms.filling import Form, Row, day, insurer, moment, sex, slashed

CLOSING_HOUR: Final = "17:00"
"""Its register keeps the day only: the card was made out by then."""


def health_card(row: Row) -> Form:
    """*Thẻ bảo hiểm y tế*."""
    issued = moment(SOCIAL_INSURANCE, row["ngay_cap"], CLOSING_HOUR)
    card = row["ma_the"]
    values = {
        "insurance_number": row["so_bhxh"],
        "card": f"{card[:2]} {card[2]} {card[3:5]} {card[5:]}",
        "name": row["ho_ten"],
        "born": slashed(day(SOCIAL_INSURANCE, row["ngay_sinh"])),
        "sex": sex(SOCIAL_INSURANCE, row),
        "personal_id": row["so_dinh_danh"],
        "benefit": card[2],
        "facility": row["noi_kcb"],
        "valid_from": slashed(day(SOCIAL_INSURANCE, row["tu_ngay"])),
        "valid_to": slashed(day(SOCIAL_INSURANCE, row["den_ngay"])),
        **insurer(row["ma_tinh"], issued.date()),
    }
    return Form(
        template="health_card", issued=issued, title=f"Thẻ BHYT: {row['ho_ten']}", values=values
    )
