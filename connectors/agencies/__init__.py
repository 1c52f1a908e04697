"""One connector a system: translates that agency's own records and codes to events and back.

`codes` holds the formats and codes of the agencies as data, `people` and `payments` how people and
what is paid to them stand in their records, `defects` what they find missing; `funeral_allowance`
is what two of them do alike, `residence_applications` what can be asked of the police; every other
module is one system.
"""

from typing import Final

from connectors.agencies import (
    citizen_store,
    civil_status,
    health_facility,
    monitoring,
    notification,
    one_stop,
    payout,
    population,
    portal,
    residence,
    social_insurance,
    social_protection,
    vneid,
)
from connectors.runtime.sdk import Connector

CONNECTORS: Final[dict[str, Connector]] = {
    module.connector.system: module.connector
    for module in (
        health_facility,
        portal,
        one_stop,
        civil_status,
        population,
        residence,
        vneid,
        social_insurance,
        social_protection,
        payout,
        notification,
        citizen_store,
        monitoring,
    )
}
"""Every system's connector by its name, in the order of the chain; dvclt has its own."""
