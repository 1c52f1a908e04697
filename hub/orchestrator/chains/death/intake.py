"""Which death cases dvclt accepts, and how their services begin.

The citizen asks for one funeral allowance and ticks groups; whose rules decide on a group, decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from hub.orchestrator.chain import Admission, Refusal, Sequencing
from schemas.amounts import Group, amount
from schemas.deadlines import last_day_missed, promised
from schemas.event import VN, from_text
from schemas.regimes import offers_linked
from schemas.rules import NoRuleError
from schemas.standards import province_then

DECIDERS: Final = {
    "insurance_allowance": "social-insurance",
    "social_allowance": "social-protection",
}
"""The allowances, and the agency that decides on each."""


def admit(
    data: Mapping[str, Any], submitted: datetime, sequence: Sequencing
) -> Admission | Refusal:
    """A death is asked for with the removal, an allowance or both."""
    groups = groups_asked_for(data)
    asked = tuple(_asked(data["services"], groups))
    reason = intake_refusal(data, groups, submitted.astimezone(VN).date())
    if reason is not None:
        return Refusal(services=asked, reason=reason)
    starts = dict.fromkeys(asked, "waiting") | {"death": "requested"}
    if len(DECIDERS.keys() & starts.keys()) > 1:
        starts[second_allowance(data, groups, submitted)] = "waiting_for_other"
    return Admission(
        starts=starts,
        due=promised("death", groups, submitted).due,
        application=_application(data, asked, groups),
        filed_late=last_day_missed("death", from_text(data["deceased"]["died"]), submitted),
    )


def groups_asked_for(data: Mapping[str, Any]) -> tuple[Group, ...]:
    """The ticked groups, each once; none where no allowance is asked for."""
    if "funeral_allowance" not in data["services"]:
        return ()
    return tuple(dict.fromkeys(data["groups"]))


def groups_of(service: str, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Those groups that the allowance's agency decides on."""
    return tuple(g for g in groups if (g == "insurance") == (service == "insurance_allowance"))


def intake_refusal(data: Mapping[str, Any], groups: Sequence[Group], day: date) -> str | None:
    """Why dvclt itself refuses a submission of a day, or `None`."""
    if "death" not in data["services"]:
        return "death_not_asked"
    if not offers_linked(data["province"], day):
        return "linked_not_offered"
    if set(data["services"]) == {"death"}:
        return "death_alone"
    if "funeral_allowance" in data["services"] and not (groups and _payable(data)):
        return "allowance_incomplete"
    if {"social_protection", "emergency"} <= set(groups):
        return "groups_exclude"
    return None


def second_allowance(data: Mapping[str, Any], groups: Sequence[Group], submitted: datetime) -> str:
    """Which of two allowances waits for the other: that of the lower sum, else social protection's.

    By what was public on the day of submission, in the province that decides. It is only the order
    of asking; entitlement and sum are the agencies' to decide.
    """
    died = from_text(data["deceased"]["died"]).astimezone(VN).date()
    office = data.get("allowance_office") or data
    known, home = submitted.astimezone(VN).date(), province_then(office["commune"], died)

    def published(service: str) -> int:
        return max(_sum(group, died, known, home) for group in groups_of(service, groups))

    insurance, social = (published(service) for service in DECIDERS)
    return "social_allowance" if insurance >= social else "insurance_allowance"


def _sum(group: Group, died: date, known: date, home: str | None) -> int:
    try:
        return amount(group, died, known, province=home).vnd
    except NoRuleError:
        return 0


def _payable(data: Mapping[str, Any]) -> bool:
    payee, payout = data["payee"], data["payout"]
    return bool(payee and payout and (payout["method"] != "account" or payout["account"]))


def _asked(services: Sequence[str], groups: Sequence[Group]) -> Iterator[str]:
    """The services as dvclt runs them, in the chain's order.

    An allowance without a group, which is refused, is listed as social protection's.
    """
    yield from (service for service in ("death", "residence_removal") if service in services)
    if "funeral_allowance" in services:
        decided = groups or ("social_protection",)
        yield from (service for service in DECIDERS if groups_of(service, decided))


def _application(
    data: Mapping[str, Any], asked: Sequence[str], groups: Sequence[Group]
) -> dict[str, Any]:
    application = {name: data[name] for name in ("requester", "deceased", "notice")}
    if "residence_removal" in asked:
        application["address"] = (data.get("permanent_residence") or data)["address"]
    if groups:
        application |= {"groups": list(groups), "payee": data["payee"], "payout": data["payout"]}
    return application
