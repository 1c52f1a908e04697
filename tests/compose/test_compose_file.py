"""What docker-compose.yml says, held against the Compose specification and our own rules."""

import re
import subprocess
import sys
import tomllib

import pytest

from tests.compose.composition import COMPOSE_FILE, ROOT, Service, composition

PINNED = re.compile(r"[a-z0-9./-]+:[0-9][\w.-]*@sha256:[0-9a-f]{64}")
SECRET = re.compile(r"passw|secret|token|credential|private|api_?key", re.IGNORECASE)

SERVICES = list(composition().services.values())
each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


def test_it_fits_the_compose_specification() -> None:
    """The specification's own JSON schema, in the copy that check-jsonschema brings along."""
    argv = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run(
        [*argv, str(COMPOSE_FILE)], capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_it_refers_to_is_there() -> None:
    """The schema does not see a name that nothing has."""
    whole = composition()
    for service in whole.services.values():
        assert service.needs.keys() <= whole.services.keys()
        assert {volume for volume in service.mounts.values() if volume} <= whole.raw[
            "volumes"
        ].keys()
        assert set(service.raw["networks"]) <= whole.raw["networks"].keys()
        for name, condition in service.needs.items():
            if condition == "service_healthy":
                assert "healthcheck" in whole.services[name].raw, f"{name} can't become healthy"
            if condition == "service_completed_successfully":
                assert whole.services[name].raw["restart"] == "no", f"{name} never ends"


def test_all_roles_are_there_and_only_load_and_verify_are_extra() -> None:
    """`docker compose up` starts a whole country; no system is played twice or by nobody."""
    whole = composition()
    extra = {name: s.profiles for name, s in whole.services.items() if s.profiles}
    assert extra == {"load": ["load"], "verify": ["verify"]}
    roles = [s.command for s in whole.ours().values() if s.command[0] == "run" and not s.profiles]
    assert {command[1] for command in roles} == {"router", "orchestrator", "country", "connector"}
    (country,) = (command for command in roles if command[1] == "country")
    left_out = [country[at + 1] for at, word in enumerate(country) if word == "--without"]
    alone = [command[2] for command in roles if command[1] == "connector"]
    assert left_out == alone


def test_every_command_is_of_one_run() -> None:
    """The one that `init` makes."""
    names = {s.command[s.command.index("--run") + 1] for s in composition().ours().values()}
    assert names == {"main"}


@each_service
def test_an_image_is_built_here_or_pinned(service: Service) -> None:
    """By tag, for people, and by digest, which is what is pulled."""
    image = service.raw["image"]
    if "build" in service.raw:
        with (ROOT / "pyproject.toml").open("rb") as file:
            version = tomllib.load(file)["project"]["version"]
        assert image == f"lienthong:{version}"
    else:
        assert PINNED.fullmatch(image), image


@each_service
def test_a_service_has_no_more_rights_than_it_needs(service: Service) -> None:
    """No root, no capabilities, nothing to write to but volumes and tmpfs."""
    user, _, group = service.raw["user"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert service.raw["cap_drop"] == ["ALL"]
    assert service.raw["security_opt"] == ["no-new-privileges:true"]
    assert service.raw["read_only"] is True
    assert not service.raw.keys() & {"privileged", "cap_add", "network_mode", "pid", "devices"}
    assert not any(volume.startswith(("/", ".", "~")) for volume in service.mounts.values())


@each_service
def test_ports_are_published_on_loopback_only(service: Service) -> None:
    """What a laptop in a café runs is nobody else's business."""
    assert all(port.startswith("127.0.0.1:") for port in service.ports)


@each_service
def test_a_service_that_stays_is_watched_and_started_again(service: Service) -> None:
    """One that runs once does neither."""
    stays = service.command[:1] != ["init"] and not service.profiles
    assert service.raw["restart"] == ("unless-stopped" if stays else "no")
    assert ("healthcheck" in service.raw) == stays
    if stays:
        assert "stop_grace_period" in service.raw


def test_there_is_nothing_secret_in_it() -> None:
    """Nor a place for a secret: nothing here has a password."""
    assert not SECRET.search(COMPOSE_FILE.read_text(encoding="utf-8"))
    assert "secrets" not in composition().raw


def test_variables_reach_the_commands() -> None:
    """RATE and CASES are the load's, WAIT the verdict's; each has a default."""
    given = composition({"RATE": "20", "CASES": "7", "WAIT": "9"}).services
    assert given["load"].command[-4:] == ["--rate", "20", "--count", "7"]
    assert given["verify"].command[-2:] == ["--wait", "9"]
    assert composition().services["load"].command[-4:] == ["--rate", "5", "--count", "100"]
