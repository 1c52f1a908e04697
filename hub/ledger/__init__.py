"""The independent verifier: reads a finished run's files and says what is lost, doubled or wrong.

It knows nothing of the programs that it judges. `model` follows a case to its end by itself,
`registers`, `states` and `speech` say what must stand in every row and event, `evidence` reads what
stands there, `casecheck` and `leftovers` compare. docs/ledger.md tells what that proves.
"""

from hub.ledger.report import Finding, Report
from hub.ledger.verify import verify

__all__ = ["Finding", "Report", "verify"]
