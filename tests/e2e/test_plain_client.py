"""Whoever has a Kafka client and the printed contract takes part; nothing else is needed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.processes import WITHIN_S, Lienthong

pytestmark = [pytest.mark.e2e, pytest.mark.embedded, pytest.mark.timeout(90)]

CLIENT = Path(__file__).with_name("plain_client.py")


def test_a_plain_kafka_client_submits_a_case_and_reads_how_it_ends(lienthong: Lienthong) -> None:
    """The client imports nothing of ours, knows the printed contract alone, and is answered."""
    with lienthong.up("--seed", "2", "--speed", "30000") as country:
        contract = lienthong.run("contract", "case.submitted", "--json").stdout
        client = subprocess.run(
            [sys.executable, "-I", str(CLIENT), country["bootstrap"]],
            input=contract,
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
            check=False,
        )
        assert client.returncode == 0, client.stderr
        answers = [json.loads(line) for line in client.stdout.splitlines()]
        assert [a["payload"]["status"] for a in answers] == ["processing", "completed"]
        assert {a["type"] for a in answers} == {"vn.lienthong.case.status.changed.v1"}

        report = lienthong.verdict(finished=1)
        counted = {name: report[name] for name in ("submitted", "external", "finished", "open")}
        assert counted == {"submitted": 0, "external": 1, "finished": 1, "open": 0}
        assert report["ok"], report["findings"]

        case = json.loads(contract)["example"]["key"]
        story = lienthong.json("trace", case)
        assert story["status"] == "completed"
        assert story["child"]["name"] == "Nguyễn Minh An", "known from the one-stop's register"
        assert set(story["results"]) >= {"dossier", "personal_id", "entry", "residence", "card"}
