"""A simulated province between DVCLT, the one-stops' register and the portal."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from connectors.runtime.agency import AgencyUnavailable, Request
from connectors.runtime.handling import Outcome
from simulators.agencies import DESKS
from simulators.agencies.http.dvclt.tray import Linked, Tray
from simulators.agencies.http.npsp.desk import Portal
from simulators.agencies.http.province.passage import OneStopPassage
from simulators.agencies.http.province.reports import together
from simulators.agencies.http.samples.linked import LIST, RECEIPT, REPORT
from simulators.agencies.register import Register
from simulators.runs.live import OPENING
from tests.simulators.agencies.asking import ASKED_AT, CASE, request, rows, world

OPEN = request("one-stop", "birth.registration.requested")
DIED = request("one-stop", "death.registration.requested", case="G22.99.09-230710-000001")
AGAIN = replace(OPEN, attempt=2, time=ASKED_AT + timedelta(hours=3))
LOCAL = "H29.26740-230710-9001"
"""What another system calls the dossier."""
ENDED_AT = ASKED_AT + timedelta(hours=6)


def register_at(path: Path) -> Register:
    """The one-stops' register in event time."""
    return Register(DESKS["one-stop"], path, seed=1, world=world())


@contextmanager
def country(folder: Path, **more: Any) -> Iterator[OneStopPassage]:
    """The one-stops over DVCLT, on the registers in this folder."""
    with (
        closing(register_at(folder / "one-stop.db")) as register,
        OneStopPassage(register, folder, OPENING.date(), **more) as found,
    ):
        yield found


async def heard(agency: Any, *requests: Request) -> list[Outcome]:
    """What the hub hears after it has handed requests in, and then has safe."""
    await agency.submit(requests)
    found = list(await agency.collect(0, 100))
    if found:
        await agency.ack(found[-1].cursor)
    return found


def end_of(asked: Request, opened: Outcome, name: str = "registered", **record: Any) -> Request:
    """What the connector asks with the end of a registration."""
    state = {"maHoSo": opened.record["ma_ho_so"], "maDonVi": opened.record["ma_don_vi"]}
    kind = "birth" if asked is not DIED else "death"
    event = f"{kind}.{name}"
    return request("one-stop", event, case=asked.subject, time=ENDED_AT, state=state, **record)


def at_dvclt(folder: Path, case: str = CASE) -> Linked:
    """A dossier in DVCLT's book."""
    with closing(Tray(folder / "http" / "dvclt.db")) as tray:
        found = tray.find(case)
    assert found is not None
    return found


def codes(folder: Path) -> list[int]:
    """What DVCLT took of the dossier."""
    return list(at_dvclt(folder).reported)


def at_portal(folder: Path, dossier: str) -> list[str]:
    """The statuses of a dossier's progress in the portal's book."""
    with closing(Portal(folder / "http" / "portal.db")) as portal:
        (found,) = portal.look_up(dossier)
    return [step["TrangThai"] for step in found["TienDo"]]


async def foreign(agency: OneStopPassage, method: str, path: str, body: Any = None) -> Any:
    """What DVCLT answers to somebody else's system."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(agency.face)) as client:
        headers = {"authorization": f"Bearer {agency.account.token}"}
        answer = await client.request(method, f"http://x.test{path}", json=body, headers=headers)
        return orjson.loads(answer.content)


def status(code: int, **more: Any) -> dict[str, Any]:
    """A status report of somebody else."""
    return {
        "maTTHC": "2.000986", "soHoSoLT": CASE, "coQuanXuLy": 5, "maHoSo": LOCAL,
        "trangThai": code, "thoiGianThucHien": "10/07/2023 09:00:00", **more,
    }  # fmt: skip


@pytest.mark.parametrize("asked", [OPEN, DIED], ids=["birth", "death"])
async def test_the_hub_hears_what_the_register_says(tmp_path: Path, asked: Request) -> None:
    """Column for column as in process, and both books have every step in its order."""
    with country(tmp_path) as agency, closing(register_at(tmp_path / "direct.db")) as direct:
        (opened,) = await heard(agency, asked)
        (expected,) = await heard(direct, asked)
        assert opened == expected
        assert list(opened.record) == list(expected.record)
        (ended,) = await heard(agency, end_of(asked, opened))
        assert ended == (await heard(direct, end_of(asked, opened)))[0]
    for table in ("ho_so", "dossiers"):
        assert rows(tmp_path / "one-stop.db", table) == rows(tmp_path / "direct.db", table)
    dossier = at_dvclt(tmp_path, asked.subject)
    assert dossier.reported == [1, 3, 7, 4, 5]
    assert dossier.acknowledged
    assert dossier.local == opened.record["ma_ho_so"]
    assert dossier.result is not None
    assert dossier.result["soDangKy"] == end_of(asked, opened).record["so_dang_ky"]
    assert at_portal(tmp_path, opened.record["ma_ho_so"]) == ["2", "4", "9", "10"]


async def test_a_supplemented_dossier_is_fetched_and_accepted_anew(tmp_path: Path) -> None:
    """2 and then 3 at DVCLT, 5 and then 4 at the portal, under the same code; then it is refused:
    6 and 3."""
    with country(tmp_path) as agency:
        (first,) = await heard(agency, OPEN)
        (second,) = await heard(agency, AGAIN)
        assert second.attempt == 2
        assert second.record["ma_ho_so"] == first.record["ma_ho_so"]
        await heard(agency, end_of(OPEN, second, "registration.refused"))
    assert codes(tmp_path) == [1, 3, 7, 2, 3, 7, 6]
    assert at_portal(tmp_path, first.record["ma_ho_so"]) == ["2", "4", "5", "4", "3"]


async def test_what_is_handed_in_again_is_told_again(tmp_path: Path) -> None:
    """A connector that crashed asks again: the same outcome, and nothing is reported twice."""
    with country(tmp_path) as agency:
        (first,) = await heard(agency, OPEN)
        assert await agency.collect(0, 100) == [], "it has that safe"
        (again,) = await heard(agency, OPEN)
        assert replace(again, cursor=first.cursor) == first
    assert codes(tmp_path) == [1, 3, 7]
    assert len(rows(tmp_path / "one-stop.db", "ho_so")) == 1


@pytest.mark.parametrize("stop", ["acknowledge", "received", "report"])
async def test_a_province_that_is_killed_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: str
) -> None:
    """Before DVCLT hears from it, or after: nothing is lost, and nothing doubled."""
    with country(tmp_path) as agency:
        (opened,) = await heard(agency, OPEN)
    for asked in (AGAIN, end_of(OPEN, opened)):
        with country(tmp_path) as agency, monkeypatch.context() as patch:
            dvclt = agency.province.dvclt
            done = getattr(dvclt, stop)

            async def die(*given: Any, done: Any = done) -> None:
                await done(*given)
                raise AgencyUnavailable("killed")

            patch.setattr(dvclt, stop, die)
            with pytest.raises(AgencyUnavailable):
                await agency.submit([asked])
                await agency.collect(0, 100)
                raise AgencyUnavailable("it had nothing of that kind to do")
        with country(tmp_path) as agency:
            (outcome,) = await agency.collect(0, 100)
            assert (outcome.step, outcome.attempt) == (asked.step, asked.attempt)
            await agency.ack(outcome.cursor)
    assert codes(tmp_path) == [1, 3, 7, 2, 3, 7, 4, 5]
    assert at_portal(tmp_path, opened.record["ma_ho_so"]) == ["2", "4", "5", "4", "9", "10"]
    assert rows(tmp_path / "one-stop.db", "outcomes") == []


async def test_a_server_that_stumbles_is_told_again(tmp_path: Path) -> None:
    """*Có lỗi trong quá trình thêm mới*: the code and those behind it are sent once more."""
    with country(tmp_path, unsteady=frozenset({(CASE, 3), (CASE, 5)})) as agency:
        (opened,) = await heard(agency, OPEN)
        (ended,) = await heard(agency, end_of(OPEN, opened))
    assert (ended.step, ended.result) == ("return", "done")
    assert codes(tmp_path) == [1, 3, 7, 4, 5]


@pytest.mark.parametrize("theirs", [[1], [1, 3, 7], [1, 3, 2], [1, 6]], ids=str)
async def test_somebody_else_may_report_of_it_first(tmp_path: Path, theirs: list[int]) -> None:
    """Another system has acknowledged the dossier and reported codes of it before the province
    came: what is there already counts as success, and the hub hears what it has to."""
    with country(tmp_path) as agency, closing(register_at(tmp_path / "direct.db")) as direct:
        await agency.hub.submit([OPEN])
        (listed,) = (await foreign(agency, "GET", LIST))["data"]
        assert listed["maHoSo"] == CASE
        await foreign(agency, "PUT", RECEIPT, {"maHoSo": CASE, "daNhan": True})
        for code in theirs:
            answer = await foreign(agency, "POST", REPORT, status(code))
            assert answer["title"] == "Cập nhật trạng thái hồ sơ thành công"
        (opened,) = await heard(agency, OPEN)
        assert opened == (await heard(direct, OPEN))[0]
        (ended,) = await heard(agency, end_of(OPEN, opened))
        assert (ended.step, ended.result) == ("return", "done")
    if 6 not in theirs:
        assert codes(tmp_path)[-3:] == [7, 4, 5]


async def test_somebody_elses_supplement_is_made_good(tmp_path: Path) -> None:
    """After a 2 that is not the province's, 4 is in the wrong order: it tells all its codes again
    from the first."""
    with country(tmp_path) as agency:
        (opened,) = await heard(agency, OPEN)
        await foreign(agency, "POST", REPORT, status(2))
        await foreign(agency, "PUT", RECEIPT, {"maHoSo": CASE, "daNhan": True})
        (ended,) = await heard(agency, end_of(OPEN, opened))
    assert (ended.step, ended.result) == ("return", "done")
    assert codes(tmp_path) == [1, 3, 7, 2, 3, 7, 4, 5]


async def test_a_result_that_dvclt_does_not_take_is_an_officers(tmp_path: Path) -> None:
    """Without a book there is no result to report: the hub hears why, in DVCLT's own words."""
    with country(tmp_path) as agency:
        (opened,) = await heard(agency, OPEN)
        (ended,) = await heard(agency, end_of(OPEN, opened, quyen_so=""))
    assert (ended.step, ended.result) == ("return", "failed")
    assert "ketQuaXuLy: Thiếu quyenSo" in ended.record["loi"]
    assert codes(tmp_path) == [1, 3, 7]


async def test_what_the_register_can_not_read_is_an_officers(tmp_path: Path) -> None:
    """One of two: the other is opened."""
    wrong = replace(
        OPEN, subject="G22.99.08-230710-000009", record={**OPEN.record, "ma_co_so": None}
    )
    with country(tmp_path) as agency:
        found = {one.subject: one for one in await heard(agency, wrong, OPEN)}
    assert found[CASE].result == "done"
    assert found[wrong.subject].result == "failed"
    assert "record_invalid" in found[wrong.subject].record["loi"]


async def test_a_block_without_a_request_tells_the_hub_nothing(tmp_path: Path) -> None:
    """Whoever gives a block back as it was found, or makes one up, is only answered."""
    with country(tmp_path) as agency:
        await heard(agency, OPEN)
        answer = await foreign(agency, "GET", f"{LIST}/{at_dvclt(tmp_path).id}")
        block = orjson.loads(answer["data"]["data"])["moPhong"]
        for more in (block, {**block, "lan": 7, "ketQua": "done"}, {"x": 1}, "x"):
            answer = await foreign(agency, "POST", REPORT, status(7, moPhong=more))
            assert "đã tồn tại" in str(answer["errors"])
        assert await agency.collect(0, 100) == []


def test_an_array_has_twenty_statuses_at_most() -> None:
    """Outcomes in their order; a supplemented one goes alone, and no dossier twice in an array."""
    first = Outcome(
        subject="1", step="receive", attempt=1, time=OPEN.time, result="done", record={},
        cause="", cursor=1,
    )  # fmt: skip
    many = [replace(first, subject=str(n)) for n in range(7)]
    again = replace(first, subject="8", attempt=2)
    end = replace(first, subject="6", step="return")
    sizes = [len(group) for group in together([*many, again, *many[:2], end, *many[6:]])]
    assert sizes == [6, 1, 1, 3, 1]


async def test_a_dossier_that_nothing_can_be_told_of_stops_no_other(tmp_path: Path) -> None:
    """The register took it, though its dates are none: an officer has it, and the other goes on."""
    other = replace(OPEN, subject="G22.99.08-230710-000009", cause="another event")
    strange = replace(other, record={**OPEN.record, "ngay_nop": "x"})
    with country(tmp_path) as agency:
        found = {one.subject: one for one in await heard(agency, strange, OPEN)}
    assert found[CASE].result == "done"
    assert found[strange.subject].result == "failed"
    assert "ValueError" in found[strange.subject].record["loi"]
