"""The Dockerfile's instructions, stage by stage."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One instruction, its lines joined."""

    stage: int
    name: str
    rest: str

    @property
    def words(self) -> list[str]:
        """What follows the name: the parts of a JSON list, or words."""
        listed: list[str] = json.loads(self.rest) if self.rest.startswith("[") else []
        return listed or self.rest.split()


def instructions() -> list[Instruction]:
    """All of them, in order; `stage` counts from 1."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return list(_numbered(line for line in joined.splitlines() if line.strip()))


def of(name: str, *, last_stage: bool = False) -> list[Instruction]:
    """The instructions of that name, of all stages or of the one that becomes the image."""
    found = instructions()
    last = found[-1].stage
    return [one for one in found if one.name == name and (one.stage == last or not last_stage)]


def environment() -> dict[str, str]:
    """What the image sets by ENV."""
    parts = [part for one in of("ENV", last_stage=True) for part in one.words]
    return dict(part.split("=", 1) for part in parts)


def copied() -> list[str]:
    """The paths that are copied from the tree."""
    plain = [one.words for one in of("COPY") if not one.rest.startswith("--from=")]
    return [source for words in plain for source in words[:-1]]


def _numbered(lines: Iterator[str]) -> Iterator[Instruction]:
    stage = 0
    for line in lines:
        name, rest = re.split(r"\s+", line.strip(), maxsplit=1)
        stage += name == "FROM"
        yield Instruction(stage=stage, name=name, rest=rest.strip())
