"""What the agencies' dossiers of a death answer, and what they are told without an answer."""

from collections.abc import Callable, Iterator

from hub.ledger.chain import OneWay
from hub.ledger.course import Decided
from hub.ledger.death import records
from hub.ledger.death.case import DeathCase
from hub.ledger.death.payments import decision, payment
from hub.ledger.death.records import Day, person
from hub.ledger.fields import Record
from hub.ledger.records import closed, incomplete, supplied
from hub.ledger.rights import DECIDERS
from hub.ledger.texts import PAYMENT, compact_day, dotted_day, slashed_day

_DAYS: dict[str, Day] = {
    "civil-status": dotted_day,
    "residence": compact_day,
    "social-insurance": compact_day,
    "social-protection": slashed_day,
}
_DONE: dict[str, Callable[[DeathCase], Record | None]] = {
    "one-stop/return": closed,
    "one-stop/close": closed,
    "civil-status/enter_death": records.entry,
    "residence/remove": records.removed,
    **{f"{decider}/allowance": decision(decider) for decider in DECIDERS},
}
_ON_DEATH = (
    "population/mark",
    "residence/note_death",
    "social-insurance/stop",
    "social-protection/stop",
    "vneid/lock",
)


def record(case: DeathCase, one: Decided) -> Record:
    """What a dossier answers."""
    if one.system == "portal":
        return _supplied(case, one)
    if one.step == "payout/pay":
        return payment(case, one)
    if one.result == "supplement":
        return incomplete(one, person(case), _DAYS[one.system])
    if one.result == "refused":
        return {**person(case), "ly_do": one.reason}
    if one.step == "one-stop/receive":
        return records.received(case, one)
    made = _DONE[one.step](case)
    assert made is not None, "a step that was decided has its record"
    return made


def _supplied(case: DeathCase, one: Decided) -> Record:
    """What the citizen sends; who is asked for another account takes cash."""
    answer = supplied(case, one)
    return {**answer, "cach_nhan": PAYMENT["cash"]} if case.asked_for_account(one) else answer


def one_way(case: DeathCase) -> Iterator[OneWay]:
    """Whoever hears of the death, of the removal and of payments."""
    who = person(case)
    for said in case.said("death.registered"):
        for step in _ON_DEATH:
            yield OneWay(step, 1, said, who)
    for said in case.said("residence.removed"):
        yield OneWay("population/unregister", 1, said, who)
    for decider in DECIDERS:
        answers = [*case.said("payout.failed", decider), *case.said("payout.made", decider)]
        for attempt, said in enumerate(sorted(answers, key=lambda said: said.time), 1):
            step = "paid" if said.name == "payout.made" else "unpaid"
            yield OneWay(f"{decider}/{step}", attempt, said, who)
