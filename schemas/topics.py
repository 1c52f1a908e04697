"""Which topic and which partition: the address of every record.

**The topic is the identity**: a system publishes only to its own `lt.in.<system>` and reads
only its own `lt.out.<system>`; the hub keeps `lt.log` and `lt.dlq`.
"""

from dataclasses import dataclass
from zlib import crc32

from schemas.systems import SYSTEMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """The topic names of one hub. Several hubs share a cluster under different prefixes."""

    prefix: str = "lt"

    def inbox(self, system: str) -> str:
        """Where `system` publishes: `lt.in.portal`."""
        return f"{self.prefix}.in.{system}"

    def outbox(self, system: str) -> str:
        """Where `system` reads what it may see: `lt.out.portal`."""
        return f"{self.prefix}.out.{system}"

    @property
    def log(self) -> str:
        """One record per routed batch."""
        return f"{self.prefix}.log"

    @property
    def dead_letters(self) -> str:
        """Everything that failed a check, with a reason code."""
        return f"{self.prefix}.dlq"

    def inboxes(self) -> list[str]:
        """Every system's `lt.in` topic, in the order of the systems table."""
        return [self.inbox(system) for system in SYSTEMS]

    def all(self) -> list[str]:
        """Every topic of the hub."""
        return [
            *self.inboxes(),
            *(self.outbox(system) for system in SYSTEMS),
            self.log,
            self.dead_letters,
        ]


def partition_of(key: str, partitions: int) -> int:
    """The partition of a key: crc32 of its UTF-8 bytes modulo the number of partitions.

    The writer of `lt.out` computes it; default partitioners differ between Kafka clients, so
    the partition of an incoming record is never trusted.
    """
    return crc32(key.encode()) % partitions
