"""What goes wrong between a funeral allowance's decision and the payee's hands, and its sum."""

from typing import Final

from hub.orchestrator.labels import Label
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
)
