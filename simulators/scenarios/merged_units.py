"""1 July 2025: what stands in a number, a decision and a paper once units have merged."""

from re import compile as form
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.dates import SUMMER_GIRL
from simulators.scenarios.handover import AFTER, BEFORE, OLD_MAN
from simulators.scenarios.scenario import Filing, Scenario
from simulators.scenarios.times import BY_TEN, takes

NUMBERS: Final = Label(
    "Thông tư 07/2016/TT-BCA, Phụ lục 1: số định danh bắt đầu bằng mã của tỉnh đăng ký khai sinh; "
    "sau sáp nhập dùng mã nào thì chưa có nguồn, nên là tham số (docs/domain.md)",
    "Circular 07/2016/TT-BCA, appendix 1: a personal ID begins with the code of the province of "
    "birth registration; which code goes on after the mergers is in no source, so it is a "
    "parameter (docs/domain.md)",
)
DECIDER: Final = Label(
    "Hướng dẫn của phường: hỗ trợ chi phí mai táng do cấp huyện giải quyết đến 30/6/2025, sau đó "
    "do UBND cấp xã; theo ngày quyết định (docs/domain.md)",
    "A ward's guide: help with funeral costs was decided by the district until 30 June 2025, since "
    "then by the commune; the day of the decision says by whom (docs/domain.md)",
)
_MORNING: Final = {
    "one-stop/receive/1": takes(minutes=30),
    "civil-status/enter_death/1": takes(minutes=60),
    "residence/remove/1": takes(minutes=60),
    "payout/pay/1": takes(minutes=60),
}
"""A death of 08:00: received 08:30, entered 09:30."""

MERGED_UNITS: Final = (
    Scenario(
        name="former-province-in-the-number",
        title=Label("Mã tỉnh cũ trong số định danh", "The former province in a personal ID"),
        source=NUMBERS,
        story=Label(
            "Lượt chạy với personal_id_province former: sau 1/7/2025, trẻ đăng ký tại phường của "
            "Hà Giang cũ có số bắt đầu bằng 002, dù tỉnh là Tuyên Quang (08) và thẻ BHYT theo tỉnh "
            "mới; tại Bình Dương cũ là 074; nơi không sáp nhập không đổi. Tình huống cut-over-2025 "
            "chơi với mặc định, successor: 008.",
            "A run with personal_id_province former: after 1 July 2025 a child registered in a "
            "ward of what was Hà Giang has a number that begins with 002, though the province is "
            "Tuyên Quang (08) and the card the new province's; in what was Bình Dương it is 074; "
            "where nothing was merged nothing changes. The scenario cut-over-2025 plays the "
            "default, successor: 008.",
        ),
        world={"personal_id_province": "former"},
        filings=[
            Filing(
                at=AFTER,
                title=Label("Hà Giang cũ", "what was Hà Giang"),
                commune="00691",
                baby=SUMMER_GIRL,
                arranged=BY_TEN,
            ),
            Filing(
                at=BEFORE,
                title=Label("Hà Giang, nộp 30/6", "Hà Giang, filed 30 June"),
                commune="00691",
                baby=SUMMER_GIRL,
                arranged={**BY_TEN, "civil-status/enter/1": takes(minutes=20 * 60)},
            ),
            Filing(
                at=AFTER,
                title=Label("Bình Dương cũ", "what was Bình Dương"),
                commune="25747",
                baby=SUMMER_GIRL,
                arranged=BY_TEN,
            ),
            Filing(
                at=AFTER,
                title=Label("Hà Nội, không sáp nhập", "Hà Nội, not merged"),
                commune="00004",
                baby=SUMMER_GIRL,
                arranged=BY_TEN,
            ),
        ],
        expected=[
            {
                "status": "completed",
                "personal_id": form("002325[0-9]{6}"),
                "card": form("TE108[0-9]{10}"),
            },
            {
                "status": "completed",
                "entered.at": "2025-07-01 10:30",
                "personal_id": form("002325[0-9]{6}"),
                "card": form("TE108[0-9]{10}"),
            },
            {
                "status": "completed",
                "personal_id": form("074325[0-9]{6}"),
                "card": form("TE179[0-9]{10}"),
            },
            {
                "status": "completed",
                "personal_id": form("001325[0-9]{6}"),
                "card": form("TE101[0-9]{10}"),
            },
        ],
    ),
    Scenario(
        name="from-district-to-commune",
        title=Label("Từ cấp huyện sang cấp xã", "From the district to the commune"),
        source=DECIDER,
        story=Label(
            "Hai hồ sơ cùng nộp ngày 30/6/2025 tại một phường. Quyết định ngày 30/6 là của UBND "
            "thành phố Hà Giang (cấp huyện, mã 024), số 1; quyết định ngày 1/7 là của UBND phường, "
            "cũng bắt đầu từ số 1.",
            "Two cases filed on 30 June 2025 in one ward. What is decided on 30 June is decided by "
            "the people's committee of the city of Hà Giang (a district, code 024), as its number "
            "1; what is decided on 1 July by that of the ward, which begins at number 1 too.",
        ),
        filings=[
            Filing(
                at="2025-06-30 08:00",
                title=Label("Quyết định 30/6/2025", "decided on 30 June"),
                commune="00691",
                death=OLD_MAN,
                arranged={**_MORNING, "social-protection/allowance/1": takes(minutes=120)},
            ),
            Filing(
                at="2025-06-30 08:00",
                title=Label("Quyết định 1/7/2025", "decided on 1 July"),
                commune="00691",
                death=OLD_MAN,
                arranged={**_MORNING, "social-protection/allowance/1": takes(days=1)},
            ),
        ],
        expected=[
            {
                "status": "completed",
                "decision": "1/QĐ-UBND-024",
                "granted.vnd": 10_000_000,
                "paid.vnd": 10_000_000,
                "manual": None,
            },
            {
                "status": "completed",
                "decision": "1/QĐ-UBND-00691",
                "granted.vnd": 10_000_000,
                "paid.vnd": 10_000_000,
                "manual": None,
            },
        ],
    ),
)
