"""The file that tells a router where its predecessors began. What it is for: delivery rule 9."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.runtime.errors import StoreBusy
from connectors.runtime.store import Start
from hub.router.starts import StartsFile

NOTE = Start(topic="lt.in.portal", partition=0, offset=7, count=2, alone=True)


def test_what_is_noted_outlives_the_process(tmp_path: Path) -> None:
    """The last note of each partition stands in the file."""
    first = StartsFile(tmp_path / "router.json")
    first.write([replace(NOTE, count=1), replace(NOTE, partition=1)])
    first.write([NOTE])
    first.close()
    second = StartsFile(tmp_path / "router.json")
    assert sorted(second.read(), key=lambda start: start.partition) == [
        NOTE,
        replace(NOTE, partition=1),
    ]
    second.close()


def test_a_second_router_of_a_run_is_refused(tmp_path: Path) -> None:
    """It would deliver everything twice; when the first has ended it may begin."""
    first = StartsFile(tmp_path / "router.json")
    begin = (
        "import sys; from pathlib import Path; from hub.router.starts import StartsFile; "
        "StartsFile(Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", begin, str(tmp_path / "router.json")]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert "another router of this run is at work" in refused.stderr
    with pytest.raises(StoreBusy):
        StartsFile(tmp_path / "router.json")
    first.close()
    subprocess.run(command, check=True)
