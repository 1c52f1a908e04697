"""The one-stops over DVCLT: messages there and back, and what the adapter makes of an answer."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import orjson
import pytest

from connectors.agencies.dvclt.agency import DvcltOneStop
from connectors.agencies.dvclt.messages import (
    HAND_IN,
    NEWS,
    Asked,
    asked,
    beside,
    outcome_of,
    placed,
    reported,
    request_of,
)
from connectors.agencies.lgsp.messages import BLOCK
from connectors.runtime.agency import AgencyUnavailable, Request, RequestFailed
from connectors.runtime.agency_http import Door
from connectors.runtime.handling import Outcome
from schemas.event import from_text
from tests.connectors.agencies.delivery import asked as call_of
from tests.connectors.agencies.delivery import delivered, told

CASE = "G22.99.08-230710-000469"
CODE = "H29.760.26740-230710-0214"


def request(name: str, **data: Any) -> Request:
    """What the connector of the one-stops asks on an example event."""
    event = delivered(name, "one-stop", data=data, subject=CASE)
    call = call_of(told("one-stop", event, {"maHoSo": CODE, "maDonVi": "H29.760.26740"}))
    return Request(
        subject=CASE, step=call.step, attempt=2, time=call.time, record=call.record, cause="c"
    )


REQUESTS = {
    "birth": request("birth.registration.requested"),
    "no father": request("birth.registration.requested", father=None),
    "death": request("death.registration.requested"),
    "result": request("birth.registered"),
    "refusal": request("death.registration.refused"),
}
DONE = Outcome(
    subject=CASE, step="receive", attempt=1, time=from_text("2023-07-10T10:30:00.250+07:00"),
    result="done", cause="c", cursor=7,
    record={**REQUESTS["birth"].record, "ma_ho_so": CODE, "trang_thai": 4, "thu_tu": 1},
)  # fmt: skip
OUTCOMES = {
    "opened": (7, DONE),
    "opened anew when it is over": (7, replace(DONE, record={**DONE.record, "trang_thai": 10})),
    "returned": (5, replace(DONE, step="return", record={"ma_ho_so": CODE, "trang_thai": 10})),
    "closed": (6, replace(DONE, step="close", record={"trang_thai": 3, "ma_ho_so": CODE})),
    "failed": (0, replace(DONE, result="failed", record={"loi": "KeyError"})),
}


@pytest.mark.parametrize("one", REQUESTS.values(), ids=REQUESTS)
def test_a_request_survives_the_message(one: Request) -> None:
    """Every column, in its order, through the fields of `<hoTich>` and the block beside them."""
    body = Asked.model_validate_json(orjson.dumps(asked(one)))
    there = body.hoSo
    dossier = None if there is None else (there.module, there.maTTHC, there.data)
    back = request_of(body.maHoSoLT, body.moPhong, dossier)
    assert back == one
    assert list(back.record) == list(one.record)


def test_a_province_finds_in_the_dossier_what_it_needs() -> None:
    """In the real fields and their formats; the block has nothing of what they say."""
    body = asked(REQUESTS["birth"])
    assert (
        body["hoSo"]["data"]
        | {
            "maGCS": "00A1Z.GCS.79024.23",
            "noiDangKy": "26740",
            "nksHoTen": "Nguyễn Minh An",
            "nksGioiTinh": "1",
            "nksNgaySinh": "08.07.2023",
            "meNgaySinh": "02.11.1994",
            "meSoGiayToTuyThan": "079194012877",
            "nycHoTen": "Nguyễn Văn Bình",
        }
        == body["hoSo"]["data"]
    )
    assert set(body[BLOCK]["boSung"]) == {
        *("ma_don_vi", "ma_tinh", "ngay_nop", "han_tra", "gio_sinh", "ma_co_so")
    }


@pytest.mark.parametrize(("code", "one"), OUTCOMES.values(), ids=OUTCOMES)
def test_an_outcome_survives_the_status_report(code: int, one: Outcome) -> None:
    """Every column, in its order; the dossier's code and status are the report's own fields."""
    report = reported(CASE, CODE, code, "10/07/2023 10:30:00", beside(one))
    back = outcome_of(orjson.loads(orjson.dumps(placed(report, 7))))
    assert back == one
    assert list(back.record) == list(one.record)
    assert "ma_ho_so" not in report[BLOCK]["boSung"]


def agency(
    answer: Callable[[httpx.Request], httpx.Response], token: Callable[[], str] = lambda: "t"
) -> DvcltOneStop:
    """The adapter whose other side is a function."""
    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return DvcltOneStop(Door(client, "one-stop", lambda: "http://dvclt.test"), token)


def saying(status: int, content: Any) -> DvcltOneStop:
    """The adapter to which one thing is answered, whatever it asks."""
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    return agency(lambda _: httpx.Response(status, content=body))


async def test_what_it_asks_for_goes_with_the_token() -> None:
    """All requests in one message; outcomes from a place on; the receipt up to one."""
    seen: list[tuple[str, str, str, Any]] = []

    def answer(one: httpx.Request) -> httpx.Response:
        body = orjson.loads(one.content) if one.content else None
        bearer = one.headers["authorization"]
        seen.append((one.method, one.url.raw_path.decode(), bearer, body))
        return httpx.Response(200, content=orjson.dumps({"data": []}))

    found = agency(answer)
    await found.submit([REQUESTS["birth"], REQUESTS["result"]])
    assert await found.collect(7, 100) == []
    await found.ack(9)
    both = {"yeuCau": [asked(REQUESTS["birth"]), asked(REQUESTS["result"])]}
    assert seen == [
        ("POST", f"/{HAND_IN}", "Bearer t", both),
        ("GET", f"/{NEWS}?sau=7&toiDa=100", "Bearer t", None),
        ("PUT", f"/{NEWS}", "Bearer t", {"daNhan": 9}),
    ]


async def test_the_one_request_that_dvclt_can_not_read_is_named() -> None:
    """So that the others go on without it; a batch that is too large is told before it is sent."""
    key = REQUESTS["birth"].key
    with pytest.raises(RequestFailed) as refused:
        await saying(422, {"code": "body_invalid", "key": key}).submit([REQUESTS["birth"]])
    assert (refused.value.code, refused.value.key) == ("body_invalid", key)
    huge = replace(REQUESTS["result"], record={"x": "x" * 4_200_000})
    with pytest.raises(RequestFailed, match="bytes"):
        await saying(200, {}).submit([huge])


@pytest.mark.parametrize(
    ("status", "content"),
    [(401, {}), (403, {}), (502, b"<html>"), (503, {}), (200, b"<html>"), (200, {"data": [{}]})],
)
async def test_everything_waits_while_dvclt_does_not_answer(status: int, content: Any) -> None:
    """A token that is not the new one's yet, a gateway, an answer that is none."""
    with pytest.raises(AgencyUnavailable):
        await saying(status, content).collect(0, 10)


async def test_without_a_token_everything_waits() -> None:
    """The agencies are not up yet."""

    def none() -> str:
        raise FileNotFoundError("agencies.json")

    with pytest.raises(AgencyUnavailable, match="no token"):
        await agency(lambda _: httpx.Response(200), none).submit([REQUESTS["birth"]])
