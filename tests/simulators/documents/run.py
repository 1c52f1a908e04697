"""A whole run that makes files, played in memory."""

import asyncio
from dataclasses import replace
from pathlib import Path

from connectors.runtime.manifest import RunFolder
from simulators.runs.in_memory import run_in_memory
from tests.hub.ledger.country import manifest, submissions


def run_with_files(home: Path) -> RunFolder:
    """The folder of a run of a few cases whose agencies made out PDF files."""
    folder = RunFolder.create(home, "papers")
    plan = replace(manifest("papers", seed=11), documents="pdf")
    asyncio.run(run_in_memory(folder, plan, submissions(seed=11, cases=16)))
    return folder
