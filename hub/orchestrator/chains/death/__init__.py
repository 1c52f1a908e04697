"""The death chain: death → removal of the permanent residence → funeral allowance and its payment.

The allowance is the deciding agency's, entitlement and sum alike. Whoever asks for what two
agencies decide on gets one of the two: dvclt asks them one after the other and tells the second
what the first has granted. A decision stands whatever becomes of its payment.
"""

from hub.orchestrator.building import build_chain
from hub.orchestrator.chains.death.allowance import allowance
from hub.orchestrator.chains.death.intake import DECIDERS, admit
from hub.orchestrator.chains.death.registration import DEATH, FIRST
from hub.orchestrator.chains.death.removal import REMOVAL
from hub.orchestrator.chains.death.variants import DECISION, PAID, UNPAID
from hub.orchestrator.labels import Label
from hub.orchestrator.registration import registration_waits
from hub.orchestrator.variants import DOSSIER_PROGRESS, FACT

INSURANCE_ALLOWANCE = allowance(
    "insurance_allowance",
    vi="Trợ cấp mai táng của BHXH",
    en="Funeral allowance of social insurance",
    agency_vi="BHXH",
    agency_en="social insurance",
    other="social_allowance",
)
SOCIAL_ALLOWANCE = allowance(
    "social_allowance",
    vi="Hỗ trợ chi phí mai táng, mai táng phí",
    en="Funeral allowance of social protection",
    agency_vi="Cơ quan bảo trợ xã hội, người có công",
    agency_en="social protection",
    other="insurance_allowance",
)

CHAIN = build_chain(
    name="death",
    vi="Khai tử",
    en="Death",
    services=(DEATH, REMOVAL, INSURANCE_ALLOWANCE, SOCIAL_ALLOWANCE),
    deciding={
        "civil-status": "death",
        "residence": "residence_removal",
        **{decider: service for service, decider in DECIDERS.items()},
    },
    variants={
        "dossier.progressed": DOSSIER_PROGRESS,
        "death.registered": FACT,
        "funeral-allowance.granted": DECISION,
        "funeral-allowance.refused": DECISION,
        "payout.made": PAID,
        "payout.failed": UNPAID,
    },
    intake=admit,
    results=("death_entry", "removal", "allowance", "paid"),
    waits={
        **registration_waits(FIRST),
        "removal_decision": Label(
            "Chờ Công an xã xóa đăng ký thường trú",
            "the commune police have yet to remove the residence",
        ),
        "other_allowance": Label(
            "Chờ kết quả khoản trợ cấp mai táng kia",
            "the other funeral allowance has to be decided first",
        ),
        "allowance_decision": Label(
            "Chờ quyết định trợ cấp mai táng", "the deciding agency has yet to decide"
        ),
        "payout": Label(
            "Đã có quyết định trợ cấp, chờ chi trả", "granted, the payment has yet to be made"
        ),
        "new_account": Label(
            "Chờ người nhận gửi tài khoản khác hoặc nhận tiền mặt",
            "the payee has yet to name another account, or to take cash",
        ),
    },
    parks={
        "payout_failed_again": Label(
            "Chi trả lại không thành công", "the allowance could not be paid a second time"
        ),
    },
)
