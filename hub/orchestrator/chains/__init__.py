"""The linked services that dvclt runs: every module or package here has a `CHAIN`.

A new chain is a new module, and nothing else of the hub changes for it.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from hub.orchestrator import labels
from hub.orchestrator.chain import Chain, ChainError, Table


def _discovered() -> Iterator[Chain]:
    for module in iter_modules(__path__):
        chain = import_module(f"{__name__}.{module.name}").CHAIN
        assert isinstance(chain, Chain)
        yield chain


CHAINS = {chain.name: chain for chain in _discovered()}
"""The chains by name, as a submission names them."""

TABLES: dict[str, Table] = {}
"""The services of all chains, whose names they share with none."""
for _chain in CHAINS.values():
    if twice := TABLES.keys() & _chain.tables.keys():
        raise ChainError(f"{_chain.name}: another chain has {', '.join(sorted(twice))}")
    TABLES |= _chain.tables

WAITING = {code: text for chain in CHAINS.values() for code, text in chain.waits.items()}
"""Why a service waits, in all chains."""

PARKING = labels.PARKING | {c: text for chain in CHAINS.values() for c, text in chain.parks.items()}
"""Why an event waits for an officer, in all chains."""
