"""What the citizen is told of a case: `case.status.changed`, and the status that it gives."""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.orchestrator.chain import Chain, Document

IN_PROCESS = 4
RETURNED = 10
"""The portal's statuses of what an agency has, and of a result that the citizen has."""


def roll_up(results: Sequence[str | None]) -> str:
    """The status of a case whose services all ended, the first service first.

    Stage 1 withdrawn: withdrawn. Refused at stage 1: refused. All done: completed. Else partly
    completed: what was registered stands, whatever the citizen withdrew later.
    """
    if results[0] != "done":
        return "withdrawn" if results[0] == "withdrawn" else "refused"
    return "completed" if all(result == "done" for result in results) else "partly_completed"


def status_message(chain: Chain, doc: Document) -> dict[str, Any]:
    """The payload of `case.status.changed` for a case as it stands.

    A done service is told as returned: the citizen has the result with this message, whether or
    not the one-stop has reported the return yet.
    """
    return {
        "chain": doc["chain"],
        "status": doc["status"],
        "services": [
            {
                "service": service,
                "status": RETURNED
                if chain.tables[service].states[entry["state"]].result == "done"
                else entry["status"],
                "reason": entry["reason"],
            }
            for service, entry in doc["services"].items()
        ],
        "province": doc["province"],
        "submitted": doc["submitted"],
        "due": doc["due"],
        "reason": doc["reason"],
        "apology": None,
    }


def late_message(
    chain: Chain, doc: Document, due: str, apology: Mapping[str, Any]
) -> dict[str, Any]:
    """The payload of `case.status.changed` for a case that was not ready when it was due.

    What was decided until then is told, the rest as in process: whatever has come since changes
    nothing of it. `due` is the new date.
    """
    message = {**status_message(chain, doc), "status": "processing", "reason": None}
    for told, entry in zip(message["services"], doc["services"].values(), strict=True):
        state = chain.tables[told["service"]].states[entry["state"]]
        if state.result is None or entry["since"] > apology["due"]:
            told |= {"status": IN_PROCESS, "reason": None}
    return {**message, "due": due, "apology": apology}
