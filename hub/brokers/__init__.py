"""Brokers: `port` says what a run needs of one, `embedded` starts one, `external` joins one."""

from hub.brokers.embedded import EmbeddedBroker
from hub.brokers.errors import (
    BrokerError,
    BrokerLost,
    BrokerMissing,
    BrokerStartFailed,
    BrokerUnreachable,
)
from hub.brokers.external import ExternalBroker
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
]
