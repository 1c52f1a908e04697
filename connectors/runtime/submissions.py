"""The file `submissions.jsonl` of a run: what was handed in, and what officers did, a line each.

Written before anything of it is sent, so that the ledger knows what must exist.
"""

from collections.abc import Sequence
from typing import Any, Final

import orjson

from connectors.runtime.manifest import RunFolder
from schemas.event import Event, to_text


def record_submission(
    file: Any,
    case: str,
    submitted: Event,
    withdrawal: Event | None = None,
    notice: Event | None = None,
) -> None:
    """Write one line of `submissions.jsonl`; the caller flushes before it sends."""
    line = {"case": case, **_as_sent(submitted)}
    if withdrawal is not None:
        line["withdrawal"] = _as_sent(withdrawal)
    if notice is not None:
        line["notice"] = _as_sent(notice)
    file.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))


ACTION_LINE: Final = b'{"action":'
"""How a line of `submissions.jsonl` begins that is no submission, but what an officer did."""


def record_action(file: Any, case: str, events: Sequence[Event]) -> dict[str, Any]:
    """Write what an officer is about to do as a line of `submissions.jsonl`; what it says.

    The first of the events is `case.action.taken`, a second one what is said beside it; an event
    that somebody sends on purpose without any officer stands there alone, with no action. The
    caller flushes before it sends.
    """
    said = [
        {"system": e.system, "name": e.name, "causationid": e.causationid, **_as_sent(e)}
        for e in events
    ]
    officer = events[0].name == "case.action.taken"
    action = orjson.Fragment(events[0].payload) if officer else None
    line = {"action": action, "case": case, "events": said}
    written = orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
    file.write(written)
    found: dict[str, Any] = orjson.loads(written)
    return found


def actions_recorded(folder: RunFolder, case: str) -> list[dict[str, Any]]:
    """The lines of what officers did with a case, in their order."""
    wanted = orjson.dumps(case)
    if not folder.submissions.is_file():
        return []
    with folder.submissions.open("rb") as file:
        lines = (line for line in file if line.startswith(ACTION_LINE) and wanted in line)
        return [found for line in lines if (found := orjson.loads(line))["case"] == case]


def _as_sent(event: Event) -> dict[str, Any]:
    payload = orjson.Fragment(event.payload)
    return {"id": event.id, "time": to_text(event.time), "payload": payload}
