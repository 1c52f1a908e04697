"""A system that knows nothing of lienthong but its contract: a plain Kafka client submits a case.

Reads what `lienthong contract case.submitted --json` prints on stdin, gets the broker's address and
a chain as arguments, sends the contract's example of that chain, and prints the answers on its
topic until the case ends.
"""

import asyncio
import json
import sys
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

ENDS = {"completed", "partly_completed", "refused"}


async def submit(bootstrap: str, contract: dict[str, Any], example: dict[str, Any]) -> None:
    """Send the example as it stands in the contract."""
    async with AIOKafkaProducer(bootstrap_servers=bootstrap) as producer:
        await producer.send_and_wait(
            contract["publish_to"]["portal"],
            key=example["key"].encode(),
            value=json.dumps(example["payload"], ensure_ascii=False).encode(),
            headers=[(name, value.encode()) for name, value in example["headers"].items()],
        )


async def print_answers(bootstrap: str, contract: dict[str, Any], example: dict[str, Any]) -> None:
    """Print every answer about the case, a JSON object a line, until one says how it ended."""
    case = example["headers"]["ce_subject"]
    answers = AIOKafkaConsumer(
        contract["answers"]["portal"]["topic"],
        bootstrap_servers=bootstrap,
        auto_offset_reset="earliest",
    )
    async with answers:
        async for record in answers:
            headers = {name: value.decode() for name, value in record.headers}
            if headers["ce_subject"] != case:
                continue
            payload = json.loads(record.value)
            print(json.dumps({"type": headers["ce_type"], "payload": payload}), flush=True)
            if payload.get("status") in ENDS or headers["ce_type"].endswith("rejected.v1"):
                return


async def main() -> None:
    """Submit, then read."""
    (bootstrap, chain), contract = sys.argv[1:], json.load(sys.stdin)
    examples = [contract["example"], *contract["other_examples"]]
    example = next(one for one in examples if one["payload"]["chain"] == chain)
    async with asyncio.timeout(30):
        await submit(bootstrap, contract, example)
        await print_answers(bootstrap, contract, example)


asyncio.run(main())
