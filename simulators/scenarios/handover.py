"""1 July 2025: a case that an old unit began, and a commune that no table maps."""

from re import compile as form
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.dates import SUMMER_GIRL
from simulators.scenarios.scenario import Death, Filing, Scenario
from simulators.scenarios.times import BY_TEN, asks, takes

UNMAPPED: Final = Label(
    "Công cụ đối soát của một hệ thống cấp tỉnh: mã xã chưa được ánh xạ (nhất là sau 1/7/2025) thì "
    "hồ sơ không được tạo, vẫn ở “Mới đăng ký”",
    "The tools of a provincial system: where a commune's code is not mapped (since 1 July 2025 "
    "above all), the dossier is never created and stays newly filed",
)
TRANSFER: Final = Label(
    "Nghị quyết 202/2025/QH15: hồ sơ dở dang do đơn vị kế thừa giải quyết tiếp dưới mã cũ; thẩm "
    "quyền theo ngày giải quyết (docs/domain.md)",
    "Resolution 202/2025/QH15: the successor goes on with an old unit's case under its code; "
    "the day of processing says who is competent (docs/domain.md)",
)
BEFORE: Final = "2025-06-30 14:00"
AFTER: Final = "2025-07-01 08:00"
OLD_MAN: Final = Death(died="2025-06-28 04:10", groups=("social_protection",))
INSURED_MAN: Final = Death(died="2025-06-28 04:10", groups=("insurance",))
ACROSS: Final = {
    "one-stop/receive/1": takes(minutes=30),
    "civil-status/enter_death/1": takes(minutes=18 * 60),
}
"""A death of 14:00: received 14:30, entered at 08:30 the next day."""

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
HANDOVER: Final = (
    Scenario(
        name="unmapped-commune",
        title=Label("Xã chưa có bảng chuyển đổi", "A commune that no table maps"),
        source=UNMAPPED,
        story=Label(
            "Phường Phúc Xá (00001) không còn từ 1/7/2025 và không bảng nào nói đơn vị nào kế "
            "thừa. Hồ sơ mới không được chuyển đi, giữ “Mới đăng ký” và vào hàng đợi thủ công với "
            "lý do đó; người nộp rút thì hồ sơ kết thúc. Hồ sơ khai tử đã đăng ký trước đó giữ "
            "nguyên kết quả, phần còn lại chờ cán bộ.",
            "A ward of Hà Nội (00001) is gone since 1 July 2025, and no table says who follows it. "
            "A new case is sent nowhere, stays newly filed and comes to the manual queue with that "
            "reason; whoever withdraws it has ended it. A death that was registered before stands, "
            "and the rest of it waits for an officer.",
        ),
        filings=[
            Filing(at=AFTER, title=Label("Nộp 1/7/2025", "filed 1 July"), baby=SUMMER_GIRL),
            Filing(
                at=AFTER,
                title=Label("Nộp rồi rút", "filed and withdrawn"),
                baby=SUMMER_GIRL,
                withdrawn="2025-07-02 09:00",
            ),
            Filing(
                at=BEFORE,
                title=Label("Khai tử 30/6/2025", "a death of 30 June"),
                death=OLD_MAN,
                arranged=ACROSS,
            ),
        ],
        glance="2025-07-01 12:00",
        meanwhile=[
            {
                "birth": 1,
                "birth.waits": "receiving_unit",
                "birth.until": "2025-07-04 17:00",
                "manual": ("dvclt: unit_unmapped",),
                "dossier": None,
            },
            {"birth": 1, "manual": ("dvclt: unit_unmapped",)},
            {
                "death": 10,
                "residence_removal": 1,
                "residence_removal.waits": "receiving_unit",
                "social_allowance": 1,
                "social_allowance.waits": "receiving_unit",
                "manual": ("dvclt: unit_unmapped",),
            },
        ],
        expected=[
            {
                "status": "processing",
                "birth": 1,
                "birth.waits": "overdue_receiving_unit",
                "manual": ("dvclt: overdue", "dvclt: unit_unmapped"),
                "said birth.registration.requested": 0,
                "refused": None,
                "ended": None,
            },
            {
                "status": "withdrawn",
                "reason": "withdrawn",
                "ended": "2025-07-02 09:00",
                "said birth.registration.requested": 0,
            },
            {
                "status": "processing",
                "death": 10,
                "said death.registration.requested": 1,
                "said residence.removal.requested": 0,
                "said funeral-allowance.requested": 0,
                "dossier": "H26.001.00001-250630-0001",
                "dossier.agency": "H26.001.00001",
                "ended": None,
            },
        ],
        open=2,
    ),
    Scenario(
        name="finished-by-the-successor",
        title=Label("Đơn vị kế thừa giải quyết tiếp", "Finished by the successor"),
        source=TRANSFER,
        story=Label(
            "Nộp ngày 30/6/2025 tại phường Trần Phú, Hà Giang (00691), xong trong tháng 7 tại "
            "phường Hà Giang 2, Tuyên Quang: bổ sung và kết quả đều dưới mã hồ sơ cũ, trong hồ sơ "
            "là mã đơn vị mới; quyết định trợ cấp và thẻ do cơ quan của tỉnh mới.",
            "Filed on 30 June 2025 in a ward that is no more, and finished in July by the one that "
            "succeeds it, in another province: supplement and result come under the old code, and "
            "the dossier has the new agency's; the decision on the allowance and the card are the "
            "new province's.",
        ),
        filings=[
            Filing(
                at=BEFORE,
                title=Label("Khai sinh, có bổ sung", "a birth with a supplement"),
                commune="00691",
                baby=SUMMER_GIRL,
                arranged={
                    **BY_TEN,
                    "civil-status/enter/1": asks("GCS_MO"),
                    "portal/birth/1": takes(minutes=41 * 60),
                },
            ),
            Filing(
                at=BEFORE,
                title=Label("Khai tử", "a death"),
                commune="00691",
                death=INSURED_MAN,
                arranged=ACROSS,
            ),
        ],
        expected=[
            {
                "status": "completed",
                "promised": "2025-07-03 17:00",
                "due": "2025-07-04 17:00",
                "at case.supplement.provided": "2025-07-02 08:30",
                "dossier": "H22.024.00691-250630-0001",
                "dossier.agency": "H60.00691",
                "entered.at": "2025-07-02 10:00",
                "personal_id": form("008325[0-9]{6}"),
                "card": form("TE108[0-9]{10}"),
                "manual": None,
            },
            {
                "status": "completed",
                "dossier": "H22.024.00691-250630-0002",
                "dossier.agency": "H60.00691",
                "decision": "1/QĐ-BHXH-08",
                "granted.vnd": 23_400_000,
                "manual": None,
            },
        ],
    ),
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
