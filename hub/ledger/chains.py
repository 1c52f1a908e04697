"""The chains that the ledger knows."""

from collections.abc import Mapping
from typing import Any, Final

from hub.ledger.birth import BIRTH
from hub.ledger.chain import Chain
from hub.ledger.death import DEATH
from hub.ledger.stay import STAY

CHAINS: Final = {chain.name: chain for chain in (BIRTH, DEATH, STAY)}


def chain_of(payload: Mapping[str, Any]) -> Chain:
    """The chain of a submission."""
    return CHAINS[payload["chain"]]
