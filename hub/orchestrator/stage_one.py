"""The service for which the others of its chain wait."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.orchestrator.chain import IGNORE, OTHERWISE, Apply, Ask, Column, State
from hub.orchestrator.columns import after_end


@dataclass(frozen=True, slots=True, kw_only=True)
class StageOne:
    """A chain's first service, as the others see it."""

    service: str
    vi: str
    """What it is about, as in "Chờ khai sinh"."""
    en: str
    done: str
    """The event that it is done, with `hub.orchestrator.variants.FACT`."""
    refused: str

    @property
    def waiting(self) -> State:
        """The state of a service that waits for it."""
        vi, en, reason = f"Chờ {self.vi}", f"waits for the {self.en}", f"{self.service}_first"
        return State("waiting", vi, en, 1, waits=reason, after=self.service)

    @property
    def stopped(self) -> State:
        """The state of a service that waited for it in vain."""
        vi, en = f"Dừng vì {self.vi} bị từ chối", f"stopped: {self.en} refused"
        return State("stopped", vi, en, 8, result="stopped")

    def columns(self, later: Sequence[State] = ()) -> dict[str, Column]:
        """What becomes of a service that waits for it, in a `later` state for something else too.

        That is asked for when something else is.
        """
        ask, stop = Ask("requested"), Apply("stopped")
        return {
            **after_end(
                self.service,
                waiting=" ".join(state.name for state in (self.waiting, *later)),
                decided={self.done: ask, self.refused: stop},
                ended=stop,
                facts=(self.done,),
            ),
            self.done: {self.waiting.name: ask, OTHERWISE: IGNORE},
        }
