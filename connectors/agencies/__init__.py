"""One connector a system: translates that agency's own records and codes to events and back.

`codes` holds the formats and codes of the agencies as data, `people` how people stand in their
records; every other module is one system.
"""

from typing import Final

from connectors.agencies import (
    citizen_store,
    civil_status,
    monitoring,
    notification,
    one_stop,
    population,
    portal,
    residence,
    social_insurance,
    vneid,
)
from connectors.runtime.sdk import Connector

CONNECTORS: Final[dict[str, Connector]] = {
    module.connector.system: module.connector
    for module in (
        portal,
        one_stop,
        civil_status,
        population,
        residence,
        vneid,
        social_insurance,
        notification,
        citizen_store,
        monitoring,
    )
}
"""Every system's connector by its name, in the order of the chain; dvclt has its own."""
