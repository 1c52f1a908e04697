"""What can go wrong in a system's own machinery.

RuntimeFault
├── UnhandledInput        no handler for what arrived: dead letter, case to the manual queue
├── AgencyGaveUp          the agency took a request and can't decide it: case to the manual queue
├── LeaseLost             another owner took the partition: drop the batch and all caches
├── StoreBusy             another process has this store: exit 3
├── HomeUnusable          no folder can be made where runs are kept: exit 3
├── StoreLocked           somebody holds the store for a moment: the same transaction again
├── OffsetOutOfRange      the log no longer holds the committed offset: alarm and stop
├── BrokerLost            the broker is another instance than the run's manifest says
├── BrokerUnreachable     nobody answers at the bootstrap address: exit 3
├── TopicUnfit            a topic is not as the hub needs it: exit 3
└── RecordRefused         the broker refuses one record whatever is done: dead letter
"""


class RuntimeFault(Exception):
    """The root; `retryable` says whether the same step may succeed when it is done again."""

    retryable = False


class UnhandledInput(RuntimeFault):
    """An event, outcome or timer that the system has no handler for."""


class AgencyGaveUp(RuntimeFault):
    """An agency could not decide a request that it had taken; the message is the agency's own."""


class LeaseLost(RuntimeFault):
    """A transaction found another epoch on a partition's lease."""

    retryable = True


class StoreBusy(RuntimeFault):
    """The store belongs to another running process."""


class HomeUnusable(RuntimeFault):
    """No folder of a run can be made or found there; it says what to do."""


class StoreLocked(RuntimeFault):
    """Somebody else holds the store's file just now (a backup, say); nothing was written."""

    retryable = True


class OffsetOutOfRange(RuntimeFault):
    """The committed offset lies outside the log: records were lost or the log is another one."""


class BrokerLost(RuntimeFault):
    """The broker that answers is not the one the run began with."""


class BrokerUnreachable(RuntimeFault):
    """No broker answers."""


class TopicUnfit(RuntimeFault):
    """A topic can't be created, or exists otherwise than the hub needs it; it says how to help."""


class RecordRefused(RuntimeFault):
    """One record that the broker will never take; `index` counts within the sent list."""

    def __init__(self, message: str, *, topic: str, partition: int, index: int) -> None:
        super().__init__(message)
        self.topic = topic
        self.partition = partition
        self.index = index
