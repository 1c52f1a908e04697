"""Agencies whose answer is lost on the way: they have the request, and it is sent again."""

from collections.abc import Mapping, Sequence

from connectors.runtime.agency import Agency, AgencyUnavailable, Request
from connectors.runtime.handling import Outcome
from simulators.agencies.register import Register


class Losing:
    """The way to agencies whose answer to the first of some requests is lost."""

    def __init__(self, steps: Sequence[str]) -> None:
        self._steps: Mapping[str, set[str]] = {
            system: {s.partition("/")[2] for s in steps if s.partition("/")[0] == system}
            for system in {step.partition("/")[0] for step in steps}
        }

    def reach(self, system: str, agency: Register) -> Agency:
        """The agency itself, or one that loses its answers."""
        steps = self._steps.get(system)
        return agency if steps is None else _Lossy(agency, steps)


class _Lossy:
    """An agency that takes a request, and whose receipt for it never arrives; once a step."""

    def __init__(self, agency: Register, steps: set[str]) -> None:
        self._agency = agency
        self._left = set(steps)

    async def submit(self, requests: Sequence[Request]) -> None:
        await self._agency.submit(requests)
        lost = self._left & {request.step for request in requests}
        if lost:
            self._left -= lost
            raise AgencyUnavailable("client received SOAP Fault from server")

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        return await self._agency.collect(cursor, limit)

    async def ack(self, cursor: int) -> None:
        await self._agency.ack(cursor)
