"""The VNeID connector: a question to a household head and its answer."""

import pytest

from tests.connectors.agencies.delivery import answered, asked, delivered, said, told

HEAD = "079063000238"


def test_the_question_reaches_the_heads_phone() -> None:
    """The head reads whose child moves where, who asks, and until when to answer."""
    decision = told("vneid", delivered("consent.requested", "vneid"))
    call = asked(decision)
    assert call.step == "consent"
    assert call.record == {
        "so_dinh_danh": HEAD,
        "ho_ten": "Nguyễn Văn Hùng",
        "ho_ten_tre": "Nguyễn Minh An",
        "ho_ten_nyc": "Nguyễn Văn Bình",
        "so_dinh_danh_nyc": "079092004521",
        "dia_chi": "12 Ngô Đức Kế, Phường Bến Nghé, Quận 1",
        "han_tra_loi": "17/07/2023 14:05:31",
    }
    assert decision.state == {"soDinhDanh": HEAD, "dongY": None}


@pytest.mark.parametrize(
    ("agreed", "result", "name"),
    [(1, "done", "consent.given"), (0, "refused", "consent.declined")],
)
def test_the_answer_goes_to_the_police(agreed: int, result: str, name: str) -> None:
    """A yes and a no are two event types with the same content."""
    record = {"so_dinh_danh": HEAD, "dong_y": agreed}
    decision = answered(
        "vneid", "consent", record, state={"soDinhDanh": HEAD, "dongY": None}, result=result
    )
    assert said(decision) == {name: {"by": HEAD, "method": "vneid"}}
    assert decision.state == {"soDinhDanh": HEAD, "dongY": agreed == 1}


def test_the_account_of_somebody_who_died_is_locked() -> None:
    """Who and when is all that VNeID hears."""
    decision = told("vneid", delivered("death.registered", "vneid"))
    call = asked(decision)
    assert call.step == "lock"
    assert call.record == {
        "so_dinh_danh": "079050001873",
        "ngay_mat": "09/07/2023",
        "gio_mat": "03:15",
    }
    assert decision.state == {"soDinhDanh": "079050001873", "khoa": True}
