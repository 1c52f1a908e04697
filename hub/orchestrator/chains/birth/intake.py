"""Which birth cases dvclt accepts, and how their services begin."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from hub.orchestrator.chain import Admission, Refusal, Sequencing
from schemas.deadlines import last_day_missed, promised
from schemas.event import VN, from_text
from schemas.procedures import UnknownProcedureError, procedure
from schemas.regimes import offers_identity_card, offers_linked

SERVICES = ("birth", "residence", "health_card", "identity_card")

CARD_BELOW_AGE = 6
"""Both cards are for children under 6 (Law on Health Insurance, article 12; Decree 301/2026)."""
CARDS = frozenset({"health_card", "identity_card"})

STARTS: dict[Sequencing, dict[str, str]] = {
    "parallel": {"birth": "requested", "residence": "waiting", **dict.fromkeys(CARDS, "waiting")},
    "strict": {
        "birth": "requested",
        "residence": "waiting",
        **dict.fromkeys(CARDS, "waiting_for_residence"),
    },
}
"""The state in which each service starts."""


def admit(
    data: Mapping[str, Any], submitted: datetime, sequence: Sequencing
) -> Admission | Refusal:
    """A birth is asked for with residence, cards or all of these."""
    asked = tuple(service for service in SERVICES if service in data["services"])
    reason = intake_refusal(data, asked, submitted)
    if reason is not None:
        return Refusal(services=asked, reason=reason)
    late = last_day_missed("birth", from_text(data["child"]["born"]), submitted)
    starts = STARTS[sequence if "residence" in asked else "parallel"]
    return Admission(
        starts={service: starts[service] for service in asked},
        due=promised("birth", (), submitted, asked, late=late is not None).due,
        application=_application(data, asked),
        filed_late=late,
    )


def intake_refusal(
    data: Mapping[str, Any], asked: tuple[str, ...], submitted: datetime
) -> str | None:
    """Why dvclt itself refuses a submission, or `None`."""
    day = submitted.astimezone(VN).date()
    if "birth" not in asked:
        return "birth_not_asked"
    if not offers_linked(data["province"], day):
        return "linked_not_offered"
    if asked == ("birth",):
        return "birth_alone"
    if "identity_card" in asked and not offers_identity_card(day):
        return "identity_card_not_offered"
    if "residence" in asked and data["procedure"] == _without_residence(day):
        return "procedure_without_residence"
    if CARDS.intersection(asked) and _age(data["child"]["born"], submitted) >= CARD_BELOW_AGE:
        return "over_six"
    return None


def _without_residence(day: date) -> str | None:
    """The code of the linked birth that is registration and health card only, where there is."""
    try:
        return procedure("linked_birth_health_card", day).code
    except UnknownProcedureError:
        return None


def _age(born: str, on: datetime) -> int:
    first, last = (moment.astimezone(VN) for moment in (datetime.fromisoformat(born), on))
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _application(data: Mapping[str, Any], asked: tuple[str, ...]) -> dict[str, Any]:
    application = {name: data[name] for name in ("requester", "child", "mother", "father")}
    if "residence" in asked:
        application["household"] = data["household"]
    if "health_card" in asked:
        application["treatment_facility"] = data["treatment_facility"]
    return application
