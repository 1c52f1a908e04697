"""What every step takes and how often it goes wrong, where a run says nothing else.

No agency publishes its rates: all of these are parameters of ours. Service times are time at work,
by the calendar that the rules have for each system (`schemas.working_days.hours_of`).
"""

from dataclasses import replace
from datetime import date
from typing import Final

from schemas.working_days import hours_of
from simulators.chance import Step

_SUPPLEMENT: Final = 0.05
_ANSWER: Final = Step(service=(7_200, 259_200), silence=0.20)
"""A citizen sends a supplement within three days, or never."""
_CHECKED: Final = Step(
    service=(1_800, 43_200), refusal=0.05, reasons=("que_quan", "dan_toc"), silence=0.20
)
"""A citizen agrees with the draft of a certificate within half a day; or has it put right, as the
reasons say; or does not answer within the day."""
_STEPS: Final = {
    "portal/birth": _ANSWER,
    "portal/residence": _ANSWER,
    "portal/health_card": _ANSWER,
    "portal/identity_card": _ANSWER,
    "portal/death": _ANSWER,
    "portal/residence_removal": _ANSWER,
    "portal/insurance_allowance": _ANSWER,
    "portal/social_allowance": _ANSWER,
    "portal/temporary_residence": _ANSWER,
    "portal/certificate": _CHECKED,
    "one-stop/receive": Step(service=(900, 5_400)),
    "one-stop/return": Step(service=(300, 1_800)),
    "one-stop/close": Step(service=(300, 1_800)),
    "civil-status/enter": Step(
        service=(1_800, 10_800),
        refusal=0.03,
        reasons=("notice_mismatch", "population_mismatch"),
        supplement=_SUPPLEMENT,
        defects=("GCS_MO", "TK_CHUA_KY"),
    ),
    "civil-status/certify": Step(service=(300, 3_600)),
    "civil-status/issue": Step(service=(300, 1_800)),
    "civil-status/mend": Step(service=(900, 7_200)),
    "civil-status/enter_death": Step(
        service=(3_600, 21_600),
        refusal=0.03,
        reasons=("death_notice_mismatch", "population_mismatch"),
        supplement=_SUPPLEMENT,
        defects=("GBT_MO", "TK_KT_CHUA_KY"),
    ),
    "population/allocate": Step(service=(30, 600)),
    "population/identity_card": Step(
        service=(14_400, 57_600),
        refusal=0.02,
        reasons=("population_mismatch",),
        supplement=_SUPPLEMENT,
        defects=("CC01_CHUA_KY", "DAI_DIEN"),
    ),
    "residence/register": Step(
        service=(7_200, 28_800),
        refusal=0.03,
        reasons=("no_lawful_dwelling",),
        supplement=_SUPPLEMENT,
        defects=("CHO_O", "QUAN_HE"),
    ),
    "residence/decide": Step(service=(1_800, 7_200), refusal=0.03, reasons=("no_lawful_dwelling",)),
    "residence/remove": Step(
        service=(3_600, 14_400),
        refusal=0.02,
        reasons=("not_resident",),
        supplement=_SUPPLEMENT,
        defects=("NOI_CU_TRU",),
    ),
    "residence/register_stay": Step(
        service=(3_600, 14_400),
        refusal=0.03,
        reasons=("no_lawful_dwelling",),
        supplement=_SUPPLEMENT,
        defects=("CHO_O_TT", "THOI_HAN"),
    ),
    "vneid/consent": Step(service=(600, 36_000), refusal=0.05, reasons=("declined",), silence=0.02),
    "social-insurance/card": Step(
        service=(3_600, 21_600),
        refusal=0.03,
        reasons=("already_insured",),
        supplement=_SUPPLEMENT,
        defects=("TK1_THIEU", "NGAY_SINH"),
    ),
    "social-insurance/allowance": Step(
        service=(14_400, 86_400),
        refusal=0.05,
        reasons=("insured_too_short",),
        supplement=_SUPPLEMENT,
        defects=("DON_MT", "GT_NHAN_THAN"),
    ),
    "social-protection/allowance": Step(
        service=(14_400, 86_400),
        refusal=0.05,
        reasons=("not_entitled",),
        supplement=_SUPPLEMENT,
        defects=("DON_MT", "GT_NHAN_THAN"),
    ),
    "payout/pay": Step(service=(1_800, 14_400), refusal=0.03, reasons=("account_closed",)),
}
_OTHER_HOURS: Final = {"population/identity_card": "others"}
"""Steps that keep not the hours of their system: a program gives the number, an office the card."""
DEFAULT_STEPS: Final = {
    name: replace(
        step, hours=hours_of(_OTHER_HOURS.get(name, name.partition("/")[0]), date(2023, 7, 10))
    )
    for name, step in _STEPS.items()
}
