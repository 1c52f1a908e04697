"""Vietnam Social Security (*BHXH*): health-insurance cards, and the allowance for an insured death.

Its state of a birth: `soDinhDanh` (the child), then `maThe` (the card) or `lyDo` (why it was
refused), and `lan`: how often dvclt has asked. Of a death it is that of `funeral_allowance`.
"""

from collections.abc import Mapping
from typing import Any, Final

from connectors.agencies.cards import Card, offer
from connectors.agencies.codes import SOCIAL_INSURANCE
from connectors.agencies.funeral_allowance import FuneralAllowance
from connectors.agencies.people import Record
from connectors.runtime.sdk import Connector

connector: Final = Connector("social-insurance")

FuneralAllowance(connector.system, SOCIAL_INSURANCE).attach(connector)


def _issued(record: Mapping[str, Any]) -> Record:
    return {
        "card": record["ma_the"],
        "valid_from": SOCIAL_INSURANCE.day.read(record["tu_ngay"]),
        "valid_to": SOCIAL_INSURANCE.day.read(record["den_ngay"]),
        "treatment_facility": record["noi_kcb"],
        "document": {
            "kind": "health_card",
            "uri": record["the_dien_tu"],
            "sha256": record["sha256"],
        },
    }


offer(
    connector,
    Card(
        name="health-card",
        step="card",
        dialect=SOCIAL_INSURANCE,
        known_as="maThe",
        number="ma_the",
        answer=_issued,
        more=lambda data: {"noi_kcb": data["treatment_facility"]},
    ),
)
