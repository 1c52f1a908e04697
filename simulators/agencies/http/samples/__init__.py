"""A sample of every message of the real systems' paths, for docs/interfaces.

`python -m simulators.agencies.http.samples` tells every story to freshly opened agencies and
writes what was said. The same folders are replayed by a test.
"""

import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from simulators.agencies.http.exchanges import Exchange, written
from simulators.agencies.http.samples import between, civil_status, linked, portal, reports
from simulators.agencies.http.stories import Stage, Teller, opened

FOLDER: Final = Path("docs/interfaces")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One folder of samples."""

    vi: str
    en: str
    tell: Callable[[Teller], Awaitable[None]]
    stage: Stage = field(default_factory=Stage)


STORIES: Final = {
    "linked-birth": Story(
        vi="Một hồ sơ liên thông khai sinh, từ DVCLT đến trả kết quả",
        en="A linked birth, from DVCLT to the returned result",
        tell=linked.whole,
    ),
    "linked-death": Story(
        vi="Một hồ sơ liên thông khai tử, từ DVCLT đến trả kết quả",
        en="A linked death, from DVCLT to the returned result",
        tell=linked.whole,
        stage=Stage(deaths=True),
    ),
    "dvclt-order": Story(
        vi="Thứ tự trạng thái 1→3→7→4→5 và mọi câu trả lời",
        en="The order of statuses 1→3→7→4→5, and every answer",
        tell=reports.order,
    ),
    "dvclt-endings": Story(
        vi="Từ chối, bổ sung, lỗi máy chủ, sai trường",
        en="Refusal, supplement, a server that stumbles, fields that are wrong",
        tell=reports.endings,
        stage=Stage(unsteady=True),
    ),
    "dvclt-gate": Story(
        vi="Ai không được vào DVCLT", en="Who may not come in at DVCLT", tell=reports.gate
    ),
    "civil-status": Story(
        vi="Bảy dịch vụ hộ tịch qua LGSP",
        en="The seven civil-status services of an LGSP",
        tell=civil_status.services,
    ),
    "civil-status-faults": Story(
        vi="Mọi mã lỗi của dịch vụ hộ tịch",
        en="Every error code of the civil-status services",
        tell=civil_status.faults,
    ),
    "civil-status-refused": Story(
        vi="Hộ tịch từ chối", en="Civil status refuses", tell=civil_status.refused,
        stage=Stage(refusal=1.0),
    ),
    "civil-status-supplement": Story(
        vi="Hộ tịch yêu cầu bổ sung", en="Civil status asks for a supplement",
        tell=civil_status.incomplete, stage=Stage(supplement=1.0),
    ),
    "simulation": Story(
        vi="Khối moPhong: chỉ bộ kết nối của mô phỏng gửi",
        en="The block moPhong, which only the simulation's connector sends",
        tell=linked.simulation,
        stage=Stage(pdf=False),
    ),
    "dvclt-simulation": Story(
        vi="Hub và tỉnh mô phỏng gặp nhau ở DVCLT: đường dẫn riêng của mô phỏng",
        en="The hub and the simulated province meet at DVCLT: paths of the simulation's own",
        tell=between.simulation,
        stage=Stage(pdf=False),
    ),
    "portal": Story(
        vi="Phiên làm việc với Cổng Dịch vụ công quốc gia",
        en="Sessions with the National Public Service Portal",
        tell=portal.portal,
    ),
    "social-insurance": Story(
        vi="Tra cứu BHXH qua LGSP", en="Look-ups at social insurance", tell=portal.social_insurance
    ),
    "catalogues": Story(
        vi="Danh mục dùng chung", en="The shared catalogues", tell=portal.catalogues
    ),
}  # fmt: skip
"""Every folder of samples by name."""


async def told(name: str) -> dict[str, Exchange]:
    """The exchanges of a story, by file name without ending, told to fresh agencies."""
    story = STORIES[name]
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), story.stage) as teller:
        await story.tell(teller)
        return teller.told


async def files() -> dict[str, str]:
    """Every file of docs/interfaces by its path there."""
    found: dict[str, str] = {}
    index = [_HEAD]
    for name, story in STORIES.items():
        index.append(f"## {story.vi} · {story.en}\n")
        for file, one in (await told(name)).items():
            path = f"{name}/{file}.http"
            found[path] = written(one)
            index.append(f"- [{path}]({path}): {one.vi} · {one.en}")
        index.append("")
    return {"README.md": "\n".join(index).rstrip() + "\n", **found}


_HEAD: Final = """<!-- Made by `python -m simulators.agencies.http.samples`; a test compares. -->

# Samples of every message

Each file is one request and its answer, in the order in which they were exchanged with freshly
started simulated agencies. [../interfaces.md](../interfaces.md) says where each shape comes from.
All people are synthetic.
"""
