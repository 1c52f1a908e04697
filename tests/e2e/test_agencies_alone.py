"""A province's own system against `lienthong agencies serve`, over real sockets."""

import base64
import json
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import orjson
import pytest

from connectors.runtime.agency_http import open_client
from schemas.units import commune
from simulators.agencies.http.samples.linked import LINKED, LIST, PAPERS, RECEIPT, REPORT, Dossier
from tests.e2e.processes import WITHIN_S, Lienthong

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]


class Province:
    """A provincial dossier system: fetch, acknowledge, hand over, poll, report."""

    def __init__(self, client: httpx.AsyncClient, facts: dict[str, Any]) -> None:
        self._client = client
        self._url = facts["url"]
        self._headers = {"authorization": f"Bearer {facts['token']}"}
        self._own: str | None = facts["province"]
        self.numbers: dict[str, int] = {}
        """The number of its own code that each linked dossier has."""

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON that is answered."""
        answer = await self._client.request(
            method, f"{self._url}{path}", json=body, headers=self._headers
        )
        return orjson.loads(answer.content)

    async def waiting(self) -> AsyncIterator[Dossier]:
        """Every dossier that waits, acknowledged, until none does; a known one keeps its code."""
        while listed := (await self.call("GET", LIST))["data"]:
            for one in listed:
                number = self.numbers.setdefault(one["maHoSo"], len(self.numbers) + 1)
                dossier = Dossier(await self.call("GET", f"{LIST}/{one['id']}"), number)
                receipt = {"maHoSo": dossier.case, "daNhan": True}
                answer = await self.call("PUT", RECEIPT, receipt)
                assert answer["title"] == "Cập nhật thành công"
                yield dossier

    async def report(self, dossier: Dossier, code: int, **more: Any) -> None:
        """Report a status, again where the answer asks for it."""
        for _ in range(2):
            answer = await self.call("POST", REPORT, dossier.report(code, "09:00:00", **more))
            if "thành công" in answer["title"] or "đã tồn tại" in str(answer["errors"]):
                return
            assert "lỗi trong quá trình thêm mới" in str(answer["errors"]), answer
        raise AssertionError("a repeated report is taken")

    async def result(self, dossier: Dossier) -> dict[str, Any]:
        """Poll until civil status has decided; for as long as the test's time lasts."""
        province = self._own or commune(dossier.commune).province
        body = {**dossier.asking(), "maTinh": province}
        while True:
            answer = await self.call("POST", f"{LINKED}/layKetQuaDKHT", body)
            assert "value" in answer, answer
            (item,) = answer["value"]
            if item["trangThai"] not in ("1", "3"):
                return dict(item)


@contextmanager
def serving(lienthong: Lienthong, *options: str) -> Iterator[dict[str, Any]]:
    """The command for the time of the body: what it announces. Then it gets a Ctrl-C."""
    command = lienthong.start(
        "agencies", "serve", "--listen", "127.0.0.1:0", "--json", "--speed", "100000", *options
    )
    try:
        assert command.stdout is not None
        line = command.stdout.readline()
        assert line, f"it said nothing: {lienthong.errors()}"
        yield json.loads(line)
        command.send_signal(signal.SIGINT)
        assert command.wait(WITHIN_S) == 130, lienthong.errors()
    finally:
        command.kill()
        command.communicate()


async def test_numbers_begin_as_the_province_was_called_where_it_is_asked_for(
    lienthong: Lienthong,
) -> None:
    """After the mergers the switch of a run holds here too: Tuyên Quang took in Hà Giang (002)."""
    asked = ("--start", "2025-07-02", "--province", "08", "--personal-id-province", "former")
    begun: dict[str, str] = {}
    with serving(lienthong, "--waiting", "12", "--deaths", "0", *asked) as facts:
        async with open_client() as client:
            province = Province(client, facts)
            async for dossier in province.waiting():
                path = f"{LINKED}/nhanHoSoDKHT"
                taken = await province.call("POST", path, dossier.handing_over())
                assert taken["status"] == "1", taken
                item = await province.result(dossier)
                if item["trangThai"] == "4":
                    begun[dossier.commune] = item["ketQuaXuLy"]["soDinhDanh"][:3]
    then = {code: f"0{commune(code).province}" for code in begun}
    assert begun == then, "numbers begin with the code of the province of 2023"
    assert "002" in begun.values(), "some child is registered in what was Hà Giang"


async def test_a_province_takes_its_dossiers_from_the_list_to_the_result(
    lienthong: Lienthong,
) -> None:
    """Births and deaths, supplements too: every one ends reported; papers come as PDF files."""
    ends: dict[str, set[str]] = {"LTKS": set(), "LTKT": set()}
    with serving(lienthong, "--waiting", "8", "--unsteady", "--pdf") as facts:
        async with open_client() as client:
            province = Province(client, facts)
            async for dossier in province.waiting():
                await province.report(dossier, 1)
                await province.report(dossier, 3)
                path = f"{LINKED}/nhanHoSoDKHT"
                taken = await province.call("POST", path, dossier.handing_over())
                assert taken["status"] == "1", taken
                await province.report(dossier, 7)
                item = await province.result(dossier)
                ends[dossier.module].add(item["trangThai"])
                if item["trangThai"] != "4":
                    await province.report(dossier, int(item["trangThai"]), ghiChu=item["ghiChu"])
                    continue
                result = {**item["ketQuaXuLy"], "maGiayToKetQua": PAPERS[dossier.module]}
                paper = result["giayKhaiSinh" if dossier.module == "LTKS" else "giayKhaiTu"]
                assert base64.b64decode(paper).startswith(b"%PDF")
                text = orjson.dumps(result).decode()
                await province.report(dossier, 4, ketQuaXuLy=text)
                await province.report(dossier, 5)
            assert len(province.numbers) == 8
    assert "4" in ends["LTKS"], ends
    assert "4" in ends["LTKT"], ends


def test_a_taken_port_is_told(lienthong: Lienthong) -> None:
    """Exit code 3, and which port it is."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        ended = lienthong.run("agencies", "serve", "--listen", f"127.0.0.1:{port}")
    assert ended.returncode == 3, ended.stderr
    assert "Traceback" not in ended.stderr
    assert str(port) in ended.stderr
