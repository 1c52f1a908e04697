"""Who may come in at the face of the real systems: one account, its token, and from where."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from secrets import token_urlsafe
from typing import Final, Self

from fastapi import Request

LOOPBACK: Final = ("127.0.0.0/8", "::1/128")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a province is given when it is connected."""

    user: str
    password: str
    token: str
    province: str | None = None
    """Whose dossiers it may see, by the code on the day it was connected; None: everybody's."""
    networks: Sequence[str] = LOOPBACK
    """The addresses from which it may come, in CIDR notation."""

    @classmethod
    def fresh(cls, user: str, province: str | None = None, *, allow: Sequence[str] = ()) -> Self:
        """An account with a password and a token that nobody had before.

        `allow` are networks beside this machine itself.
        """
        return cls(
            user=user,
            password=token_urlsafe(9),
            token=token_urlsafe(24),
            province=province,
            networks=(*LOOPBACK, *allow),
        )

    def knows(self, user: str, password: str) -> bool:
        """Whether these are its credentials."""
        right_user = hmac.compare_digest(user.encode(), self.user.encode())
        return hmac.compare_digest(password.encode(), self.password.encode()) and right_user

    def holds(self, request: Request) -> bool:
        """Whether a request has its Bearer token."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and hmac.compare_digest(
            token.strip().encode(), self.token.encode()
        )

    def admits(self, request: Request) -> bool:
        """Whether a request comes from one of its networks."""
        if request.client is None:
            return False
        try:
            address = ip_address(request.client.host)
        except ValueError:
            return False
        return any(address in ip_network(network) for network in self.networks)
