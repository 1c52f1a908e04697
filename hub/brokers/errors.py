"""What can go wrong with a broker.

BrokerError
├── BrokerMissing       no broker program for this machine
├── BrokerStartFailed   it was started, and ended or did not answer in time
├── BrokerUnreachable   nothing that talks Kafka answers at the address
└── BrokerLost          it answered, and then ended or is another one now
"""


class BrokerError(Exception):
    """A broker can't be used; the message says what to do."""


class BrokerMissing(BrokerError):
    """There is no broker program for this machine."""


class BrokerStartFailed(BrokerError):
    """The broker was started, and ended or did not answer in time."""


class BrokerUnreachable(BrokerError):
    """Nothing that talks Kafka answers at the address."""


class BrokerLost(BrokerError):
    """A broker in use has ended, or another one is at its address: the records are gone."""
