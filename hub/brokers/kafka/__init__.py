"""Apache Kafka on this machine: `artifacts` finds Java and what it runs, `native` starts it.

`pom.xml` pins the version. It is the newest release on which the bus suite passes.
"""

from hub.brokers.kafka.native import NativeKafka

__all__ = ["NativeKafka"]
