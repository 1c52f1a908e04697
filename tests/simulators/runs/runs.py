"""Small runs on the memory bus, in a folder like any other."""

from dataclasses import asdict
from pathlib import Path

from connectors.runtime.manifest import Manifest, RunFolder
from schemas.event import to_text
from simulators.mix import Mix
from simulators.runs.live import OPENING
from simulators.world import World


def folder_of(home: Path, *, seed: int = 1, run: str = "run") -> tuple[RunFolder, Manifest]:
    """A new run that starts when both chains opened."""
    manifest = Manifest(
        run=run,
        seed=seed,
        engine="memory",
        bootstrap="memory",
        instance="memory",
        partitions=4,
        start=to_text(OPENING),
        real_anchor=0.0,
        speed=None,
        durable=False,
        world=World.default().to_json(),
        mix=asdict(Mix()),
    )
    folder = RunFolder.create(home, run)
    folder.save(manifest)
    return folder, manifest
