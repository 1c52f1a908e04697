"""A library of real failures of the linked services, each played on a whole country and checked.

`births`, `certificates`, `duplicates`, `refusals`, `waiting`, `offices`, `dates`, `handover`,
`merged_units`, `lost_results`, `catalogues`, `exchange`, `interface`, `agency_ids`, `papers`,
`identity_cards`, `deaths`, `payments` and `stays` are the table; `playing` plays one scenario in
memory, `facts` reads what came of it, `checking` holds that against the values typed by hand from
the sources. docs/scenarios.md lists them; `python -m simulators.scenarios.document` writes it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from simulators.scenarios.agency_ids import AGENCY_IDS
from simulators.scenarios.births import BIRTHS
from simulators.scenarios.catalogues import CATALOGUES
from simulators.scenarios.certificates import CERTIFICATES
from simulators.scenarios.dates import DATES
from simulators.scenarios.deaths import DEATHS
from simulators.scenarios.duplicates import DUPLICATES
from simulators.scenarios.exchange import EXCHANGE
from simulators.scenarios.handover import HANDOVER
from simulators.scenarios.identity_cards import IDENTITY_CARDS
from simulators.scenarios.interface import INTERFACE
from simulators.scenarios.lost_results import LOST_RESULTS
from simulators.scenarios.merged_units import MERGED_UNITS
from simulators.scenarios.offices import OFFICES
from simulators.scenarios.papers import PAPERS
from simulators.scenarios.payments import PAYMENTS
from simulators.scenarios.refusals import REFUSALS
from simulators.scenarios.scenario import Scenario
from simulators.scenarios.stays import STAYS
from simulators.scenarios.waiting import WAITING

SCENARIOS: Final[Mapping[str, Scenario]] = MappingProxyType(
    {
        one.name: one
        for group in (
            *(BIRTHS, CERTIFICATES, DUPLICATES, REFUSALS, WAITING, OFFICES, DATES, HANDOVER),
            *(MERGED_UNITS, LOST_RESULTS, CATALOGUES, EXCHANGE, INTERFACE, AGENCY_IDS, PAPERS),
            *(IDENTITY_CARDS, DEATHS, PAYMENTS, STAYS),
        )
        for one in group
    }
)
