"""What the Dockerfile says, and that the package which it builds is whole.

The image itself is built by Docker, which these tests don't need.
"""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.compose import dockerfile
from tests.compose.composition import ROOT, composition

PINNED = re.compile(r"[a-z0-9./-]+:[0-9][\w.-]*@sha256:[0-9a-f]{64}")


def test_every_base_is_pinned_and_the_same() -> None:
    """By tag and digest; what was built against one Python runs on it."""
    bases = [one.words[0] for one in dockerfile.of("FROM")]
    assert len(bases) == 2
    assert all(PINNED.fullmatch(base) for base in bases), bases
    assert len(set(bases)) == 1


def test_the_image_runs_as_nobody_special() -> None:
    """The same number as in the compose file, so that both can write to the volume."""
    (user,) = dockerfile.of("USER", last_stage=True)
    assert int(user.rest.partition(":")[0]) > 0
    assert {service.raw["user"] for service in composition().ours().values()} == {user.rest}


def test_the_entrypoint_is_the_command_of_the_project() -> None:
    """A console script that the package installs."""
    (entrypoint,) = dockerfile.of("ENTRYPOINT", last_stage=True)
    with (ROOT / "pyproject.toml").open("rb") as file:
        scripts = tomllib.load(file)["project"]["scripts"]
    assert entrypoint.rest.startswith("["), "a shell would swallow SIGTERM"
    assert entrypoint.words[0] in scripts


def test_the_volume_is_where_the_runs_are() -> None:
    """The image's LIENTHONG_HOME is what every service mounts."""
    home = dockerfile.environment()["LIENTHONG_HOME"]
    assert all(service.mounts[home] == "runs" for service in composition().ours().values())


def test_what_is_copied_exists_and_is_let_through() -> None:
    """.dockerignore names what may come in, and nothing else."""
    copied = {source.removesuffix("/") for source in dockerfile.copied()}
    assert all((ROOT / source).exists() for source in copied)
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in rules
    assert {rule[1:] for rule in rules if rule.startswith("!")} == copied


def test_only_locked_packages_come_in() -> None:
    """With their hashes; the image's lock is a part of the developers' one."""
    pip = [one.rest for one in dockerfile.of("RUN") if "pip install" in one.rest]
    assert [("--require-hashes" in rest, "--no-deps" in rest) for rest in pip] == [
        (True, False),
        (False, True),
    ]
    image, all_of_it = (_locked(name) for name in ("requirements-image.lock", "requirements.lock"))
    assert image.items() <= all_of_it.items(), "run `make lock`"
    assert not image.keys() & {"pytest", "mypy", "ruff", "hypothesis"}


@pytest.mark.timeout(120)
def test_the_package_is_whole_with_what_is_copied(tmp_path: Path) -> None:
    """The build step of the Dockerfile, on the copied files alone: code, tables and command."""
    source = tmp_path / "src"
    source.mkdir()
    for name in dockerfile.copied():
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, source / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, source / name)
    argv = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run(
        [*argv, "--wheel-dir", str(tmp_path), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    wanted = {
        str(path.relative_to(ROOT))
        for package in ("schemas", "connectors", "hub", "simulators")
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".py", ".csv", ".xml"}
    }
    assert wanted <= inside, f"not in the wheel: {sorted(wanted - inside)}"


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))
