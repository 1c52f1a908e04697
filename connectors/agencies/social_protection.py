"""Social protection and merit at the commune: monthly allowances, and funeral costs.

It decides for all groups but the insured. Its state is that of `funeral_allowance`.
"""

from typing import Final

from connectors.agencies.codes import SOCIAL_PROTECTION
from connectors.agencies.funeral_allowance import FuneralAllowance
from connectors.runtime.sdk import Connector

connector: Final = Connector("social-protection")

FuneralAllowance(connector.system, SOCIAL_PROTECTION).attach(connector)
