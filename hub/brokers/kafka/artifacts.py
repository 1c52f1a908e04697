"""What Apache Kafka runs from: a Java, and the jars that `pom.xml` names.

Maven resolves the jars once into the user's local repository; the class path is then kept in the
user's cache, so that later starts don't run Maven.
"""

import asyncio
import hashlib
import logging
import os
import re
import shutil
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from hub.brokers.errors import BrokerMissing

POM = Path(__file__).with_name("pom.xml")
OLDEST_JAVA = 17
REMEDY = (
    f"Apache Kafka needs Java {OLDEST_JAVA} or newer and, for its first start, Maven (Debian and "
    "Ubuntu: apt-get install openjdk-17-jre-headless maven; macOS: brew install openjdk maven); "
    "or use --broker embedded"
)
_log = logging.getLogger(__name__)
_VERSION = re.compile(r'version "(\d+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifacts:
    """What to run: the program `java`, and the jars."""

    java: str
    jars: list[str]

    @property
    def class_path(self) -> str:
        """The jars as Java takes them."""
        return os.pathsep.join(self.jars)


async def artifacts() -> Artifacts:
    """Return what Apache Kafka runs from, resolved by Maven where that was not done before.

    Raises BrokerMissing without a Java that is new enough, without Maven, or when Maven fails.
    """
    java = _java()
    kept = _kept(java)
    if kept is not None:
        return kept
    await _check_version(java)
    found = Artifacts(java=java, jars=await _resolved())
    _keep(found)
    return found


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin" if home else None)
    if found is None:
        where = f"in JAVA_HOME={home}" if home else "on the PATH"
        raise BrokerMissing(f"no java {where}. {REMEDY}")
    return os.path.realpath(found)


async def _check_version(java: str) -> None:
    code, said = await _output(java, "-version")
    version = _VERSION.search(said)
    if code or version is None:
        raise BrokerMissing(f"{java} -version ended with code {code}: {said.strip()}. {REMEDY}")
    if int(version[1]) < OLDEST_JAVA:
        raise BrokerMissing(f"{java} is Java {version[1]}. {REMEDY}")


async def _resolved() -> list[str]:
    maven = shutil.which("mvn")
    if maven is None:
        raise BrokerMissing(f"no mvn on the PATH. {REMEDY}")
    _log.warning("Maven resolves Apache Kafka's artifacts; this is done once")
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as out:
        goal = ("dependency:build-classpath", f"-Dmdep.outputFile={out.name}")
        code, said = await _output(maven, "--batch-mode", "--quiet", "--file", str(POM), *goal)
        jars = out.read().split(os.pathsep)
    if code or not all(jars):
        raise BrokerMissing(f"Maven could not resolve Apache Kafka, code {code}: {said[-2000:]}")
    return jars


async def _output(*command: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *command, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, cwd=POM.parent
    )
    try:
        said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode is not None
    return process.returncode, said.decode(errors="replace")


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    pom = hashlib.sha256(POM.read_bytes()).hexdigest()[:16]
    return Path(home) / "lienthong" / f"kafka-{pom}.json"


def _kept(java: str) -> Artifacts | None:
    try:
        kept = Artifacts(**orjson.loads(_cache().read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    return kept if kept.java == java and all(map(os.path.isfile, kept.jars)) else None


def _keep(found: Artifacts) -> None:
    path = _cache()
    part = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(orjson.dumps(asdict(found)))
        part.replace(path)
    except OSError as error:
        _log.warning("the class path can't be kept, Maven will run again: %s", error)
