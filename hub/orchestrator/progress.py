"""The one-stop's progress codes and the order that they must keep.

1 received · 3 accepted · 7 passed to the justice officer · 4 registered · 5 result returned ·
6 refused; 2 asks for a supplement and may stand anywhere after 1. The compulsory order is
1→3→7→4→5; another is "logic xử lý không hợp lệ".
"""

from collections.abc import Sequence

SUPPLEMENT_CODE = 2

_ORDERS = {
    (1,): "received",
    (1, 3): "received",
    (1, 3, 7): "passed",
    (1, 3, 7, 4): "registered",
    (1, 3, 7, 4, 5): "returned",
    (1, 6): "refused",
    (1, 3, 6): "refused",
    (1, 3, 7, 6): "refused",
}

DISORDERED = "disordered"
SUPPLEMENT = "supplement"
PROGRESS = (*dict.fromkeys(_ORDERS.values()), SUPPLEMENT, DISORDERED)
"""What a list of codes can say."""


def progress(codes: Sequence[int]) -> str:
    """What a cumulative list of codes says, by its last code; `disordered` for a wrong order."""
    said = _ORDERS.get(tuple(codes))
    if said is not None:
        return said
    said = _ORDERS.get(tuple(code for code in codes if code != SUPPLEMENT_CODE), DISORDERED)
    if said == DISORDERED or codes[0] == SUPPLEMENT_CODE:
        return DISORDERED
    return SUPPLEMENT if codes[-1] == SUPPLEMENT_CODE else said
