"""What officers did by hand, as it stands in the submissions file."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Order(NamedTuple):
    """One line of what an officer did."""

    case: str
    action: Mapping[str, Any] | None
    """None where somebody sent an event on purpose, and no officer acted."""
    events: tuple[Mapping[str, Any], ...]
    """`case.action.taken`, and what was said beside it in somebody else's stead; or one event."""

    @classmethod
    def parse(cls, line: Mapping[str, Any]) -> "Order":
        """The order in a line's JSON."""
        return cls(line["case"], line["action"], tuple(line["events"]))

    @property
    def id(self) -> str:
        """The id of its first event: a line that stands there twice is one order."""
        return str(self.events[0]["id"])
