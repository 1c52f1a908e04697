"""Brokers: `port` says what a run needs of one; `embedded` and `kafka` start one, `external` joins.

`launched` is what the two that are started have in common, `probe` asks a broker who it is.
"""

from hub.brokers.embedded import EmbeddedBroker
from hub.brokers.errors import (
    BrokerError,
    BrokerLost,
    BrokerMissing,
    BrokerStartFailed,
    BrokerUnreachable,
)
from hub.brokers.external import ExternalBroker
from hub.brokers.kafka import NativeKafka
from hub.brokers.port import Broker

__all__ = [
    "Broker",
    "BrokerError",
    "BrokerLost",
    "BrokerMissing",
    "BrokerStartFailed",
    "BrokerUnreachable",
    "EmbeddedBroker",
    "ExternalBroker",
    "NativeKafka",
]
