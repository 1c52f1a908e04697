"""The citizens at the portal: they send the supplement that they are asked for, or never do.

Who is asked for another account takes the money in cash.
"""

import sqlite3
from datetime import datetime
from hashlib import sha256
from typing import ClassVar, Final

from connectors.agencies.codes import PAYOUT
from connectors.runtime.agency import Request
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.register import Chance, Desk, Verdict
from simulators.world import World

ACCOUNT: Final = "/payout/account"
"""What is missing where an account was closed."""


class Citizens(Desk):
    """One answer a question; the paper is named by case, service and question."""

    system: ClassVar = "portal"

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        """Citizens keep no table."""

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
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
