"""What an agency answers when papers are missing: all that is missing at once, and until when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from connectors.agencies.codes import Dialect, local_of
from schemas.deadlines import deadline
from simulators.agencies.register import Verdict


def incomplete(
    key: Mapping[str, Any],
    missing: Sequence[str],
    decided: datetime,
    dialect: Dialect,
    by: str | None = None,
) -> Verdict:
    """The answer about the dossier of a natural key, with the day in the agency's own format.

    `by`: the system, if it keeps another calendar than offices do.
    """
    last = local_of(deadline("supplement", decided, by).due)
    record = {
        **key,
        "thieu": list(missing),
        "han_bo_sung": dialect.day.write(last),
        "gio_han": last[11:],
    }
    return Verdict(result="supplement", record=record)
