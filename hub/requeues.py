"""Who sent which dead letter again, when and why: a file in the run's folder."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from connectors.runtime.manifest import RunFolder
from schemas.event import VN, to_text

_FILE = "requeues.jsonl"


def record_requeue(
    folder: RunFolder, letter: Mapping[str, Any], *, topic: str, by: str, why: str
) -> dict[str, Any]:
    """Write down that a letter's record is about to be sent again; what was written."""
    noted = {
        "letter": letter["letter"],
        "event": letter["event"],
        "subject": letter["headers"].get("ce_subject"),
        "topic": topic,
        "partition": letter["partition"],
        "by": by,
        "why": why,
        "at": to_text(datetime.now(VN)),
    }
    with (folder.path / _FILE).open("ab") as file:
        file.write(orjson.dumps(noted, option=orjson.OPT_APPEND_NEWLINE))
    return noted


def requeues_of(folder: RunFolder) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """What was sent again, by letter, in the order of time."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    path = folder.path / _FILE
    for line in path.read_bytes().splitlines() if path.is_file() else ():
        noted = orjson.loads(line)
        found[noted["letter"]].append(noted)
    return found
