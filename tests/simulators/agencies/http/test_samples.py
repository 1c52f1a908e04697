"""The samples in docs/interfaces are what the face says, and what it says to them again."""

import tempfile
from itertools import groupby
from pathlib import Path

import pytest

from simulators.agencies.http.exchanges import Exchange, read, written
from simulators.agencies.http.samples import FOLDER, STORIES, files
from simulators.agencies.http.stories import opened

ROOT = Path(__file__).parents[4]
HOW = "run: python -m simulators.agencies.http.samples"


def documented(story: str) -> list[tuple[str, Exchange]]:
    """The exchanges of a story as its folder has them, in their order."""
    folder = ROOT / FOLDER / story
    return [
        (file.name, read(file.read_text(encoding="utf-8")))
        for file in sorted(folder.glob("*.http"))
    ]


@pytest.mark.timeout(90)
async def test_the_samples_are_what_the_face_says_today() -> None:
    """Every file is there with today's text, and none that no story tells."""
    wanted = await files()
    found = {
        str(file.relative_to(ROOT / FOLDER)): file.read_text(encoding="utf-8")
        for file in (ROOT / FOLDER).rglob("*")
        if file.is_file()
    }
    assert set(found) == set(wanted), HOW
    assert [path for path in wanted if found[path] != wanted[path]] == [], HOW


@pytest.mark.parametrize("story", STORIES)
async def test_the_documented_exchange_can_be_repeated(story: str) -> None:
    """Fresh agencies answer each documented request as documented, from the files alone."""
    exchanges = documented(story)
    assert exchanges, f"docs/interfaces/{story} has no samples"
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder), STORIES[story].stage) as teller,
    ):
        for name, one in exchanges:
            again = await teller.again(one)
            assert (again.status, again.answer) == (one.status, one.answer), name


def test_a_written_exchange_can_be_read() -> None:
    """Remarks, headers, body and the sender's address survive."""
    one = Exchange(
        vi="Hỏi",
        en="Ask",
        at="2023-07-10T08:00:00.000+07:00",
        method="POST",
        path="/a/b?c=d",
        headers={"authorization": "Bearer x", "dstcode": "VN:GOV:1"},
        body={"a": "b\n\nHTTP/1.1 200"},
        source="192.0.2.7",
        status=400,
        answer=[1, "đ"],
    )
    assert read(written(one)) == one


def test_every_kind_of_answer_has_a_sample() -> None:
    """Codes of the LGSP, statuses of civil status, DVCLT's phrases, the portal's errors."""
    texts = {
        story: "".join(
            file.read_text(encoding="utf-8") for file in sorted((ROOT / FOLDER / story).iterdir())
        )
        for story in STORIES
    }
    everything = "".join(texts.values())
    for code in ("100", "101", "106", "108", "200", "201", "302", "500"):
        assert f'"errorCode": "{code}"' in everything, code
    for status in "12346":
        assert f'"trangThai": "{status}"' in everything, status
    for phrase in (
        "logic xử lý không hợp lệ",
        "đã tồn tại trong một cửa điện tử",
        "đã có kết quả xử lý. Không thể cập nhật trạng thái",
        "đã hoàn thành đăng ký, không được cập nhật trạng thái",
        "đã trả kết quả, không được cập nhật trạng thái",
        "bị từ chối. Không thể cập nhật trạng thái",
        "chưa được gửi không thể cập nhật trạng thái",
        "Có lỗi trong quá trình thêm mới",
        "không tồn tại",
        "Cập nhật thành công",
        "Hồ sơ đã được tiếp nhận",
    ):
        assert phrase in everything, phrase
    for number in range(8):
        assert f'"error_code": "{number}"' in texts["portal"], number


def test_samples_are_numbered_without_gaps() -> None:
    """A folder is read from the first file to the last."""
    for story in STORIES:
        numbers = [int(name[:2]) for name, _ in documented(story)]
        assert numbers == list(range(1, len(numbers) + 1)), story
        assert all(len(list(same)) == 1 for _, same in groupby(numbers))
