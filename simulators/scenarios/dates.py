"""Moments at which the clock, the calendar or the law makes the difference."""

from re import compile as form
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.births import GIRL
from simulators.scenarios.scenario import Baby, Filing, Scenario
from simulators.scenarios.times import BY_TEN, asks, takes

DECREE_63: Final = Label(
    "Nghị định 63/2024/NĐ-CP: 3 ngày làm việc; nộp sau 15 giờ tính từ ngày làm việc tiếp theo (báo "
    "chí)",
    "Decree 63/2024/NĐ-CP: 3 working days; what comes after 15:00 counts from the next working day "
    "(press)",
)
SUMMER_GIRL: Final = Baby("female", "Minh Anh", "2025-06-20 04:30")

DATES: Final = (
    Scenario(
        name="after-three",
        title=Label("Nộp sau 15 giờ", "Submitted after 15:00"),
        source=DECREE_63,
        story=Label(
            "Nộp đúng 15:00 thì tính ngay hôm đó; một phút sau thì từ ngày làm việc tiếp theo; nộp "
            "chiều thứ Sáu sau 15:00 thì từ thứ Hai.",
            "What is filed at 15:00 counts from that day, a minute later from the next working "
            "day, and on a Friday after 15:00 from Monday.",
        ),
        filings=[
            Filing(at="2023-07-10 15:00", title=Label("Đúng 15:00", "at 15:00"), baby=GIRL),
            Filing(at="2023-07-10 15:01", title=Label("15:01", "at 15:01"), baby=GIRL),
            Filing(
                at="2023-07-14 15:01", title=Label("Thứ Sáu 15:01", "Friday at 15:01"), baby=GIRL
            ),
        ],
        expected=[
            {"promised": "2023-07-13 17:00", "status": "completed"},
            {"promised": "2023-07-14 17:00", "status": "completed"},
            {"promised": "2023-07-20 17:00", "status": "completed"},
        ],
    ),
    Scenario(
        name="before-tet",
        title=Label("Nộp trước Tết", "Submitted before Tết"),
        source=Label(
            "Thông báo nghỉ Tết Giáp Thìn: từ 8/2 đến 14/2/2024; thời hạn tính bằng ngày làm việc",
            "The notice of the Tết holiday of 2024: 8 to 14 February; deadlines are in working "
            "days",
        ),
        story=Label(
            "Nộp thứ Ba 6/2/2024: ngày làm việc thứ nhất là 7/2, hai ngày còn lại sau Tết.",
            "Filed on Tuesday 6 February 2024: working day one is the 7th, the other two come "
            "after Tết.",
        ),
        filings=[
            Filing(
                at="2024-02-06 10:00",
                baby=Baby("female", "Minh Xuân", "2024-01-30 04:30"),
                arranged=BY_TEN,
            )
        ],
        expected=[
            {
                "promised": "2024-02-16 17:00",
                "status": "completed",
                "procedure": "2.000986",
                "entered.at": "2024-02-06 11:30",
            }
        ],
    ),
    Scenario(
        name="supplement-over-tet",
        title=Label("Bổ sung qua Tết", "A supplement over Tết"),
        source=Label(
            "7 ngày làm việc để bổ sung (hướng dẫn của phường); nghỉ Tết Giáp Thìn 8/2 đến "
            "14/2/2024",
            "7 working days for a supplement (a ward's guide); Tết holiday 8 to 14 February 2024",
        ),
        story=Label(
            "Yêu cầu ngày 6/2/2024: Tết không tính, hạn là 22/2. Gia đình gửi trong Tết, coi như "
            "gửi ngày 15/2.",
            "Asked for on 6 February 2024: Tết does not count, it is due on the 22nd. The family "
            "sends it during Tết, which counts as the 15th.",
        ),
        filings=[
            Filing(
                at="2024-02-06 08:00",
                baby=Baby("female", "Minh Xuân", "2024-01-30 04:30"),
                arranged={
                    **BY_TEN,
                    "civil-status/enter/1": asks("GCS_MO"),
                    "portal/birth/1": takes(days=4),
                    "one-stop/receive/2": takes(days=4, minutes=23 * 60),
                },
            )
        ],
        expected=[
            {
                "question.1.due": "2024-02-22 17:00",
                "at case.supplement.provided": "2024-02-10 09:30",
                "promised": "2024-02-16 17:00",
                "due": "2024-02-20 17:00",
                "entered.at": "2024-02-15 09:30",
                "status": "completed",
            }
        ],
    ),
    Scenario(
        name="make-up-saturday",
        title=Label("Thứ Bảy làm bù", "A Saturday worked in exchange"),
        source=Label(
            "Hoán đổi ngày nghỉ lễ 30/4–1/5/2024: nghỉ thứ Hai 29/4, làm bù thứ Bảy 4/5",
            "The exchanged days of 30 April and 1 May 2024: Monday 29 April off, Saturday 4 May "
            "worked",
        ),
        story=Label(
            "Nộp thứ Sáu 26/4/2024: nghỉ đến 1/5, ba ngày làm việc là 2/5, 3/5 và thứ Bảy 4/5.",
            "Filed on Friday 26 April 2024: offices are closed to 1 May; the three working days "
            "are 2 May, 3 May and Saturday 4 May.",
        ),
        filings=[Filing(at="2024-04-26 10:00", baby=Baby("male", "Hải Đăng", "2024-04-20 22:10"))],
        expected=[{"promised": "2024-05-04 17:00", "status": "completed"}],
    ),
    Scenario(
        name="new-procedure-code",
        title=Label("Đổi mã thủ tục ngày 10/6/2024", "The procedure's code changes"),
        source=Label(
            "Mã thủ tục: 2.000986 đến 9/6/2024, 2.002621 từ 10/6/2024 (Nghị định 63/2024/NĐ-CP)",
            "Procedure codes: 2.000986 to 9 June 2024, 2.002621 from 10 June 2024 (Decree "
            "63/2024/NĐ-CP)",
        ),
        story=Label(
            "Mã theo ngày nộp: thứ Sáu 7/6 mã cũ, thứ Hai 10/6 mã mới.",
            "The day of submission decides: the old code on Friday 7 June, the new one on Monday "
            "10 June.",
        ),
        filings=[
            Filing(
                at="2024-06-07 16:00",
                title=Label("Thứ Sáu 7/6", "Friday 7 June"),
                baby=Baby("male", "Hải Đăng", "2024-06-01 22:10"),
            ),
            Filing(
                at="2024-06-10 08:00",
                title=Label("Thứ Hai 10/6", "Monday 10 June"),
                baby=Baby("male", "Hải Đăng", "2024-06-01 22:10"),
            ),
        ],
        expected=[
            {"procedure": "2.000986", "promised": "2024-06-13 17:00", "status": "completed"},
            {"procedure": "2.002621", "promised": "2024-06-13 17:00", "status": "completed"},
        ],
    ),
    Scenario(
        name="over-national-day",
        title=Label("Qua nghỉ lễ 2/9", "Over National Day"),
        source=Label(
            "Thông báo nghỉ lễ Quốc khánh 2023: từ thứ Sáu 1/9 đến thứ Hai 4/9",
            "The notice of the National Day holiday of 2023: Friday 1 to Monday 4 September",
        ),
        story=Label(
            "Nộp thứ Tư 30/8/2023: một ngày làm việc trước lễ, hai ngày sau lễ.",
            "Filed on Wednesday 30 August 2023: one working day before the holiday, two after it.",
        ),
        filings=[Filing(at="2023-08-30 10:00", baby=Baby("male", "Hải Đăng", "2023-08-20 22:10"))],
        expected=[{"promised": "2023-09-06 17:00", "status": "completed"}],
    ),
    Scenario(
        name="cut-over-2025",
        title=Label("Qua ngày 1/7/2025", "Over 1 July 2025"),
        source=Label(
            "Nghị quyết 202/2025/QH15: 34 tỉnh, không còn cấp huyện từ 1/7/2025; hồ sơ dở dang do "
            "đơn vị mới giải quyết tiếp dưới mã cũ (docs/domain.md). Mã tỉnh của số định danh sau "
            "sáp nhập là lựa chọn của dự án",
            "Resolution 202/2025/QH15: 34 provinces and no districts from 1 July 2025; the new "
            "unit finishes a case under its old code (docs/domain.md). The province part of a "
            "personal ID after the mergers is this project's choice",
        ),
        story=Label(
            "Nộp ngày 30/6/2025 tại Hà Giang, đăng ký ngày 1/7 khi đã là Tuyên Quang: mã hồ sơ và "
            "hạn trả giữ nguyên, số định danh theo ngày đăng ký. Nộp ngày 1/7: mã đơn vị mới, "
            "không có huyện.",
            "Filed on 30 June 2025 in Hà Giang and registered on 1 July, when that is Tuyên Quang: "
            "dossier code and date stay, the personal ID goes by the day of registration. Filed on "
            "1 July: the new agency code, without a district.",
        ),
        filings=[
            Filing(
                at="2025-06-30 14:00",
                title=Label("Nộp 30/6/2025", "filed 30 June 2025"),
                commune="00691",
                baby=SUMMER_GIRL,
                arranged={**BY_TEN, "civil-status/enter/1": takes(minutes=20 * 60)},
            ),
            Filing(
                at="2025-07-01 08:00",
                title=Label("Nộp 1/7/2025", "filed 1 July 2025"),
                commune="00691",
                baby=SUMMER_GIRL,
                arranged=BY_TEN,
            ),
        ],
        expected=[
            {
                "status": "completed",
                "procedure": "2.002621",
                "promised": "2025-07-03 17:00",
                "dossier": "H22.024.00691-250630-0001",
                "entered.at": "2025-07-01 10:30",
                "personal_id": form("008325[0-9]{6}"),
                "card": form("TE108[0-9]{10}"),
            },
            {
                "status": "completed",
                "promised": "2025-07-04 17:00",
                "dossier": "H60.00691-250701-0001",
                "personal_id": form("008325[0-9]{6}"),
                "card": form("TE108[0-9]{10}"),
            },
        ],
    ),
)
