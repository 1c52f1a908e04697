"""The civil-status system behind an LGSP: what its answers mean to the dispatcher."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import orjson
import pytest

from connectors.agencies.lgsp.agency import HAND_OVER, NUMBER, POLL, LgspCivilStatus
from connectors.agencies.lgsp.forms import BY_STEP
from connectors.agencies.lgsp.messages import (
    BLOCK,
    application_of,
    handing_over,
    outcome_of,
    told,
)
from connectors.runtime.agency import AgencyUnavailable, Request, RequestFailed
from connectors.runtime.agency_http import Door
from connectors.runtime.handling import Outcome
from tests.connectors.agencies.delivery import DECIDED, asked, delivered
from tests.connectors.agencies.delivery import told as decided

EVENT = delivered("birth.entry.requested", "civil-status")
CALL = asked(decided("civil-status", EVENT))
ENTER = Request(
    subject=EVENT.subject,
    step=CALL.step,
    attempt=1,
    time=EVENT.time,
    record=CALL.record,
    cause=EVENT.id,
)
CERTIFY = replace(
    ENTER,
    step="certify",
    record={"so_gcs": "00A1Z.GCS.79024.23", "so_dinh_danh": "079223000417"},
)
ENTRY = {
    **CALL.record,
    "so": 214,
    "nam": 2023,
    "quyen": "02/2023",
    "trang": 14,
    "ngay_dang_ky": "10.07.2023",
    "gio_dang_ky": "10:30:00",
    "ma_lien_thong": EVENT.subject,
}
CERTIFIED = {
    **ENTRY,
    "so_dinh_danh": "079223000417",
    "ngay_cap": "10.07.2023",
    "gio_cap": "10:40:00",
    "giay_khai_sinh": "urn:lienthong:KQ.G15.000031:26740:214/2023",
    "sha256": "a" * 64,
}
DEATH = delivered("death.entry.requested", "civil-status")
DEATH_CALL = asked(decided("civil-status", DEATH))
DIED = Request(
    subject=DEATH.subject,
    step=DEATH_CALL.step,
    attempt=1,
    time=DEATH.time,
    record=DEATH_CALL.record,
    cause=DEATH.id,
)
EXTRACTED = {
    **DEATH_CALL.record,
    "so": 31,
    "nam": 2023,
    "quyen": "01/2023",
    "trang": 31,
    "ngay_dang_ky": "10.07.2023",
    "gio_dang_ky": "10:30:00",
    "ma_lien_thong": DEATH.subject,
    "trich_luc": "urn:lienthong:KQ.G15.000034:26740:31/2023",
    "sha256": "b" * 64,
}
DOSSIER = CALL.record["ma_ho_so"]


def outcome(step: str, result: str, record: dict[str, Any]) -> Outcome:
    """An outcome of the case."""
    return Outcome(
        subject=EVENT.subject,
        step=step,
        attempt=2,
        time=DECIDED,
        result=result,
        record=record,
        cause="cause",
        cursor=9,
    )


OUTCOMES = [
    outcome("enter", "done", ENTRY),
    outcome("certify", "done", CERTIFIED),
    outcome("certify", "done", {**CERTIFIED, "ho_ten_cha": None, "so_dinh_danh_cha": None}),
    outcome("enter", "refused", {"so_gcs": "x", "ly_do": "notice_mismatch"}),
    outcome(
        "enter",
        "supplement",
        {"so_gcs": "x", "thieu": ["GCS_MO", "TK_CHUA_KY"], "han_bo_sung": "19.07.2023",
         "gio_han": "17:00:00"},
    ),
    outcome("enter", "failed", {"loi": "KeyError: 'xa'"}),
    outcome("enter_death", "done", {**EXTRACTED, "ma_ho_so": CALL.record["ma_ho_so"]}),
    outcome("enter_death", "refused", {"so_dinh_danh": "x", "ly_do": "death_notice_mismatch"}),
    outcome("certify", "draft", {**ENTRY, "so_dinh_danh": "x", "ngay_het_han": "11.07.2023"}),
    outcome("mend", "done", CERTIFIED),
]  # fmt: skip


class Others:
    """An agency for the steps without a message; it keeps what it was given."""

    def __init__(self) -> None:
        self.taken: list[Request] = []

    async def submit(self, requests: Any) -> None:
        self.taken += requests

    async def collect(self, cursor: int, limit: int) -> Any:
        raise AssertionError("outcomes come by polling")

    async def ack(self, cursor: int) -> None:
        raise AssertionError("the receipt goes with a poll")


def agency(
    answer: Callable[[httpx.Request], httpx.Response],
    *,
    token: Callable[[], str] = lambda: "t",
    others: Others | None = None,
) -> LgspCivilStatus:
    """The adapter whose other side is a function."""
    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    door = Door(client, "civil-status", lambda: "http://lgsp.test")
    return LgspCivilStatus(door, token, others or Others())


def saying(*, http: int = 200, **body: Any) -> Callable[[httpx.Request], httpx.Response]:
    """Always the same answer."""
    return lambda request: httpx.Response(http, content=orjson.dumps(body))


@pytest.mark.parametrize("one", OUTCOMES, ids=lambda one: f"{one.step}-{one.result}")
def test_an_outcome_survives_the_message(one: Outcome) -> None:
    """Every column, in its order, through the real fields and the block beside them."""
    back = outcome_of(orjson.loads(orjson.dumps(told(DOSSIER, one))))
    assert back == one
    assert list(back.record) == list(one.record)


def test_what_a_province_reads_is_in_the_real_fields() -> None:
    """Without the block, the message says all that a province needs."""
    result = told(DOSSIER, OUTCOMES[1])["ketQuaXuLy"]
    assert {name: result[name] for name in ("soDinhDanh", "soDangKy", "quyenSo", "trangSo")} == {
        "soDinhDanh": "079223000417",
        "soDangKy": "214/2023",
        "quyenSo": "02/2023",
        "trangSo": "14",
    }
    assert result["ngayDangKy"] == "10.07.2023"
    supplement = told(DOSSIER, OUTCOMES[4])
    assert supplement["trangThai"] == "2"
    assert supplement["hanBoSungHoSo"] == "19/07/2023 17:00:00"
    assert supplement["noiDungXuLy"].startswith("Ảnh chụp giấy chứng sinh bị mờ")
    assert told(DOSSIER, OUTCOMES[3])["trangThai"] == "6"


@pytest.mark.parametrize("request_", [ENTER, DIED], ids=["birth", "death"])
def test_an_application_survives_the_message(request_: Request) -> None:
    """The register gets the very record that the connector made."""
    body = handing_over(request_)
    data, block = orjson.loads(body["data"]), body[BLOCK]
    record = {**application_of(BY_STEP[request_.step], data), **block["boSung"]}
    record["ma_ho_so"] = body["maHoSoMCDT"]
    assert {column: record[column] for column in block["thuTu"]} == request_.record
    assert body["ngayTiepNhan"] == f"{request_.time:%d/%m/%Y %H:%M:%S}"


async def test_each_request_is_a_message_of_its_own() -> None:
    """Entry and number by their paths with the token; a step without a message goes elsewhere."""
    seen: list[tuple[str, str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        body = orjson.loads(request.content)
        seen.append((request.url.path, request.headers["authorization"], body))
        return httpx.Response(200, content=orjson.dumps({"status": "1"}))

    others = Others()
    other = replace(ENTER, step="annul")
    await agency(answer, others=others).submit([ENTER, other, CERTIFY])
    assert [(path, token) for path, token, _ in seen] == [
        (f"/{HAND_OVER}", "Bearer t"),
        (f"/{NUMBER}", "Bearer t"),
    ]
    assert seen[0][2] == handing_over(ENTER)
    assert seen[1][2]["soDinhDanh"] == "079223000417"
    assert others.taken == [other]


@pytest.mark.parametrize(
    "text",
    [
        "Hồ sơ ĐÃ ĐƯỢC TIẾP NHẬN",
        "Hồ sơ đã tồn tại",
        "Hồ sơ đã bị từ chối",
        "Hồ sơ đã có kết quả",
        "Hồ sơ đã trả kết quả",
    ],
)
async def test_taken_already_is_success(text: str) -> None:
    """Status 0 with what a province takes for success; the result is polled."""
    said = saying(status="0", errorCode="500", errorDescription=text)
    await agency(said).submit([ENTER])


@pytest.mark.parametrize(
    "text", ["Hồ sơ chưa được gửi sang hộ tịch", "Có lỗi trong quá trình thêm mới hồ sơ"]
)
async def test_what_did_not_get_in_this_time_is_sent_again(text: str) -> None:
    """It speaks of the one dossier, which may get in later."""
    said = saying(status="0", errorCode="500", errorDescription=text)
    with pytest.raises(RequestFailed, match=text) as failed:
        await agency(said).submit([ENTER])
    assert (failed.value.key, failed.value.retryable) == (ENTER.key, True)


@pytest.mark.parametrize("code", ["106", "108", "500", "777"])
async def test_a_refused_dossier_is_given_up_by_its_key(code: str) -> None:
    """It will be refused whenever it is sent."""
    said = saying(status="0", errorCode=code, errorDescription="Sai")
    with pytest.raises(RequestFailed, match="Sai") as failed:
        await agency(said).submit([ENTER])
    assert (failed.value.code, failed.value.key, failed.value.retryable) == (code, ENTER.key, False)


@pytest.mark.parametrize(
    "answer",
    [
        saying(status="0", errorCode="100", errorDescription="AUTHEN_ERROR"),
        saying(status="0", errorCode="101", errorDescription="IP_DISALLOWED"),
        saying(http=401, status="0", errorCode="100"),
        saying(http=503),
        saying(
            status="0", errorCode="500", errorDescription="Client received SOAP Fault from server"
        ),
        saying(http=500, status="0", errorDescription="Internal Server Error"),
        lambda request: httpx.Response(500, content=b"<faultstring>server error</faultstring>"),
        lambda request: httpx.Response(200, content=b"<html>"),
        lambda request: httpx.Response(200, content=b"[]"),
    ],
)
async def test_a_closed_gate_makes_everything_wait(
    answer: Callable[[httpx.Request], httpx.Response],
) -> None:
    """A wrong token or address, and an answer that is none, speak of no dossier."""
    port = agency(answer)
    for call in (port.submit([ENTER]), port.collect(0, 10), port.ack(1)):
        with pytest.raises(AgencyUnavailable):
            await call


async def test_a_closed_gate_says_why_in_its_own_words() -> None:
    """Whoever runs the connector reads the interface's text, whatever the HTTP status beside it."""
    text = "AUTHEN_ERROR - Mã xác thực không chính xác."
    wrong = saying(http=401, status="0", errorCode="100", errorDescription=text)
    with pytest.raises(AgencyUnavailable, match=text):
        await agency(wrong).submit([ENTER])


async def test_a_result_may_say_anything() -> None:
    """A note in a result that was served is no fault of the gateway."""
    note = {**told(DOSSIER, OUTCOMES[3]), "ghiChu": "server error"}
    found = await agency(saying(status=1, value=[note])).collect(0, 1)
    assert [one.cursor for one in found] == [OUTCOMES[3].cursor]


async def test_without_a_token_nothing_is_asked() -> None:
    """The agencies may not have announced one yet."""

    def none() -> str:
        raise FileNotFoundError("no agencies.json")

    with pytest.raises(AgencyUnavailable, match="no token"):
        await agency(saying(status="1"), token=none).submit([ENTER])


async def test_results_are_polled_in_threes_until_there_are_no_more() -> None:
    """Each poll asks behind the last outcome; the receipt names where it stands."""
    queue = [replace(OUTCOMES[0], cursor=number) for number in range(1, 8)]
    blocks: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == f"/{POLL}"
        block = orjson.loads(request.content)[BLOCK]
        blocks.append(block)
        rest = [one for one in queue if one.cursor > block.get("sau", 99)]
        items = [told(DOSSIER, one) for one in rest[:3]]
        return httpx.Response(200, content=orjson.dumps({"status": 1, "value": items}))

    port = agency(answer)
    assert await port.collect(0, 500) == queue
    assert await port.collect(2, 2) == queue[2:4]
    await port.ack(7)
    assert blocks == [{"sau": 0}, {"sau": 3}, {"sau": 6}, {"sau": 7}, {"sau": 2}, {"daNhan": 7}]


async def test_items_that_are_none_make_everything_wait() -> None:
    """Nothing is guessed from half a message."""
    item = told(DOSSIER, OUTCOMES[1])
    wrongs: list[Any] = [{**item, BLOCK: {}}, {**item, "ketQuaXuLy": {}}, [], None]
    for wrong in wrongs:
        with pytest.raises(AgencyUnavailable, match="no results"):
            await agency(saying(status=1, value=[wrong])).collect(0, 1)


async def test_an_agency_that_repeats_itself_is_not_asked_for_ever() -> None:
    """Outcomes behind a place have higher places."""
    same = told(DOSSIER, OUTCOMES[0])
    with pytest.raises(AgencyUnavailable, match="no results"):
        await agency(saying(status=1, value=[same])).collect(0, 500)
