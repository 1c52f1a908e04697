"""The stories of deaths that a demonstration shows, and which of them a case plays."""

from collections.abc import Sequence, Set
from typing import Final, NamedTuple

from hub.orchestrator.labels import Label
from schemas.amounts import Group, amount
from schemas.event import VN, from_text
from schemas.payloads import DeathCase
from schemas.rules import NoRuleError
from simulators.runs.foreseeing import Foreseen, Luck

DEATHS: Final = {
    "pensioner": Label(
        "Người hưởng BHXH mất, trợ cấp chuyển vào tài khoản",
        "An insured person dies, the allowance is paid into an account",
    ),
    "death_only": Label("Chỉ khai tử và xóa thường trú", "Death and removal of the residence only"),
    "not_entitled": Label(
        "Không đủ điều kiện hưởng trợ cấp mai táng", "Not entitled to a funeral allowance"
    ),
    "account_closed": Label(
        "Tài khoản đã đóng, nhận tiền mặt", "The account is closed, the family takes cash"
    ),
    "entitled_twice": Label(
        "Thuộc hai diện: không hưởng trùng", "Entitled twice: only one allowance is paid"
    ),
}
"""The stories in the order in which they are told."""
LONGEST_S: Final = {
    **dict.fromkeys(DEATHS, 54_000),
    "account_closed": 72_000,
    "entitled_twice": 72_000,
}
"""As of births; two of the stories need more."""


class Decider(NamedTuple):
    """An agency that decides on funeral allowances, and dvclt's service for it."""

    service: str
    system: str


INSURANCE: Final = Decider("insurance_allowance", "social-insurance")
PROTECTION: Final = Decider("social_allowance", "social-protection")

Deciders = tuple[Decider, ...]
_COURSES: Final[Sequence[Deciders]] = (
    (),
    (INSURANCE,),
    (PROTECTION,),
    (INSURANCE, PROTECTION),
    (PROTECTION, INSURANCE),
)


def possible_stories(luck: Luck, wanted: Set[str]) -> Set[str]:
    """What of the wanted the case could play, whoever is to decide: mostly nothing.

    Needs no application, so that many cases can be looked through.
    """
    if wanted == {"account_closed"} and not luck.refused("payout/pay"):
        return set()
    return wanted & {_story(luck, course) for course in _COURSES}


def death_story(death: DeathCase, luck: Luck) -> str | None:
    """Which story a case plays, None for one that shows nothing or takes too long."""
    if death.payout is not None and death.payout.method != "account":
        return None
    return _story(luck, deciders_of(death))


def deciders_of(death: DeathCase) -> Deciders:
    """Who decides, in the order in which they are asked: the higher sum first."""
    insured = tuple(group for group in death.groups if group == "insurance")
    others = tuple(group for group in death.groups if group != "insurance")
    asked = [(INSURANCE, insured), (PROTECTION, others)]
    ordered = sorted(asked, key=lambda one: -_sum(one[1], death))
    return tuple(decider for decider, groups in ordered if groups)


def _sum(groups: Sequence[Group], death: DeathCase) -> int:
    died = from_text(death.deceased.died).astimezone(VN).date()
    sums = [0]
    for group in groups:
        try:
            sums.append(amount(group, died).vnd)
        except NoRuleError:
            continue
    return max(sums)


def _story(luck: Luck, deciders: Deciders) -> str | None:
    entered = luck.serve("death", "one-stop/receive", "civil-status/enter_death")
    removed = luck.serve("residence_removal", "residence/remove")
    if entered is None or removed is None or not (entered.smooth and removed.smooth):
        return None
    name, seconds = _allowance(luck, deciders)
    if name is None or entered.seconds + max(removed.seconds, seconds) > LONGEST_S[name]:
        return None
    return name


def _allowance(luck: Luck, deciders: Deciders) -> tuple[str | None, int]:
    """The story that the allowance makes of a smooth case, and how long that takes."""
    if not deciders:
        return "death_only", 0
    first, *others = deciders
    decided = _decided(luck, first)
    if decided is None or decided.attempt > 1 or (decided.refused and others):
        return None, 0
    if decided.refused:
        return "not_entitled", decided.seconds
    paid = luck.seconds("payout/pay")
    if luck.refused("payout/pay"):
        answer = None if others else luck.answer(first.service, 1)
        again = luck.seconds("payout/pay", attempt=2)
        if answer is None:
            return None, 0
        return "account_closed", decided.seconds + paid + answer + again
    if not others:
        return ("pensioner" if first is INSURANCE else None), decided.seconds + paid
    # What the other finds missing doesn't matter: the rule against a second one goes first.
    other = luck.seconds(f"{others[0].system}/allowance")
    return "entitled_twice", decided.seconds + max(paid, other)


def _decided(luck: Luck, decider: Decider) -> Foreseen | None:
    return luck.serve(decider.service, f"{decider.system}/allowance")
