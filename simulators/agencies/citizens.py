"""The citizens at the portal: they send the supplement that they are asked for, or never do.

Who is asked for another account takes the money in cash. Who is sent the draft of a birth
certificate agrees with it, has it put right, or says nothing.
"""

import sqlite3
from datetime import datetime
from hashlib import sha256
from typing import ClassVar, Final

from connectors.agencies.codes import PAYOUT
from connectors.agencies.portal import CERTIFICATE
from connectors.runtime.agency import Request
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.register import Chance, Desk, Verdict
from simulators.world import World

ACCOUNT: Final = "/payout/account"
"""What is missing where an account was closed."""
REMARKS: Final = {
    "que_quan": "Bản điện tử ghi thiếu tên xã trong quê quán của trẻ.",
    "dan_toc": "Bản điện tử ghi sai dân tộc của người mẹ so với tờ khai.",
}
"""What is wrong in a draft, by the reasons in the world: slips of who typed it."""


class Citizens(Desk):
    """One answer a question; the paper is named by case, service and question."""

    system: ClassVar = "portal"

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        """Citizens keep no table."""

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        if request.step == CERTIFICATE:
            return _checked(request, chance.refusal)
        paper = f"doc:supplement/{request.subject}/{request.step}-{request.attempt}"
        record = {
            "dich_vu": request.step,
            "lan": request.attempt,
            "giay_to": paper,
            "sha256": sha256(paper.encode()).hexdigest(),
        }
        if ACCOUNT in request.record["thieu"]:
            record["cach_nhan"] = PAYOUT.write["cash"]
        return Verdict(result="done", record=record)


def _checked(request: Request, wrong: str | None) -> Verdict:
    record = {
        "lan": request.attempt,
        "dong_y": int(wrong is None),
        "y_kien": None if wrong is None else REMARKS[wrong],
    }
    return Verdict(result="done" if wrong is None else "refused", record=record, reason=wrong)
