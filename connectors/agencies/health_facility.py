"""Health facilities: they make out the notice of a birth or a death that a case begins with.

Nobody asks them for anything, so they only speak; what the hub rejects of that, an officer sees.
"""

from typing import Final

from connectors.runtime.sdk import Connector

connector: Final = Connector("health-facility")
