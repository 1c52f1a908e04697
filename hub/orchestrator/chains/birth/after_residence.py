"""What both cards of a child have in common: in strict sequence they follow the residence.

Otherwise they go in parallel with it. Which of the two is decided at intake, by the state in which
the service starts; the residence may have ended with or without success.
"""

from typing import Final

from hub.orchestrator.chain import Ask, Column, State
from hub.orchestrator.columns import after_end

AFTER_RESIDENCE: Final = State(
    "waiting_for_residence",
    "Chờ kết thúc thường trú",
    "waits for the residence",
    1,
    waits="residence_first",
    after="residence",
)
_DECISIONS: Final = ("residence.registered", "residence.registration.refused")


def after_residence() -> dict[str, Column]:
    """What the end of the residence makes of a card that waits for it."""
    return after_end(
        "residence",
        waiting=AFTER_RESIDENCE.name,
        decided=dict.fromkeys(_DECISIONS, Ask("requested")),
        ended=Ask("requested"),
        facts=_DECISIONS,
    )
