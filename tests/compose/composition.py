"""The compose file as Docker would read it: variables filled in, nothing else changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
COMPOSE_FILE = ROOT / "docker-compose.yml"
_VARIABLE = re.compile(r"\$\{(?P<name>\w+):-(?P<default>[^}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service; `raw` is all that the file says of it."""

    name: str
    raw: Mapping[str, Any]

    @property
    def command(self) -> list[str]:
        """What follows the image's entrypoint."""
        return [str(part) for part in self.raw.get("command", [])]

    @property
    def environment(self) -> dict[str, str]:
        """What the file adds to the image's environment."""
        return {name: str(value) for name, value in self.raw.get("environment", {}).items()}

    @property
    def profiles(self) -> list[str]:
        """The profiles that start it; empty means that it always starts."""
        return list(self.raw.get("profiles", []))

    @property
    def needs(self) -> dict[str, str]:
        """The services that it waits for, and for what."""
        return {name: how["condition"] for name, how in self.raw.get("depends_on", {}).items()}

    @property
    def mounts(self) -> dict[str, str]:
        """Path in the container → named volume, or `` for a tmpfs of its own."""
        volumes = dict(reversed(entry.split(":")) for entry in self.raw.get("volumes", []))
        return volumes | {entry.partition(":")[0]: "" for entry in self.raw.get("tmpfs", [])}

    @property
    def ports(self) -> list[str]:
        """As the file has them: address:port:port."""
        return list(self.raw.get("ports", []))


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The whole file."""

    raw: Mapping[str, Any]
    services: Mapping[str, Service]

    def ours(self) -> dict[str, Service]:
        """The services that run this project's image."""
        return {name: one for name, one in self.services.items() if "build" in one.raw}


def composition(variables: Mapping[str, str] | None = None) -> Composition:
    """The file with these variables, and its own defaults for the rest."""
    text = COMPOSE_FILE.read_text(encoding="utf-8")
    values = variables or {}
    filled = _VARIABLE.sub(lambda m: values.get(m["name"]) or m["default"], text)
    assert "${" not in filled, "every variable has a default, as ${NAME:-default}"
    raw = YAML(typ="safe").load(filled)
    services = {name: Service(name=name, raw=one) for name, one in raw["services"].items()}
    return Composition(raw=raw, services=services)
