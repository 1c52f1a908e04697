"""Why a record does not pass."""

_LONGEST = 500
"""Characters of a pointer: a sender's key may be as long as its payload."""


class Rejected(Exception):
    """A record that does not pass: `reason` is a code of `schemas.reasons.REJECTIONS`."""

    def __init__(self, reason: str, pointer: str = "", detail: str = "") -> None:
        super().__init__(f"{reason} {pointer[:_LONGEST]} {detail}".strip())
        while len(pointer) > _LONGEST:  # then it names the object around
            pointer = pointer.rpartition("/")[0]
        self.reason = reason
        self.pointer = pointer
        """JSON pointer into the payload, or the name of the header."""
        self.detail = detail
        """What exactly was found, for people."""


def pointer(*parts: object) -> str:
    """The JSON pointer to a place (RFC 6901, section 3)."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)
