"""What stands on each paper: from an agency's row, in its codes, to what a citizen reads.

Each form takes the row of an agency's register and gives the values of a template. What every paper
has (address, case, hash) `simulators.documents.rendering` adds.
"""

from collections.abc import Callable
from typing import Final

from simulators.agencies.documents import Paper
from simulators.documents.forms import residence
from simulators.documents.forms.allowances import allowance_decision
from simulators.documents.forms.civil_status import birth_certificate, death_extract
from simulators.documents.forms.filling import Form, Row
from simulators.documents.forms.health_card import health_card
from simulators.documents.forms.identity_card import identity_card

FORMS: Final[dict[Paper, Callable[[Row], Form]]] = {
    "birth_certificate": birth_certificate,
    "death_extract": death_extract,
    "health_card": health_card,
    "identity_card": identity_card,
    "allowance_decision": allowance_decision,
    **residence.FORMS,
}
