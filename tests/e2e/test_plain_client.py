"""Whoever has a Kafka client and the printed contract takes part; nothing else is needed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.processes import WITHIN_S, Lienthong

pytestmark = [pytest.mark.e2e, pytest.mark.embedded, pytest.mark.timeout(240)]

CLIENT = Path(__file__).with_name("plain_client.py")
BROUGHT = {
    "temporary_residence": {"temporary_residence"},
    "birth": {"dossier", "personal_id", "entry", "residence", "card"},
    "death": {"dossier", "death_entry", "extract", "removal", "allowance", "paid"},
}
"""What a smooth case of each chain comes to. The examples are all of one morning: what takes least
goes first, so that none is late when its turn comes."""


def answers(contract: str, bootstrap: str, chain: str) -> list[dict[str, Any]]:
    """What the client is answered; it imports nothing of ours, and must end well."""
    client = subprocess.run(
        [sys.executable, "-I", str(CLIENT), bootstrap, chain],
        input=contract,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )
    assert client.returncode == 0, client.stderr
    return [json.loads(line) for line in client.stdout.splitlines()]


def test_a_plain_kafka_client_submits_a_case_of_each_chain_and_reads_how_it_ends(
    lienthong: Lienthong,
) -> None:
    """It knows the printed contract alone, and is answered."""
    with lienthong.up("--seed", "2", "--speed", "15000") as country:
        contract = lienthong.run("contract", "case.submitted", "--json").stdout
        for chain in BROUGHT:
            told = answers(contract, country["bootstrap"], chain)
            assert [one["payload"]["status"] for one in told] == ["processing", "completed"]
            assert {one["type"] for one in told} == {"vn.lienthong.case.status.changed.v1"}
            assert {one["payload"]["chain"] for one in told} == {chain}

        report = lienthong.verdict(finished=3)
        counted = {name: report[name] for name in ("submitted", "external", "finished", "open")}
        assert counted == {"submitted": 0, "external": 3, "finished": 3, "open": 0}
        assert report["ok"], report["findings"]

        printed = json.loads(contract)
        for example, role, name in (
            (printed["example"], "child", "Nguyễn Minh An"),
            (printed["other_examples"][0], "deceased", "Lê Văn Thành"),
            (printed["other_examples"][1], "resident", "Phạm Thu Trang"),
        ):
            story = lienthong.json("trace", example["key"])
            assert story["status"] == "completed"
            assert story[role]["name"] == name, "known from an agency's register"
            assert set(story["results"]) >= BROUGHT[example["payload"]["chain"]]
