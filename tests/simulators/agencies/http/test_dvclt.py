"""DVCLT towards a province: what waits, what is acknowledged, which statuses are taken."""

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.examples import example
from simulators.agencies.http.dvclt.hotich import birth_fields, written
from simulators.agencies.http.dvclt.statuses import (
    CODES,
    DISORDER,
    EXISTS,
    NOT_SENT,
    REFUSED,
    RETURNED,
    SUPPLEMENT,
    TAKEN,
    TURNED_DOWN,
    reply_to,
)
from simulators.agencies.http.samples.linked import LIST, RECEIPT, REPORT, Dossier, fetched, taken
from simulators.agencies.http.stories import BEARER, TOKEN, Teller

ORDER = (1, 3, 7, 4, 5)


async def told(teller: Teller, dossier: Dossier, code: int, **more: Any) -> tuple[int, str]:
    """HTTP status and text of the answer to a status."""
    answer = await teller.ask("bao", "", "", REPORT, dossier.report(code, "09:00:00", **more))
    errors = answer["errors"]
    return answer["status"], answer["title"] if errors is None else " ".join(*errors.values())


async def test_the_compulsory_order_is_taken(teller: Teller) -> None:
    """1→3→7→4→5, the fourth with its result."""
    dossier = await taken(teller)
    result = orjson.dumps(
        {"soDinhDanh": "079223000417", "ngayDangKy": "10.07.2023", "soDangKy": "1/2023",
         "quyenSo": "01/2023", "trangSo": "1"}
    ).decode()  # fmt: skip
    for code in ORDER:
        more = {"ketQuaXuLy": result} if code == 4 else {}
        assert await told(teller, dossier, code, **more) == (
            200,
            "Cập nhật trạng thái hồ sơ thành công",
        ), code


async def test_a_wrong_order_is_never_right(teller: Teller) -> None:
    """3 before 1: *logic xử lý không hợp lệ*, however often it is sent."""
    dossier = await taken(teller)
    for _ in range(2):
        status, text = await told(teller, dossier, 3)
        assert status == 400
        assert "logic xử lý không hợp lệ" in text


async def test_a_status_before_the_receipt_is_to_be_repeated(teller: Teller) -> None:
    """*chưa được gửi không thể cập nhật trạng thái*; after `daNhan` the same report is taken."""
    dossier = await fetched(teller)
    status, text = await told(teller, dossier, 1)
    assert (status, "chưa được gửi không thể cập nhật trạng thái" in text) == (400, True)
    receipt = {"maHoSo": dossier.case, "daNhan": True}
    answer = await teller.ask("nhan", "", "", RECEIPT, receipt, method="PUT")
    assert answer["title"] == "Cập nhật thành công"
    assert (await told(teller, dossier, 1))[0] == 200


async def test_no_failure_says_success(teller: Teller) -> None:
    """Senders search the whole answer for "thành công"."""
    dossier = await taken(teller)
    for code in (3, 4, 5, 6):
        answer = await teller.ask("bao", "", "", REPORT, dossier.report(code, "09:00:00"))
        assert answer["status"] == 400, code
        assert "thành công" not in orjson.dumps(answer).decode().lower(), code


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("coQuanXuLy", 4),
        ("trangThai", 8),
        ("trangThai", True),
        ("maTTHC", ""),
        ("maHoSo", None),
        ("thoiGianThucHien", "2023-07-10T09:00:00"),
        ("ngayHenTraMoi", "10/07/2023"),
    ],
)
async def test_a_wrong_field_is_named(teller: Teller, name: str, value: Any) -> None:
    """As ASP.NET does: the field, and what it should be; nothing of the report is taken."""
    dossier = await taken(teller)
    body = dossier.report(1, "09:00:00") | {name: value}
    answer = await teller.ask("sai", "", "", REPORT, body)
    assert answer["status"] == 400
    assert list(answer["errors"]) == [name]
    assert (await told(teller, dossier, 1))[0] == 200


async def test_twenty_statuses_at_most(teller: Teller) -> None:
    """A report of twenty-one is refused whole; twenty are answered one by one."""
    dossier = await taken(teller)
    report = dossier.report(1, "09:00:00")
    refused = await teller.ask("21", "", "", REPORT, [report] * 21)
    assert refused["errors"] == {"": ["Mỗi lần gửi từ 1 đến 20 trạng thái"]}
    answers = await teller.ask("20", "", "", REPORT, [report] * 20)
    assert [one["status"] for one in answers] == [200, *[400] * 19]


async def test_a_dossier_waits_until_it_is_acknowledged(teller: Teller) -> None:
    """Fetching forgets nothing: a province that died after it fetches again."""
    before = await teller.ask("ds", "", "", LIST)
    dossier = await fetched(teller)
    assert await teller.ask("ds", "", "", LIST) == before
    receipt = {"maHoSo": dossier.case, "daNhan": True}
    await teller.ask("nhan", "", "", RECEIPT, receipt, method="PUT")
    after = await teller.ask("ds", "", "", LIST)
    assert [one["maHoSo"] for one in after["data"]] == [
        one["maHoSo"] for one in before["data"] if one["maHoSo"] != dossier.case
    ]


async def test_a_supplemented_dossier_waits_again(teller: Teller) -> None:
    """After 2 it is fetched and acknowledged anew, accepted anew, and then goes on."""
    dossier = await taken(teller)
    for code in (1, 3, SUPPLEMENT):
        assert (await told(teller, dossier, code))[0] == 200
    again = await taken(teller)
    assert again.case == dossier.case
    assert (await told(teller, dossier, 7))[0] == 400, "it was not accepted anew"
    for code in (3, 7):
        assert (await told(teller, dossier, code))[0] == 200


@pytest.mark.parametrize(
    ("headers", "source", "status"),
    [
        ({}, "127.0.0.1", 401),
        ({"authorization": "Bearer x"}, "127.0.0.1", 401),
        ({"authorization": TOKEN}, "127.0.0.1", 401),
        (BEARER, "192.0.2.7", 403),
        (BEARER, "nobody", 403),
    ],
)
async def test_who_may_not_come_in_sees_nothing(
    teller: Teller, headers: dict[str, str], source: str, status: int
) -> None:
    """Neither the list nor a dossier."""
    for path in (LIST, f"{LIST}/1"):
        answer = await teller.ask("x", "", "", path, headers=headers, source=source)
        assert answer["status"] == status


async def test_another_provinces_dossier_is_not_there(teller: Teller) -> None:
    """The account is province 79's, and so is everything that it sees."""
    listed = await teller.ask("ds", "", "", LIST)
    for one in listed["data"]:
        answer = await teller.ask("hs", "", "", f"{LIST}/{one['id']}")
        inner = orjson.loads(answer["data"]["data"])
        entry = ElementTree.fromstring(inner["data"]).find("hoTich")
        assert entry is not None
        assert entry.findtext("noiDangKy", "")[:2] in {"26", "27"}, "communes of province 79"


def test_hotich_says_what_the_family_filed() -> None:
    """Every field a text element, days as `dd.MM.yyyy`; an unknown father is left out."""
    case = example("case.submitted").data()
    entry = ElementTree.fromstring(written(birth_fields(case))).find("hoTich")
    assert entry is not None
    found = {field.tag: field.text for field in entry}
    assert found["nksHoTen"] == "Nguyễn Minh An"
    assert found["nksNgaySinh"] == "08.07.2023"
    assert found["maGCS"] == "00A1Z.GCS.79024.23"
    assert found["meSoGiayToTuyThan"] == "079194012877"
    assert found["nycQuanHe"] == "Cha"
    alone = birth_fields({**case, "father": None})
    assert not [name for name in alone if name.startswith("cha")]


@given(st.lists(st.sampled_from(CODES), max_size=12))
def test_whatever_is_reported_the_order_holds(codes: list[int]) -> None:
    """What was taken is always a legal history, and an end is an end."""
    reported: list[int] = []
    for code in codes:
        reply = reply_to(code, reported, received=True)
        if reply is TAKEN:
            reported.append(code)
        elif reply is not DISORDER:
            assert reply.meaning == "known", "everything else is a repetition, which is success"
    order = [code for code in reported if code not in (SUPPLEMENT, REFUSED)]
    for before, after in pairwise(reported):
        assert before not in (RETURNED, REFUSED), "nothing follows an end"
        if before == SUPPLEMENT:
            assert after in (3, REFUSED)
    if SUPPLEMENT not in reported:
        assert order == list(ORDER[: len(order)])


@given(st.sampled_from(CODES))
def test_sent_again_a_status_is_success(code: int) -> None:
    """At least once: the answer to a repetition never asks for another one."""
    history = {1: [1], 3: [1, 3], 7: [1, 3, 7], 4: [1, 3, 7, 4], 5: [*ORDER], 6: [1, 6], 2: [1, 2]}
    reply = reply_to(code, history[code], received=True)
    assert reply.meaning in ("taken", "known")
    assert (reply is EXISTS) == (code in (1, 2, 3, 7))
    assert (reply is TURNED_DOWN) == (code == REFUSED)


def test_nothing_is_taken_of_a_dossier_nobody_has() -> None:
    """Not acknowledged: later, whatever the code."""
    assert {reply_to(code, [], received=False) for code in CODES} == {NOT_SENT}
