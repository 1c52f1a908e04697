"""The stories of births that a demonstration shows, and which of them a case plays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from hub.orchestrator.labels import Label
from schemas.payloads import BirthCase
from simulators.arrivals import ALL_SERVICES, BIRTH_AND_CARD, IDENTITY_CARD, Submission
from simulators.runs.foreseeing import Foreseen, Luck

BIRTHS: Final = {
    "smooth": Label("Suôn sẻ, đủ ba dịch vụ", "Smooth, all three services"),
    "twins": Label("Sinh đôi: hai hồ sơ, một mẹ", "Twins: two cases, one mother"),
    "consent": Label("Chủ hộ phải đồng ý trên VNeID", "The household head has to consent"),
    "birth_and_card": Label("Chỉ khai sinh và thẻ BHYT", "Birth and health card only"),
    "refused": Label("Từ chối đăng ký khai sinh", "The birth registration is refused"),
    "declined": Label("Chủ hộ không đồng ý", "The household head declines"),
    "supplement": Label("Công dân phải bổ sung hồ sơ", "The citizen has to send a supplement"),
    "withdrawn": Label("Công dân rút hồ sơ giữa chừng", "The family withdraws on the way"),
}
"""The stories in the order in which they are told."""
WITH_IDENTITY_CARD: Final = {
    "identity_card": Label(
        "Đủ bốn dịch vụ, có thẻ căn cước", "All four services, with an identity card"
    ),
}
"""What is told besides where a case can ask for it."""
_NAMES: Final = {
    ALL_SERVICES: "smooth",
    BIRTH_AND_CARD: "birth_and_card",
    ALL_SERVICES + IDENTITY_CARD: "identity_card",
}
"""What a case shows in which everything goes well, by what it asks for."""
LONGEST_S: Final = 54_000
"""Of work, and of citizens' time: nobody wants to watch a case that takes longer."""


def birth_story(case: Submission, luck: Luck) -> str | None:
    """Which story a case plays by itself, None for one that shows nothing or takes too long."""
    asked = case.birth.services
    birth = luck.serve("birth", "one-stop/receive", "civil-status/enter")
    if birth is None:
        return None
    first = birth.seconds + luck.seconds("population/allocate", "civil-status/certify")
    if case.withdrawn is not None:
        on_the_way = case.withdrawn < case.at + timedelta(seconds=first) <= _latest(case)
        return "withdrawn" if asked == ALL_SERVICES and birth.smooth and on_the_way else None
    if birth.refused:
        return "refused" if birth.attempt == 1 else None
    parts: list[Foreseen | None] = [birth]
    name = _NAMES.get(asked)
    if "health_card" in asked:
        parts.append(luck.serve("health_card", "social-insurance/card"))
    if "identity_card" in asked:
        parts.append(luck.serve("identity_card", "population/identity_card"))
    if "residence" in asked:
        residence = luck.serve("residence", "residence/register")
        if residence is not None and _asks_the_head(case.birth):
            residence = _consent(luck, residence)
            declined = residence is not None and residence.declined
            name = ("declined" if declined else "consent") if name == "smooth" else None
        parts.append(residence)
    return _shown(name, first, parts)


def _shown(name: str | None, first: int, parts: Sequence[Foreseen | None]) -> str | None:
    """The story of a case whose birth takes so long, and whose services go like this."""
    told = [part for part in parts if part is not None]
    if len(told) < len(parts) or any(part.refused and not part.declined for part in told[1:]):
        return None
    if first + max((part.seconds for part in told[1:]), default=0) > LONGEST_S:
        return None
    asked_again = sum(part.attempt - 1 for part in told)
    if asked_again:
        return "supplement" if name == "smooth" and asked_again == 1 else None
    return name


def _latest(case: Submission) -> datetime:
    return case.at + timedelta(seconds=LONGEST_S)


def _asks_the_head(birth: BirthCase) -> bool:
    """Whether the household head is somebody else who has not signed."""
    stranger = birth.household.head.personal_id != birth.requester.personal_id
    return stranger and not birth.household.consent_signed


def _consent(luck: Luck, asked: Foreseen) -> Foreseen | None:
    """How a residence goes on when the head is asked; None for one who never answers."""
    if luck.silent("vneid/consent"):
        return None
    declined = luck.refused("vneid/consent")
    refused = luck.refused("residence/decide", asked.attempt)
    wait = luck.seconds("vneid/consent") + luck.seconds("residence/decide", attempt=asked.attempt)
    return replace(
        asked, seconds=asked.seconds + wait, refused=declined or refused, declined=declined
    )
