"""The orchestrator, system `dvclt`: pure chains, written as tables.

`chain` says what a table is, `birth` holds the birth chain's, `case` what one input makes of a case
document, `orchestrator` looks up and does. docs/chains.md is drawn from the tables by `diagram`.
"""

from hub.orchestrator.orchestrator import Orchestrator

__all__ = ["Orchestrator"]
