"""What each command says of itself, and how it ends when it can't do what it was asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hub.cli.conftest import Command

COMMANDS = [
    (),
    ("demo",),
    ("up",),
    ("init",),
    ("submit",),
    ("trace",),
    ("explain",),
    ("verify",),
    ("contract",),
    ("case",),
    ("case", "list"),
    ("case", "show"),
    ("case", "retry"),
    ("case", "supplement"),
    ("case", "consent"),
    ("case", "withdraw"),
    ("case", "close"),
    ("case", "settle"),
    ("document",),
    ("document", "list"),
    ("document", "show"),
    ("document", "open"),
    ("agencies",),
    ("agencies", "serve"),
    ("rules",),
    ("rules", "list"),
    ("rules", "show"),
    ("broker",),
    ("broker", "run"),
    ("bench",),
    ("bench", "chains"),
    ("bench", "route"),
    ("run",),
    ("run", "router"),
    ("run", "orchestrator"),
    ("run", "country"),
    ("run", "connector"),
    ("run", "agencies"),
    ("run", "load"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_help_has_an_example(lienthong: Command, command: tuple[str, ...]) -> None:
    """A reader sees a whole command that can be typed as it stands."""
    ended = lienthong(*command, "--help")
    assert ended.code == 0
    example = ended.out.partition("Example: ")[2]
    assert example.startswith(" ".join(("lienthong", *command)))


def test_the_list_of_commands_is_tested_whole(lienthong: Command) -> None:
    """A new command has to be added to the tests above."""
    from hub.cli.agencies import agencies
    from hub.cli.app import app
    from hub.cli.bench import bench
    from hub.cli.broker import broker
    from hub.cli.case import case
    from hub.cli.document import document
    from hub.cli.roles import roles
    from hub.cli.rules import rules

    groups = {(): app, ("bench",): bench, ("case",): case, ("run",): roles}
    groups[("agencies",)] = agencies
    groups |= {("broker",): broker, ("document",): document, ("rules",): rules}
    found = {
        (*prefix, command.name or getattr(command.callback, "__name__", ""))
        for prefix, group in groups.items()
        for command in group.registered_commands
    }
    assert found == {command for command in COMMANDS if command not in groups}


@pytest.mark.parametrize(
    ("arguments", "vi", "en"),
    [
        (("case", "lst"), "lệnh viết chưa đúng; xem `lienthong case --help`", "No such command"),
        (
            ("verify", "--wiat", "3"),
            "không có tùy chọn này; xem `lienthong verify --help`",
            "--wiat",
        ),
        (("trace",), "thiếu tham số bắt buộc; xem `lienthong trace --help`", "'CASE'"),
        (("submit", "--count", "0"), "giá trị của tham số không hợp lệ; xem `", "'--count'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_command_line_that_makes_no_sense_is_told_in_both_languages(
    lienthong: Command, arguments: tuple[str, ...], vi: str, en: str
) -> None:
    """In a line each: what it is in Vietnamese, then in English with the word at fault."""
    ended = lienthong(*arguments)
    assert ended.code == 2
    first, second = ended.err.splitlines()
    assert vi in first
    assert en in second


def test_a_group_without_a_command_shows_its_help(lienthong: Command) -> None:
    """And nothing else: it says all that there is to say."""
    ended = lienthong("case")
    assert (ended.code, ended.err) == (2, "")
    assert "lienthong case [OPTIONS] COMMAND" in ended.out


def test_the_version_is_told(lienthong: Command) -> None:
    """The distribution's version, and nothing else."""
    assert lienthong("--version").out == "lienthong 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("verify",), 2, "none was started yet"),
        (("trace", "G22.99.08-230710-000001"), 2, "none was started yet"),
        (("case", "list"), 2, "none was started yet"),
        (("case", "show", "G22.99.08-230710-000001"), 2, "none was started yet"),
        (("submit", "--run", "monday"), 2, "no run 'monday'"),
        (("run", "router", "--run", "monday"), 2, "no run 'monday'"),
        (("run", "agencies", "--listen", "8080"), 2, "give HOST:PORT, such as 127.0.0.1:8080"),
        (("agencies", "serve", "--listen", "8080"), 2, "give HOST:PORT, such as 127.0.0.1:8080"),
        (("agencies", "serve", "--province", "03"), 2, "none of the 63 provinces of 10/07/2023"),
        (("agencies", "serve", "--allow", "10.1"), 2, "give it such as 10.1.2.0/24"),
        (("contract", "birth.registred"), 2, "did you mean birth.registered"),
        (("contract", "nope"), 2, "'nope'; `lienthong contract` lists all"),
        (("contract", "nosuch"), 2, "'nosuch'; `lienthong contract` lists all"),
        (("up", "--without", "police"), 2, "no system 'police'; there are "),
        (("up", "--start", "10/07/2023"), 2, "does not match the format"),
        (("up", "--start", "2021-06-28"), 2, "no rule of the linked services is older than"),
        (("init", "--start", "2100-12-31"), 2, "2099-11-30 is the last day to choose"),
        (("agencies", "serve", "--start", "1990-01-01"), 2, "choose 2022-11-21 or later"),
        (("up", "--speed", "inf"), 2, "--speed inf: give a number from 0.001 to 1000000"),
        (("demo", "--speed", "nan"), 2, "--speed nan: "),
        (("up", "--speed", "-1"), 2, "--speed -1: "),
        (("up", "--prefix", "a b"), 2, "Kafka takes letters, digits, '.', '_' and '-'"),
        (("contract", "--prefix", "x" * 240), 2, "a topic's name has at most 249"),
        (("bench", "chains", "--cases", "10001"), 2, "keeps every record in memory"),
        (("init",), 2, "--broker embedded would end with this command"),
        (("init", "--broker", "127.0.0.1:1"), 3, "127.0.0.1:1 can't be reached"),
        (("init", "--broker", "127.0.0.1:1", "--run", "a/b"), 2, "run name 'a/b'"),
        (("demo", "--broker", "127.0.0.1:1"), 3, "127.0.0.1:1 can't be reached"),
        (("demo", "--broker", "nowhere"), 3, "'nowhere' is not HOST:PORT"),
        (("dmeo",), 2, "No such command 'dmeo'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_failure_is_told_in_a_line(
    lienthong: Command, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """The exit code says what kind it is, stderr what to do; there is no traceback."""
    ended = lienthong(*arguments)
    assert ended.code == code
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == "", "data only on stdout"


@pytest.mark.parametrize("command", [("up",), ("scenario", "run", "twins"), ("submit",)])
def test_a_home_that_is_no_folder_is_told(
    lienthong: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """A thing that the run needs is not there: what LIENTHONG_HOME has to be, and exit code 3."""
    home = tmp_path / "home"
    home.touch()
    monkeypatch.setenv("LIENTHONG_HOME", str(home))
    ended = lienthong(*command)
    assert ended.code == 3
    assert "LIENTHONG_HOME phải là một thư mục ghi được" in ended.err
    assert f"{home}: Not a directory; LIENTHONG_HOME has to name a folder" in ended.err


def test_who_stops_reading_is_no_failure() -> None:
    """As of any tool whose pipe is closed: the code of SIGPIPE, and no word about it."""
    end, pipe = os.pipe()
    os.close(end)
    try:
        command = [sys.executable, "-m", "hub.cli", "contract"]
        done = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(pipe)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(
    ("start", "left_out"),
    [
        ("hub.cli.app", ("rich", "pydantic", "aiokafka", "orjson", "hub.router")),
        ("hub.cli.roles, hub.bootstrap", ("rich", "simulators", "connectors.agencies")),
        ("hub.cli.roles, simulators.runs.country", ("rich", "rich.progress")),
    ],
)
def test_a_process_imports_only_what_it_needs(start: str, left_out: tuple[str, ...]) -> None:
    """Roles start three at a time on two cores; servers and today's units are for others."""
    never = (*left_out, "fastapi", "uvicorn", "vietnam_provinces")
    code = f"import sys, {start}; print(*(n for n in {never!r} if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
