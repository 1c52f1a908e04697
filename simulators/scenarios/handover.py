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
)
