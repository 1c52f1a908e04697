"""What the examples of every chain share: the place, the date promised, a paper."""

from collections.abc import Mapping
from typing import Any, Final

Payloads = Mapping[str, Mapping[str, Any]]
AGENCY: Final = "H29.760.26740"
COMMUNE: Final = "26740"
ADDRESS: Final = "12 Ngô Đức Kế, Phường Bến Nghé, Quận 1"
DUE: Final = "2023-07-13T17:00:00+07:00"


def document(kind: str, uri: str, digit: str) -> dict[str, str]:
    """A paper of a kind in the citizen store; `digit` makes up its SHA-256."""
    return {"kind": kind, "uri": f"urn:lienthong:{uri}", "sha256": digit * 64}
