"""Where the agencies of a death sit: at the last residence, unless the case names another place.

The police of the permanent residence remove it, and an allowance is decided where whoever paid or
insured the deceased is; the register of deaths is the last residence's.
"""

from collections.abc import Mapping
from typing import Any

RESIDENCE, OFFICE = "permanent_residence", "allowance_office"
WRONG = {RESIDENCE: "wrong_place_of_residence", OFFICE: "wrong_place_of_allowance"}
"""Place that a case can name → why it is refused where its commune lies in another province."""
_OF_SERVICES = {
    "residence_removal": RESIDENCE,
    "insurance_allowance": OFFICE,
    "social_allowance": OFFICE,
}
_OF_STEPS = {
    "residence/remove": RESIDENCE,
    "social-insurance/allowance": OFFICE,
    "social-protection/allowance": OFFICE,
}


def addressed(payload: Mapping[str, Any], what: str) -> Mapping[str, Any]:
    """The place whose affair a service or a step is; of a residence with its `address`."""
    named = payload.get((_OF_SERVICES | _OF_STEPS).get(what, ""))
    return named or payload
