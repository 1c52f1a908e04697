"""The social-insurance connector: a card for a child under 6."""

from schemas.examples import example
from tests.connectors.agencies.delivery import answered, asked, delivered, said, told

CHILD = "079223000417"
ASKED = {
    "so_dinh_danh": CHILD,
    "ho_ten": "Nguyễn Minh An",
    "gioi_tinh": 1,
    "ngay_sinh": "20230708",
    "ho_ten_nyc": "Nguyễn Văn Bình",
    "so_dinh_danh_nyc": "079092004521",
    "ma_tinh": "79",
    "ma_xa": "26740",
    "noi_kcb": "79024",
    "han_tra": "13/07/2023 17:00:00",
}
STATE = {"soDinhDanh": CHILD, "maThe": None, "lyDo": None, "lan": 1}


def test_a_card_is_asked_for_in_the_insurers_own_words() -> None:
    """Sex 1 and 2, compact days, the facility of first treatment."""
    decision = told("social-insurance", delivered("health-card.requested", "social-insurance"))
    call = asked(decision)
    assert (call.step, call.record) == ("card", ASKED)
    assert decision.state == STATE


def test_an_issued_card_is_announced() -> None:
    """Number, validity, facility and the card itself by reference."""
    card = {
        **ASKED,
        "ma_the": "TE1797923004417",
        "tu_ngay": "20230708",
        "den_ngay": "20290930",
        "the_dien_tu": "urn:lienthong:BHYT:TE1797923004417",
        "sha256": "d" * 64,
    }
    decision = answered("social-insurance", "card", card, state=STATE)
    assert said(decision) == {"health-card.issued": example("health-card.issued").data()}
    assert decision.state == {**STATE, "maThe": "TE1797923004417"}


def test_a_refused_card_has_its_reason() -> None:
    """The refusal names the child and the reason."""
    record = {"so_dinh_danh": CHILD, "ly_do": "already_insured"}
    decision = answered("social-insurance", "card", record, state=STATE, result="refused")
    refusal = {"personal_id": CHILD, "reason": "already_insured"}
    assert said(decision) == {"health-card.refused": refusal}
    assert decision.state == {**STATE, "lyDo": "already_insured"}
