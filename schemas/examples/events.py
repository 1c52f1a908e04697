"""The examples as events, each as its publisher would send it."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from schemas.catalogue import CATALOGUE
from schemas.event import Event, derived_id, from_text, source_of
from schemas.examples.birth import CASE, HEALTH_CARD, REGISTRATION, RESIDENCE, SUBMISSION
from schemas.examples.death import DEATH, DEATH_CASE, DEATH_SUBMISSION
from schemas.examples.identity_card import CARD_CASE, IDENTITY_CARD
from schemas.examples.parts import Payloads
from schemas.examples.stay import STAY_CASE, TEMPORARY, TEMPORARY_SUBMISSION
from schemas.examples.troubles import TROUBLES
from schemas.payloads import CaseChain, encode
from schemas.systems import HUB, RIGHTS

SUBMISSIONS: Final[Mapping[CaseChain, tuple[str, Mapping[str, Any]]]] = {
    "birth": (CASE, SUBMISSION["case.submitted"]),
    "death": (DEATH_CASE, DEATH_SUBMISSION),
    "temporary_residence": (STAY_CASE, TEMPORARY_SUBMISSION),
}
"""The case of each chain, with what was submitted.

Chance holds nothing against any with the seeds 0 to 30, so that they show smooth cases.
"""

_DATA: Final[Payloads] = {
    **SUBMISSION,
    **REGISTRATION,
    **RESIDENCE,
    **HEALTH_CARD,
    **IDENTITY_CARD,
    **DEATH,
    **TEMPORARY,
    **TROUBLES,
}
_HAPPENS: Final = {
    **dict.fromkeys(SUBMISSION, "2023-07-10T08:00:00+07:00"),
    **dict.fromkeys(REGISTRATION, "2023-07-10T10:04:25+07:00"),
    **dict.fromkeys(RESIDENCE, "2023-07-10T15:20:44+07:00"),
    **dict.fromkeys(HEALTH_CARD, "2023-07-10T13:41:02+07:00"),
    **dict.fromkeys(IDENTITY_CARD, "2026-09-09T15:05:00+07:00"),
    **dict.fromkeys(DEATH, "2023-07-12T15:10:00+07:00"),
    **dict.fromkeys(TEMPORARY, "2023-07-11T09:00:00+07:00"),
    **dict.fromkeys(TROUBLES, "2023-07-10T08:00:00+07:00"),
}
_CASES: Final = {
    **dict.fromkeys(IDENTITY_CARD, CARD_CASE),
    **dict.fromkeys(DEATH, DEATH_CASE),
    **dict.fromkeys(TEMPORARY, STAY_CASE),
}
"""Of whom an example is, where it is not of the first birth."""


@cache
def example_payload(name: str) -> bytes:
    """The canonical payload of an event type's example, by short name.

    Raises:
        KeyError: the catalogue has no such type.
    """
    return encode(CATALOGUE[name].model, dict(_DATA[name]))


@cache
def example(name: str) -> Event:
    """An event type's example as its first rightful publisher would send it.

    Sent unchanged, `case.submitted` is a correct case: the others follow from it.

    Raises:
        KeyError: the catalogue has no such type.
    """
    return _event(name, _CASES.get(name, CASE), example_payload(name))


@cache
def examples(name: str) -> tuple[Event, ...]:
    """All examples of an event type: of a submission one for each chain.

    Raises:
        KeyError: the catalogue has no such type.
    """
    if name != "case.submitted":
        return (example(name),)
    model = CATALOGUE[name].model
    return tuple(
        _event(name, case, encode(model, dict(payload))) for case, payload in SUBMISSIONS.values()
    )


def _event(name: str, case: str, payload: bytes) -> Event:
    kind = CATALOGUE[name]
    publisher = RIGHTS[name].publishers[0] if name in RIGHTS else HUB
    return Event(
        id=derived_id(case, name),
        source=source_of(publisher),
        type=kind.full,
        time=from_text(_HAPPENS[name]),
        subject=case,
        payload=payload,
        dataschema=kind.dataschema,
    )
