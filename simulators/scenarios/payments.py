"""What goes wrong between a funeral allowance's decision and the payee's hands, and its sum."""

from typing import Final

from hub.orchestrator.labels import Label
from schemas.standards import Standard
from simulators.scenarios.births import OPENING
from simulators.scenarios.deaths import TIMES, insured
from simulators.scenarios.scenario import Death, Filing, Scenario
from simulators.scenarios.times import NEVER, refuses, takes

FLOW: Final = Label(
    "Luồng liên thông khai tử (docs/domain.md): cơ quan quyết định mức hưởng; chi trả không thành "
    "thì quyết định vẫn giữ nguyên",
    "The flow of the linked death service (docs/domain.md): the agency decides on the sum; when a "
    "payment fails, the decision stands",
)
HIGHEST: Final = Label(
    "Nghị định 20/2021/NĐ-CP, Điều 4 và Điều 11: mức chuẩn của tỉnh có thể cao hơn; thuộc diện "
    "hưởng nhiều mức thì chỉ hưởng một mức cao nhất (docs/domain.md)",
    "Decree 20/2021/NĐ-CP, articles 4 and 11: a province's standard may be higher; of several sums "
    "only the highest is due (docs/domain.md)",
)

PAYMENTS: Final = (
    Scenario(
        name="account-closed",
        title=Label("Tài khoản nhận tiền đã đóng", "The payee's account is closed"),
        source=FLOW,
        story=Label(
            "Ngân hàng trả lại tiền vì tài khoản đã đóng. Quyết định vẫn giữ nguyên; người lo mai "
            "táng được hỏi và nhận tiền mặt, một lần.",
            "The bank returns the money: the account is closed. The decision stands; the payee is "
            "asked and takes cash, once.",
        ),
        filings=[
            Filing(
                at=OPENING,
                death=insured("2023-07-02 04:10"),
                arranged={
                    **TIMES,
                    "payout/pay/1": refuses("account_closed"),
                    "portal/insurance_allowance/1": takes(days=1),
                },
            )
        ],
        expected=[
            {
                "status": "completed",
                "granted.count": 1,
                "granted.vnd": 18_000_000,
                "decision": "1/QĐ-BHXH-01",
                "said payout.failed": 1,
                "said payout.made": 1,
                "paid.vnd": 18_000_000,
                "paid.method": "cash",
            }
        ],
    ),
    Scenario(
        name="account-given-too-late",
        title=Label("Không báo tài khoản khác", "No other account is named"),
        source=FLOW,
        story=Label(
            "Tài khoản đã đóng và người lo mai táng không trả lời. Hết 7 ngày làm việc hồ sơ kết "
            "thúc, nhưng quyết định vẫn giữ nguyên: khoản tiền chờ ở cơ quan.",
            "The account is closed, and the payee never answers. After 7 working days the case "
            "ends, but the decision stands: the sum waits at the agency.",
        ),
        filings=[
            Filing(
                at=OPENING,
                death=insured("2023-07-02 04:10"),
                arranged={
                    **TIMES,
                    "payout/pay/1": refuses("account_closed"),
                    "portal/insurance_allowance/1": NEVER,
                },
            )
        ],
        expected=[
            {
                "status": "partly_completed",
                "insurance_allowance.reason": "payout_uncollected",
                "granted.vnd": 18_000_000,
                "decision": "1/QĐ-BHXH-01",
                "paid.vnd": 0,
                "question.1.due": "2023-07-20 17:00",
                "ended": "2023-07-20 17:00",
            }
        ],
    ),
    Scenario(
        name="paid-in-cash",
        title=Label("Nhận tiền mặt", "Paid in cash"),
        source=FLOW,
        story=Label(
            "Người lo mai táng không có tài khoản và nhận tại quầy.",
            "The payee has no account and is paid at the cash desk.",
        ),
        filings=[
            Filing(
                at=OPENING,
                death=insured("2023-07-02 04:10", method="cash"),
                arranged=TIMES,
            )
        ],
        expected=[
            {
                "status": "completed",
                "paid.vnd": 18_000_000,
                "paid.method": "cash",
                "said payout.failed": 0,
            }
        ],
    ),
    Scenario(
        name="known-late",
        title=Label("Mức chuẩn công bố muộn", "A rate that is published late"),
        source=Label(
            "Nghị định 335/2026/NĐ-CP: mức chuẩn 540.000 đồng từ 1/7/2026, công bố 21/8/2026; "
            "trước đó 500.000 đồng (Nghị định 76/2024/NĐ-CP); báo chí",
            "Decree 335/2026/NĐ-CP: a standard of 540,000 đồng from 1 July 2026, made public on 21 "
            "August 2026; before, 500,000 đồng (Decree 76/2024/NĐ-CP); press",
        ),
        story=Label(
            "Hai người mất tháng 7/2026. Quyết định trước ngày công bố theo mức đã biết: "
            "10.000.000 đồng; sau ngày công bố: 10.800.000 đồng.",
            "Two die in July 2026. Decided before the publication by what was known: 10,000,000 "
            "đồng; after it: 10,800,000 đồng.",
        ),
        filings=[
            Filing(
                at="2026-07-14 08:00",
                title=Label("Nộp tháng 7", "filed in July"),
                commune="00004",
                death=Death(died="2026-07-10 04:10", groups=("social_protection",)),
                arranged=TIMES,
            ),
            Filing(
                at="2026-08-24 08:00",
                title=Label("Nộp cuối tháng 8", "filed at the end of August"),
                commune="00004",
                death=Death(died="2026-07-11 04:10", groups=("social_protection",)),
                arranged=TIMES,
            ),
        ],
        expected=[
            {"granted.vnd": 10_000_000, "paid.vnd": 10_000_000},
            {"granted.vnd": 10_800_000, "paid.vnd": 10_800_000},
        ],
    ),
    Scenario(
        name="provincial-standard",
        title=Label("Mức chuẩn của tỉnh cao hơn", "A province's own standard"),
        source=HIGHEST,
        story=Label(
            "Bảng riêng của lượt chạy (số liệu đặt ra): Hà Nội có mức chuẩn 1.200.000 đồng từ "
            "1/7/2024, cả nước 500.000 đồng. Mất tại Hà Nội: 20 lần là 24.000.000 đồng; tại Thành "
            "phố Hồ Chí Minh 10.000.000 đồng. Đủ cả hai chế độ tại Hà Nội: hỏi bảo trợ xã hội "
            "trước, vì cao hơn 23.400.000 đồng của BHXH; BHXH không hưởng trùng. Sống tại Thành "
            "phố Hồ Chí Minh nhưng do Hà Nội chi trả: theo mức của Hà Nội, nơi quyết định.",
            "A table of the run's own, with made-up figures: Hà Nội has a standard of 1,200,000 "
            "đồng since 1 July 2024, the country 500,000. A death in Hà Nội: 20 times that is "
            "24,000,000; in Hồ Chí Minh City 10,000,000. Entitled twice in Hà Nội: social "
            "protection is asked first, being above the insurance's 23,400,000, which is then "
            "refused as double benefit. Who lived in Hồ Chí Minh City and was paid by Hà Nội gets "
            "what Hà Nội pays, since it decides.",
        ),
        standards=[
            Standard(
                province="01",
                vnd=1_200_000,
                valid_from="2024-07-01",
                known_from="2024-07-01",
                confidence="I",
                source_vi="Nghị quyết đặt ra cho tình huống này",
                source_en="A resolution made up for this scenario",
            )
        ],
        filings=[
            Filing(
                at="2024-07-15 08:00",
                title=Label("Hà Nội, bảo trợ xã hội", "Hà Nội, social protection"),
                commune="00004",
                death=Death(died="2024-07-10 04:10", groups=("social_protection",)),
                arranged=TIMES,
            ),
            Filing(
                at="2024-07-15 08:00",
                title=Label("TP. Hồ Chí Minh", "Hồ Chí Minh City"),
                commune="26740",
                death=Death(died="2024-07-10 04:10", groups=("social_protection",)),
                arranged=TIMES,
            ),
            Filing(
                at="2024-07-15 08:00",
                title=Label("Hà Nội, cả hai chế độ", "Hà Nội, entitled twice"),
                commune="00004",
                death=Death(died="2024-07-10 04:10", groups=("insurance", "social_protection")),
                arranged=TIMES,
            ),
            Filing(
                at="2024-07-15 08:00",
                title=Label(
                    "TP. Hồ Chí Minh, do Hà Nội chi trả, cả hai chế độ",
                    "Hồ Chí Minh City, paid by Hà Nội, entitled twice",
                ),
                commune="26740",
                death=Death(
                    died="2024-07-10 04:10",
                    groups=("insurance", "social_protection"),
                    insured="00004",
                ),
                arranged=TIMES,
            ),
        ],
        expected=[
            {"status": "completed", "granted.vnd": 24_000_000, "paid.vnd": 24_000_000},
            {"status": "completed", "granted.vnd": 10_000_000, "paid.vnd": 10_000_000},
            {
                "status": "partly_completed",
                "granted.count": 1,
                "granted.group": "social_protection",
                "granted.vnd": 24_000_000,
                "insurance_allowance.reason": "no_double_benefit",
                "paid.vnd": 24_000_000,
            },
            {
                "status": "partly_completed",
                "granted.count": 1,
                "granted.group": "social_protection",
                "granted.vnd": 24_000_000,
                "insurance_allowance.reason": "no_double_benefit",
                "paid.vnd": 24_000_000,
            },
        ],
    ),
    Scenario(
        name="the-higher-sum-comes-later",
        title=Label("Mức cao hơn công bố sau", "The higher sum becomes public later"),
        source=HIGHEST,
        story=Label(
            "Mất tháng 7/2026, đủ điều kiện BHXH và trợ giúp khẩn cấp. Ngày nộp, mức đã công bố "
            "của BHXH cao hơn (25.300.000 so với 25.000.000 đồng), nên BHXH quyết định trước. Ngày "
            "21/8/2026 mức chuẩn 540.000 đồng được công bố: trợ giúp khẩn cấp là 27.000.000 đồng, "
            "cơ quan thứ hai chi phần chênh lệch 1.700.000 đồng. Tổng cộng đúng bằng mức cao hơn.",
            "A death of July 2026 with a claim to the insurance's and to emergency aid. On the day "
            "of submission the insurance's sum is the higher as published (25,300,000 against "
            "25,000,000 đồng), so it decides first. On 21 August the standard of 540,000 is made "
            "public: emergency aid is 27,000,000, and the second agency pays the difference of "
            "1,700,000. Together that is the higher sum, once.",
        ),
        filings=[
            Filing(
                at="2026-08-18 08:00",
                commune="00004",
                death=Death(died="2026-07-10 04:10", groups=("insurance", "emergency")),
                arranged={**TIMES, "social-protection/allowance/1": takes(days=3)},
            )
        ],
        expected=[
            {
                "status": "completed",
                "granted.count": 2,
                "granted.group": "emergency",
                "granted.vnd": 1_700_000,
                "paid.vnd": 27_000_000,
            }
        ],
    ),
)
