"""The services of the compose file as plain processes: their own commands, environment, checks.

What Docker does to them is done here: entrypoint and environment of the image, volumes as folders,
service names as loopback, an order that follows `depends_on`. Nothing else is given to them.
"""

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.compose import dockerfile
from tests.compose.composition import Composition, Service

WITHIN_S = 60.0
"""No service takes so long to become healthy, or to end where it runs once."""
_POLL_S = 0.05
_INTERRUPTED = 130


class Stage:
    """Plays services in a folder; `addresses` says where else HOST:PORT of the file is."""

    def __init__(self, whole: Composition, folder: Path, addresses: Mapping[str, str]) -> None:
        self._services = whole.ours()
        self._folder = folder
        self._addresses = addresses
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def up(self) -> None:
        """`docker compose up`: everything without a profile, healthy on return."""
        for name, service in self._services.items():
            if not service.profiles:
                self._reach(name, "service_started")
        for name, service in self._services.items():
            if "healthcheck" in service.raw:
                self._reach(name, "service_healthy")

    def run(self, name: str, *command: str) -> "subprocess.CompletedProcess[str]":
        """`docker compose run --rm NAME [COMMAND]`: its end, and what it said."""
        service = self._services[name]
        self._reach_needs(service)
        return subprocess.run(
            self._argv(service, command),
            env=self._environment(service),
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def stop(self) -> dict[str, int]:
        """`docker compose stop`: the exit code of each within its grace period."""
        codes = {}
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        for name, process in self._running.items():
            grace = self._services[name].raw["stop_grace_period"].removesuffix("s")
            codes[name] = process.wait(float(grace))
        self._running.clear()
        return codes

    def kill(self) -> None:
        """Leave nothing behind, whatever happened."""
        for process in self._running.values():
            process.kill()
            process.wait()

    def said(self, name: str) -> str:
        """What a service that runs in the background has printed."""
        log = self._folder / f"{name}.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def _reach(self, name: str, condition: str) -> None:
        service = self._services[name]
        if condition == "service_completed_successfully" or service.raw["restart"] == "no":
            if not (self._folder / f"{name}.done").exists():
                done = self.run(name)
                assert done.returncode == 0, f"{name}: {done.stderr}"
                (self._folder / f"{name}.done").touch()
            return
        if name not in self._running:
            self._reach_needs(service)
            self._start(service)
        if condition == "service_healthy":
            self._await_health(service)

    def _reach_needs(self, service: Service) -> None:
        for name, condition in service.needs.items():
            if name in self._services:  # the broker is there before all of this
                self._reach(name, condition)

    def _start(self, service: Service) -> None:
        self._mounted(service)
        with (self._folder / f"{service.name}.log").open("wb") as log:
            self._running[service.name] = subprocess.Popen(
                self._argv(service),
                env=self._environment(service),
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _await_health(self, service: Service) -> None:
        kind, *check = service.raw["healthcheck"]["test"]
        assert kind == "CMD"
        check = [self._here(part, service) for part in check]
        process = self._running[service.name]
        deadline = time.monotonic() + WITHIN_S
        while subprocess.run(check, check=False, env=self._environment(service)).returncode:
            assert process.poll() is None, f"{service.name} ended: {self.said(service.name)}"
            assert time.monotonic() < deadline, f"{service.name} is not healthy"
            time.sleep(_POLL_S)

    def _argv(self, service: Service, instead: tuple[str, ...] = ()) -> list[str]:
        (entrypoint,) = dockerfile.of("ENTRYPOINT", last_stage=True)
        program = shutil.which(entrypoint.words[0], path=str(Path(sys.executable).parent))
        assert program is not None, f"no {entrypoint.words[0]} is installed"
        command = list(instead) or service.command
        return [program, *(self._here(part, service) for part in command)]

    def _environment(self, service: Service) -> dict[str, str]:
        given = dockerfile.environment() | service.environment
        return {n: v if n == "PATH" else self._here(v, service) for n, v in given.items()}

    def _here(self, text: str, service: Service) -> str:
        """A text of the file with addresses and paths as they are on this machine."""
        for there, here in self._addresses.items():
            text = text.replace(there, here)
        folders = self._mounted(service)
        paths = "|".join(map(re.escape, folders))
        return re.sub(rf"^({paths})(?=/|$)", lambda m: str(folders[m[1]]), text)

    def _mounted(self, service: Service) -> dict[str, Path]:
        folders = {}
        for path, volume in service.mounts.items():
            folders[path] = self._folder / (volume or f"{service.name}{path.replace('/', '-')}")
            folders[path].mkdir(exist_ok=True)
        return folders
