"""The orchestrator, system `dvclt`: pure chains, written as tables.

`chain` says what a table is, `chains` holds one module or package for each, `case` what one input
makes of a case document, `orchestrator` looks up and does. What chains share stands in `intake`,
`columns`, `actions`, `variants` and `registration`; `building` refuses a chain with a hole.
docs/chains.md is drawn from the tables by `diagram`.
"""

from hub.orchestrator.orchestrator import Orchestrator

__all__ = ["Orchestrator"]
