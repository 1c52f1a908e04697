"""The command `lienthong` as a process, as a user starts it, with a home of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

COMMAND = (sys.executable, "-m", "hub.cli")
ROOT = Path(__file__).parents[2]
WITHIN_S = 120.0
"""No command of these tests takes so long."""


class Lienthong:
    """Runs commands in a folder, which is also where the runs are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a command; its stdout is a pipe, its stderr a file of the folder."""
        with (self.folder / "stderr.txt").open("a", encoding="utf-8") as errors:
            return subprocess.Popen(
                [*COMMAND, *arguments],
                cwd=self.folder,
                env=environment(self.folder),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def run(self, *arguments: str, given: str | None = None) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=self.folder,
            env=environment(self.folder),
            input=given,
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
            check=False,
        )

    def json(self, *arguments: str) -> Any:
        """What a command prints with `--json`; it must end well."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, f"{arguments} ended with {done.returncode}: {done.stderr}"
        return json.loads(done.stdout)

    def verdict(self, finished: int) -> Any:
        """The ledger's report once so many cases have ended and nothing of them is on its way."""
        deadline = time.monotonic() + WITHIN_S
        while True:
            report = json.loads(self.run("verify", "--json").stdout)
            if (report["ok"] and report["finished"] == finished) or time.monotonic() > deadline:
                return report

    @contextmanager
    def up(self, *options: str) -> Iterator[dict[str, Any]]:
        """A country for the time of the body: what `up --json` announces.

        Afterwards it gets a Ctrl-C, must say so by its exit code and must leave no process.
        """
        country = self.start("up", "--json", *options)
        try:
            assert country.stdout is not None
            line = country.stdout.readline()
            assert line, f"`up` said nothing: {self.errors()}"
            children = psutil.Process(country.pid).children(recursive=True)
            expected = ["broker", "router", "orchestrator", "country"]
            expected += ["agencies"] if {"http", "http-exact"} & set(options) else []
            assert len(children) == len(expected), expected
            yield json.loads(line)
            country.send_signal(signal.SIGINT)
            assert country.wait(WITHIN_S) == 130, self.errors()
            _, alive = psutil.wait_procs(children, timeout=5)
            assert not alive, "nothing may outlive `up`"
        finally:
            country.kill()
            country.communicate()

    def errors(self) -> str:
        """What started commands wrote to stderr so far."""
        return (self.folder / "stderr.txt").read_text(encoding="utf-8")


def environment(home: Path) -> Mapping[str, str]:
    """The environment of a command: no settings but the home of its runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIENTHONG_")}
    return {**kept, "LIENTHONG_HOME": str(home / "home"), "PYTHONPATH": str(ROOT)}
