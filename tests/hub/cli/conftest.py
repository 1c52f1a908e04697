"""The command line inside the test's own process."""

import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from hub.cli import main


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


class Command:
    """Runs `lienthong` with arguments, in an empty folder and without settings."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ended:
        self._monkeypatch.setattr(sys, "argv", ["lienthong", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self._capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int), f"ended with {code!r}"
        return Ended(code, out, err)


@pytest.fixture
def lienthong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """The command, in `tmp_path`, where also the runs are."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIENTHONG_HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "dumb")
    for name in ("BROKER", "SEED", "SPEED", "START", "PREFIX"):
        monkeypatch.delenv(f"LIENTHONG_{name}", raising=False)
    return Command(monkeypatch, capsys)
