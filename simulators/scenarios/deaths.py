"""What goes wrong when a death is filed: entitlement, dates, places and payment."""

from typing import Final, Literal

from hub.orchestrator.labels import Label
from simulators.scenarios.births import OPENING
from simulators.scenarios.scenario import Death, Filing, Scenario
from simulators.scenarios.times import refuses, takes

LAW_58: Final = Label(
    "Luật Bảo hiểm xã hội 58/2014/QH13, Điều 66: 10 lần lương cơ sở tháng chết; đã đóng đủ 12 "
    "tháng",
    "Law on Social Insurance 58/2014/QH13, article 66: 10 times the base salary of the month of "
    "death; insured for 12 months",
)
TWICE: Final = Label(
    "Đủ điều kiện theo hai chế độ thì hưởng một, mức cao hơn; chế độ kia “không hưởng trùng” "
    "(docs/domain.md; kiến thức chung)",
    "Who is entitled twice gets one, the higher; the other is “không hưởng trùng”, no double "
    "benefit (docs/domain.md; common knowledge)",
)
TIMES: Final = {
    "one-stop/receive/1": takes(minutes=30),
    "civil-status/enter_death/1": takes(minutes=60),
    "residence/remove/1": takes(minutes=90),
    "social-insurance/allowance/1": takes(days=1),
    "social-protection/allowance/1": takes(days=1),
    "payout/pay/1": takes(minutes=60),
    "payout/pay/2": takes(minutes=60),
}
"""A case of 08:00 is entered at 09:30 and removed at 11:00; the decision comes a day later."""


def insured(
    died: str,
    *,
    method: Literal["account", "post", "cash"] = "account",
    facility: str | None = None,
) -> Death:
    """A death for which social insurance is asked."""
    return Death(died=died, groups=("insurance",), method=method, facility=facility)


DEATHS: Final = (
    Scenario(
        name="month-of-death",
        title=Label("Mất tháng 6, nộp tháng 7", "Died in June, filed in July"),
        source=LAW_58,
        story=Label(
            "Lương cơ sở tăng từ 1/7/2023. Mất ngày 29/6, nộp tháng 7: vẫn theo tháng chết, "
            "14.900.000 đồng. Mất ngày 2/7: 18.000.000 đồng.",
            "The base salary rises on 1 July 2023. Who died on 29 June and is filed in July goes "
            "by the month of death: 14,900,000 đồng. Who died on 2 July: 18,000,000 đồng.",
        ),
        filings=[
            Filing(
                at=OPENING,
                title=Label("Mất 29/6/2023", "died 29 June 2023"),
                death=insured("2023-06-29 04:10"),
                arranged=TIMES,
            ),
            Filing(
                at=OPENING,
                title=Label("Mất 2/7/2023", "died 2 July 2023"),
                death=insured("2023-07-02 04:10"),
                arranged=TIMES,
            ),
        ],
        expected=[
            {
                "status": "completed",
                "promised": "2023-07-20 17:00",
                "granted.group": "insurance",
                "granted.vnd": 14_900_000,
                "paid.vnd": 14_900_000,
            },
            {
                "status": "completed",
                "granted.vnd": 18_000_000,
                "paid.vnd": 18_000_000,
            },
        ],
    ),
    Scenario(
        name="entitled-twice",
        title=Label("Hai chế độ, hưởng một", "Entitled twice, paid once"),
        source=TWICE,
        story=Label(
            "Gia đình chọn cả BHXH (18.000.000 đồng) và bảo trợ xã hội (20 × 360.000 = 7.200.000 "
            "đồng). Chỉ khoản cao hơn được quyết định; khoản kia “không hưởng trùng”.",
            "The family ticks social insurance (18,000,000 đồng) and social protection (20 × "
            "360,000 = 7,200,000 đồng). Only the higher is granted; the other is “không hưởng "
            "trùng”.",
        ),
        filings=[
            Filing(
                at=OPENING,
                death=Death(died="2023-07-02 04:10", groups=("insurance", "social_protection")),
                arranged=TIMES,
            )
        ],
        expected=[
            {
                "status": "partly_completed",
                "insurance_allowance": 10,
                "social_allowance": 3,
                "social_allowance.reason": "no_double_benefit",
                "granted.count": 1,
                "granted.vnd": 18_000_000,
                "paid.vnd": 18_000_000,
            }
        ],
    ),
    Scenario(
        name="insured-too-short",
        title=Label("Đóng BHXH chưa đủ 12 tháng", "Insured for less than 12 months"),
        source=LAW_58,
        story=Label(
            "BHXH từ chối trợ cấp. Khai tử và xóa đăng ký thường trú giữ nguyên; hồ sơ hoàn thành "
            "một phần, nêu lý do.",
            "Social insurance refuses the allowance. Death and removal stand; the case is partly "
            "completed, with the reason.",
        ),
        filings=[
            Filing(
                at=OPENING,
                death=insured("2023-07-02 04:10"),
                arranged={**TIMES, "social-insurance/allowance/1": refuses("insured_too_short")},
            )
        ],
        expected=[
            {
                "status": "partly_completed",
                "death": 10,
                "residence_removal": 10,
                "insurance_allowance": 3,
                "insurance_allowance.reason": "insured_too_short",
                "granted.count": None,
                "said payout.requested": 0,
            }
        ],
    ),
    Scenario(
        name="died-elsewhere",
        title=Label("Mất ở tỉnh khác", "Died in another province"),
        source=Label(
            "Đăng ký khai tử tại nơi cư trú cuối cùng, không phải nơi chết (docs/domain.md; kiến "
            "thức chung)",
            "A death is registered at the place of last residence, not where it happened "
            "(docs/domain.md; common knowledge)",
        ),
        story=Label(
            "Bệnh viện tại Thành phố Hồ Chí Minh cấp giấy báo tử; hồ sơ do UBND phường Phúc Xá, Hà "
            "Nội giải quyết, trợ cấp do BHXH Hà Nội quyết định.",
            "A hospital in Hồ Chí Minh City makes out the notice; the commune in Hà Nội registers "
            "the death, and social insurance of Hà Nội decides on the allowance.",
        ),
        filings=[
            Filing(
                at=OPENING,
                death=insured("2023-07-02 04:10", facility="79001"),
                arranged=TIMES,
            )
        ],
        expected=[
            {
                "status": "completed",
                "dossier": "H26.001.00001-230710-0001",
                "decision": "1/QĐ-BHXH-01",
                "procedure": "1.006714",
            }
        ],
    ),
    Scenario(
        name="three-provinces",
        title=Label("Ba cơ quan ở ba tỉnh", "Three agencies in three provinces"),
        source=Label(
            "Khai tử tại nơi cư trú cuối cùng; công an nơi thường trú xóa đăng ký, cơ quan đang "
            "chi trả hoặc quản lý giải quyết trợ cấp (docs/domain.md; kiến thức chung)",
            "A death is registered at the last residence; the police of the permanent residence "
            "remove it, and whoever paid or insured the deceased decides on the allowance "
            "(docs/domain.md; common knowledge)",
        ),
        story=Label(
            "Người chết sống tại Hà Nội, còn đăng ký thường trú tại thành phố Vinh, Nghệ An; chế "
            "độ do Thành phố Hồ Chí Minh chi trả. UBND phường Phúc Xá đăng ký khai tử, Công an "
            "phường Hà Huy Tập xóa thường trú; BHXH Thành phố Hồ Chí Minh, hoặc UBND Quận 1, quyết "
            "định trợ cấp.",
            "The deceased lived in Hà Nội, was still registered in Nghệ An, and was insured or "
            "paid in Hồ Chí Minh City. The commune in the first registers the death, the police of "
            "the second remove the residence, and social insurance or the people's committee of "
            "the district in the third decides on the allowance.",
        ),
        filings=[
            Filing(
                at=OPENING,
                title=Label("Đóng BHXH", "insured"),
                death=Death(
                    died="2023-07-02 04:10",
                    groups=("insurance",),
                    registered="16666",
                    insured="26740",
                ),
                arranged=TIMES,
            ),
            Filing(
                at=OPENING,
                title=Label("Hưởng bảo trợ xã hội", "under social protection"),
                death=Death(
                    died="2023-07-02 04:10",
                    groups=("social_protection",),
                    registered="16666",
                    insured="26740",
                ),
                arranged=TIMES,
            ),
        ],
        expected=[
            {
                "status": "completed",
                "dossier.agency": "H26.001.00001",
                "removal": "1/CT08-XT-16666",
                "decision": "1/QĐ-BHXH-79",
                "paid.vnd": 18_000_000,
            },
            {
                "status": "completed",
                "dossier.agency": "H26.001.00001",
                "removal": "2/CT08-XT-16666",
                "decision": "1/QĐ-UBND-760",
                "paid.vnd": 7_200_000,
            },
        ],
    ),
    Scenario(
        name="removed-by-police",
        title=Label("Công an đã xóa trước", "The police removed the person before"),
        source=Label(
            "Xóa đăng ký thường trú: công an có thể tự xóa sau 7 ngày kể từ khi thông báo (Cơ sở "
            "dữ liệu quốc gia về TTHC, 1.003197)",
            "Removal of residence: the police may act by themselves 7 days after a notice "
            "(national catalogue of procedures, 1.003197)",
        ),
        story=Label(
            "Khi yêu cầu đến, người chết không còn trong đăng ký thường trú. Công an trả lời lý "
            "do; khai tử và trợ cấp vẫn giải quyết xong.",
            "When the request comes, the deceased is no longer registered there. The police say "
            "so; death and allowance are dealt with all the same.",
        ),
        filings=[
            Filing(
                at=OPENING,
                death=insured("2023-07-02 04:10"),
                arranged={**TIMES, "residence/remove/1": refuses("not_resident", minutes=90)},
            )
        ],
        expected=[
            {
                "status": "partly_completed",
                "death": 10,
                "residence_removal": 3,
                "residence_removal.reason": "not_resident",
                "insurance_allowance": 10,
                "paid.vnd": 18_000_000,
            }
        ],
    ),
    Scenario(
        name="same-death-twice",
        title=Label("Một người, hai hồ sơ khai tử", "One death in two cases"),
        source=Label(
            "Hồ sơ nghi trùng: phụ lục Công văn 3160/BTP-CNTT (2021); một người chỉ khai tử và "
            "hưởng mai táng một lần (docs/domain.md)",
            "Suspected duplicates: annex of letter 3160/BTP-CNTT (2021); a death is registered, "
            "and paid for, once (docs/domain.md)",
        ),
        story=Label(
            "Người con thứ hai nộp lại cho cùng người chết. Hồ sơ sau bị từ chối; không có khoản "
            "chi trả thứ hai.",
            "Another child files the same death again. The later case is refused; nothing is paid "
            "a second time.",
        ),
        filings=[
            Filing(
                at=OPENING,
                title=Label("Hồ sơ đầu", "the first case"),
                death=insured("2023-07-02 04:10"),
                arranged=TIMES,
            ),
            Filing(
                at="2023-07-12 08:00",
                title=Label("Hồ sơ nộp lại", "the repeated case"),
                death=insured("2023-07-02 04:10"),
                family_of=0,
                same_person=True,
                arranged=TIMES,
            ),
        ],
        expected=[
            {"status": "completed", "granted.count": 1, "paid.vnd": 18_000_000},
            {
                "status": "refused",
                "reason": "duplicate_of",
                "death": 3,
                "residence_removal": 8,
                "insurance_allowance": 8,
                "granted.count": None,
                "said payout.requested": 0,
            },
        ],
    ),
    Scenario(
        name="no-allowance",
        title=Label("Không thuộc nhóm nào", "No allowance at all"),
        source=Label(
            "Nhiều trường hợp chết không thuộc chế độ nào (docs/domain.md; kiến thức chung); thời "
            "hạn là tham số của dự án",
            "Many deaths come under no scheme (docs/domain.md; common knowledge); the deadline is "
            "a parameter of this project",
        ),
        story=Label(
            "Gia đình không chọn nhóm nào: chỉ khai tử và xóa thường trú, hồ sơ vẫn hoàn thành.",
            "The family ticks no group: only death and removal, and the case is completed.",
        ),
        filings=[Filing(at=OPENING, death=Death(died="2023-07-02 04:10"), arranged=TIMES)],
        expected=[
            {
                "status": "completed",
                "promised": "2023-07-18 17:00",
                "death": 10,
                "residence_removal": 10,
                "insurance_allowance": None,
                "said funeral-allowance.requested": 0,
                "ended": "2023-07-10 11:00",
            }
        ],
    ),
)
