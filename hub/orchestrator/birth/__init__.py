"""The birth chain: birth → permanent residence → health-insurance card.

One table a service (`registration`, `residence`, `health_card`). Read a column as a sentence: when
this arrives, in these states, do that. Facts stand: what contradicts a decision is parked for an
officer and never undoes the decision; publishers are not ordered among each other, so every order
that can happen leads to the same end.
"""

from hub.orchestrator.birth.columns import SPLIT
from hub.orchestrator.birth.intake import TABLES, open_case
from hub.orchestrator.chain import Chain

CHAIN = Chain(name="birth", tables=TABLES, split=SPLIT)

__all__ = ["CHAIN", "TABLES", "open_case"]
