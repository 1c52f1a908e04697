"""The country whose agencies are reached over HTTP ends as the one that has them in process."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Literal

import pytest

from connectors.runtime.agency import Agency
from connectors.runtime.agency_http import open_client
from connectors.runtime.manifest import RunFolder
from hub.ledger import verify
from schemas.event import from_text, to_text
from simulators.agencies.http.passage import SYSTEM, Passage
from simulators.agencies.http.province.opening import SYSTEM as ONE_STOP
from simulators.agencies.http.province.passage import OneStopPassage
from simulators.agencies.register import Register
from simulators.arrivals import Arrivals, Submission
from simulators.mix import Mix
from simulators.runs.chaos import chaos
from simulators.runs.in_memory import Reach, directly, run_in_memory
from simulators.runs.live import AGENCIES, OPENING, LiveRun, Plan, live
from simulators.runs.passing import until_all_ended
from simulators.runs.submitting import Submitter, Watch
from simulators.world import World
from tests.e2e.fingerprint import fingerprint
from tests.e2e.processes import Lienthong
from tests.e2e.provincial_books import check_books, dossiers
from tests.simulators.agencies.asking import OverHttp
from tests.simulators.runs.runs import folder_of

MIX = Mix(twins=0.0, consent_needed=0.2)
CASES = 120
PORTAL = {"dstcode": "VN:GOV:000.00.00.G22:dvcqg"}

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]


def over_http(system: str, agency: Register) -> Agency:
    """The agency through httpx and its face."""
    return OverHttp(system, agency)


def exactly(folder: RunFolder, closing: ExitStack) -> Reach:
    """Civil status and the one-stops over the paths of the real systems; the others directly."""
    opening = OPENING.date()

    def reach(system: str, agency: Register) -> Agency:
        if system == ONE_STOP:
            return closing.enter_context(OneStopPassage(agency, folder.registers, opening))
        if system != SYSTEM:
            return agency
        return closing.enter_context(Passage(agency, folder.registers, opening)).adapter

    return reach


@pytest.mark.parametrize("way", ["http", "http-exact"])
async def test_step_by_step_every_row_is_the_same(tmp_path: Path, way: str) -> None:
    """On the memory bus, where nothing races: technical columns and the hub's log included.

    Requesters check drafts, which the real messages have no place for.
    """
    hashes = []
    world = replace(World.default(), draft_certificates=True).to_json()
    for name in ("direct", way):
        folder, manifest = folder_of(tmp_path / name, seed=5)
        manifest = replace(manifest, world=world)
        with ExitStack() as closing:
            reach = {"direct": directly, "http": over_http}.get(name) or exactly(folder, closing)
            arrivals = Arrivals(
                seed=5, start=OPENING, per_second=2, mix=Mix(consent_needed=0.2, deaths=0.3)
            )
            cases = [arrivals.submission(number) for number in range(100)]
            await run_in_memory(folder, manifest, cases, reach=reach)
        report = verify(folder.path)
        assert report.ok, report.findings[:10]
        assert report.verified == len(cases)
        if name == "http-exact":
            assert check_books(folder.path) > len(cases) / 2
        hashes.append(fingerprint(folder.path))
    assert hashes[0] == hashes[1]


async def test_what_is_handed_over_in_july_2025_ends_the_same(tmp_path: Path) -> None:
    """Filed on the last afternoon of the old units, many without a named successor, and decided in
    the new ones: the province reports of them under the codes that they began with."""
    eve = from_text("2025-06-30T12:00:00+07:00")
    hashes = []
    for name in ("direct", "exact"):
        folder, manifest = folder_of(tmp_path / name, seed=3)
        with ExitStack() as closing:
            reach = directly if name == "direct" else exactly(folder, closing)
            arrivals = Arrivals(seed=3, start=eve, per_second=0.002, mix=Mix(deaths=0.3))
            cases = [arrivals.submission(number) for number in range(40)]
            await run_in_memory(folder, replace(manifest, start=to_text(eve)), cases, reach=reach)
        report = verify(folder.path)
        assert report.ok, report.findings[:10]
        hashes.append(fingerprint(folder.path))
    assert hashes[0] == hashes[1]
    assert check_books(folder.path) == len(cases)


def of_different_offices(seed: int) -> Iterator[Submission]:
    """Cases of which no two meet at an office: it would number them in the order of arrival.

    Nor do two services of a death run side by side: dvclt's last word would follow from either.
    """
    arrivals = Arrivals(seed=seed, start=OPENING, mix=MIX)
    seen: set[str] = set()
    for number in count():
        case = arrivals.submission(number)
        offices = {case.payload.commune}
        if case.payload.chain == "birth":
            offices.add(case.birth.household.commune)
        else:
            deciding = case.death.allowance_office or case.death
            removing = case.death.permanent_residence or case.death
            offices |= {deciding.commune, removing.commune}
            if "insurance" in case.death.groups:
                offices.add(deciding.province)
        if not offices & seen:
            seen |= offices
            yield _one_after_the_other(case)


def _one_after_the_other(case: Submission) -> Submission:
    if case.payload.chain == "birth" or not case.death.groups:
        return case
    alone = {"services": ("death", "funeral_allowance"), "groups": case.death.groups[:1]}
    return replace(case, payload=case.death.model_copy(update=alone))


async def played(home: Path, agencies: Literal["in-process", "http", "http-exact"]) -> str:
    """The hash of a live run; it must end well."""
    plan = Plan(home=home, seed=5, sequence="strict", agencies=agencies, mix=MIX)
    async with live(plan) as run:
        assert from_text(run.manifest.start) == OPENING
        await _play(run)
        assert await run.at_rest(60), "something is still on its way after the last case ended"
        report = verify(run.folder.path)
    assert report.ok, report.findings[:10]
    assert report.verified == CASES
    if agencies == "http-exact":
        assert check_books(run.folder.path) > CASES / 2
    return fingerprint(run.folder.path, in_any_order=True)


async def _play(run: LiveRun) -> None:
    cases = of_different_offices(run.manifest.seed)
    watch = Watch(run.bus, run.manifest)
    await watch.start()
    producer = await run.bus.producer()
    try:
        with Submitter(run.folder, run.manifest, producer) as submitter:
            await submitter.submit([next(cases) for _ in range(CASES)])
        assert await until_all_ended(run, watch, CASES, handed_in=lambda: True, silence=30)
    finally:
        await producer.close()
        await watch.close()


@pytest.mark.embedded
async def test_with_real_processes_every_row_says_the_same(tmp_path: Path) -> None:
    """Over a broker and over HTTP to the agencies' own process, in batches and as in reality."""
    in_process = await played(tmp_path / "in-process", "in-process")
    assert await played(tmp_path / "http", "http") == in_process
    assert await played(tmp_path / "exact", "http-exact") == in_process
    assert in_process == await played(tmp_path / "again", "in-process"), "the hash is no accident"


@pytest.mark.embedded
@pytest.mark.parametrize("agencies", ["http", "http-exact"])
async def test_nothing_is_lost_when_either_side_of_the_wire_is_killed(
    tmp_path: Path, agencies: Literal["http", "http-exact"]
) -> None:
    """The agencies' process and the country's, twice each while cases are under way.

    Each time the agencies come back elsewhere, with another token; where a province works among
    them, it goes on where it was.
    """
    plan = Plan(home=tmp_path, seed=3, agencies=agencies)
    report = await chaos(plan, cases=300, kills=2, roles=(AGENCIES, "country"))
    assert report["at_rest"], "something is still on its way after the last case ended"
    assert report["ok"], report["findings"][:10]
    assert report["verified"] == 300
    restarts = {AGENCIES: 2, "country": 2, "router": 0, "orchestrator": 0}
    assert report["restarts"] == restarts
    if agencies == "http-exact":
        assert check_books(tmp_path / "runs" / report["run"]) > 150


@pytest.mark.embedded
async def test_up_says_where_the_agencies_answer(lienthong: Lienthong) -> None:
    """So that an engineer can look at them, and call them, while cases go through: at DVCLT and the
    portal too, where everything that was handed in can be seen in the end."""
    with lienthong.up("--agencies", "http-exact", "--speed", "100000") as country:
        url, bearer = country["agencies"], {"authorization": f"Bearer {country['token']}"}
        async with open_client() as client:
            catalogue = await client.post(
                f"{url}/apiHoTichTuPhap/danhMuc", json={"loaiDanhMuc": "4"}, headers=bearer
            )
            assert len(catalogue.json()["value"]) == 63
            health = (await client.get(f"{url}/health")).json()
            paths = (await client.get(f"{url}/openapi.json")).json()["paths"]
            assert "civil-status" in health["agencies"]
            assert "/civil-status/requests" in paths
            lienthong.json("submit", "--count", "2")
            report = lienthong.verdict(finished=2)
            assert report["ok"], report
            listed = await client.get(f"{url}/api/lienthongdvclt/hosolienthong", headers=bearer)
            assert listed.json() == {"data": []}, "the province has fetched them"
            account = {"username": country["user"], "password": country["password"]}
            session = (await client.post(f"{url}/mapi/login", json=account)).json()["session"]
            run = Path(country["folder"])
            for code in dossiers(run):
                asked = {"session": session, "madonvi": "000.00.00.H29", "service": "TraCuuHoSo"}
                answer = await client.post(
                    f"{url}/mapi/g", json={**asked, "mahoso": code}, headers=PORTAL
                )
                (found,) = answer.json()["result"]
                assert [step["TrangThai"] for step in found["TienDo"]][:2] == ["2", "4"]
        assert check_books(run) == 2
