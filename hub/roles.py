"""What a supervisor keeps running, what it tells of it, and how it fails.

SupervisorError
├── RoleFailed   a role was given up, or one that runs once ended with another code than 0
└── NotReady     a role did not become ready in time
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hub.logtail import last_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A command to keep running as a process."""

    name: str
    argv: Sequence[str]
    log_path: Path
    """Takes what the role prints on stdout and stderr, appended over restarts."""
    restart: bool = True
    """Start it again whenever it ends; else it runs once and must end with code 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEvent:
    """Something that happened to a role."""

    role: str
    what: Literal["started", "restarted", "ready", "exited"]
    pid: int
    restarts: int
    """How often the role has been started again so far."""
    code: int | None = None
    """When exited: the exit code, or minus the number of the signal that ended it."""


class SupervisorError(Exception):
    """The roles can't go on."""


class RoleFailed(SupervisorError):
    """A role was given up, or one that runs once ended with another code than 0."""

    def __init__(self, role: Role, code: int, starts: int) -> None:
        times = f"after {starts} starts " if starts > 1 else ""
        said = last_line(role.log_path)
        super().__init__(f"{role.name} ended {times}with code {code}: {said} ({role.log_path})")
        self.role = role.name
        self.code = code


class NotReady(SupervisorError):
    """A role did not become ready in time."""
