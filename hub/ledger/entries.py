"""What the register of civil status rules of an entry, because another case has one.

Which of two cases came first is in no model: it is read from the register.
"""

from collections.abc import Mapping

from hub.ledger.chains import CHAINS, chain_of
from hub.ledger.course import Submission
from hub.ledger.draws import QUESTIONS, World
from hub.ledger.evidence import Evidence
from hub.ledger.suspicion import Order, suspected
from hub.ledger.walk import Ruled

Key = tuple[str, str]
"""Chain and natural key."""


class Entries:
    """The entries of all cases of a run; `order` says in which order dossiers were written."""

    def __init__(
        self,
        world: World,
        evidence: Evidence,
        submissions: Mapping[str, Submission],
        order: Order,
    ) -> None:
        self._world = world
        self._evidence = evidence
        self._owners = self._find_owners(submissions)
        self.suspected = suspected(world, evidence, submissions, order)
        """Case → at which attempt its family has to explain the child."""

    def ruled(self, submission: Submission) -> Ruled:
        """What is ruled of a case."""
        return Ruled(self._refused(submission), self.suspected.get(submission.case))

    def _find_owners(self, submissions: Mapping[str, Submission]) -> dict[Key, str]:
        """Under which case a key is entered: by the register of civil status, else the dossier."""
        owners: dict[Key, str] = {}
        keys = {code: _key(one) for code, one in submissions.items()}
        for code, key in keys.items():
            entry = CHAINS[key[0]].entry
            if self._evidence.row(code, entry.table).get(entry.column) == key[1]:
                owners.setdefault(key, code)
        for code, key in keys.items():
            if self._evidence.dossier(code, CHAINS[key[0]].entry.step).get("ket_qua") == "done":
                owners.setdefault(key, code)
        return owners

    def _refused(self, submission: Submission) -> dict[int, str]:
        """At which attempt civil status refused a case whose entry is under another one.

        What the hash says of a case may have come before or after the other one's entry.
        """
        case, key = submission.case, _key(submission)
        if self._owners.get(key, case) == case:
            return {}
        step, refused = CHAINS[key[0]].entry.step, {}
        for attempt in range(1, QUESTIONS + 2):
            draw = self._world.draw(case, step, attempt)
            said = self._evidence.attempt(case, step, attempt)
            result = "supplement" if attempt == self.suspected.get(case) else draw.result
            drawn = (result, draw.reason if draw.refused else None)
            if result == "done" or drawn != (said.get("ket_qua"), said.get("ly_do")):
                refused[attempt] = "duplicate_of"
        return refused


def _key(submission: Submission) -> Key:
    chain = chain_of(submission.payload)
    return chain.name, chain.entry.of(submission.payload)
