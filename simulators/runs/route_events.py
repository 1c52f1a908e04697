"""The events that the router's benchmark routes: of births and of deaths, as the mix has them.

Of each pair of cases four events are of the first, four of the second, a quarter of them cut for
some receiver. Every payload is another one.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from schemas.catalogue import CATALOGUE
from schemas.event import Event, derived_id, source_of
from schemas.identifiers import Chain
from schemas.payloads import canonical, encode
from schemas.systems import RIGHTS
from simulators.arrivals import Arrivals, Submission

_SUPPLEMENTS: Final = ("case.supplement.provided",) * 2
_OF_A_PAIR: Final[Mapping[Chain, Sequence[Sequence[str]]]] = {
    chain: (
        ("case.submitted", f"{chain}.registration.requested", *_SUPPLEMENTS),
        (f"{chain}.registered", f"{chain}.entry.requested", *_SUPPLEMENTS),
    )
    for chain in ("birth", "death")
}
_PAPERS: Final = ("birth_notice", "ct01", "birth_certificate", "other", "other")
_APPLICATION: Final[Mapping[Chain, Sequence[str]]] = {
    "birth": ("requester", "child", "mother", "father", "commune"),
    "death": ("requester", "deceased", "notice", "commune"),
}
"""What the registration is told of the case."""


def route_events(arrivals: Arrivals) -> Iterator[Event]:
    """Events without end; four a case."""
    ordinal = 0
    while True:
        submission = arrivals.submission(ordinal)
        for place, name in enumerate(_OF_A_PAIR[submission.payload.chain][ordinal % 2]):
            yield _event(name, submission, 4 * ordinal + place)
        ordinal += 1


def _event(name: str, submission: Submission, ordinal: int) -> Event:
    kind = CATALOGUE[name]
    identity = derived_id(submission.case, name, ordinal)
    return Event(
        id=identity,
        source=source_of(RIGHTS[name].publishers[0]),
        type=kind.full,
        time=submission.at,
        subject=submission.case,
        payload=_payload(name, submission, ordinal),
        dataschema=kind.dataschema,
        causationid=derived_id(submission.case, "bench"),
        traceparent=f"00-{identity.replace('-', '')}-{ordinal + 1:016x}-01",
    )


def _payload(name: str, submission: Submission, ordinal: int) -> bytes:
    if name == "case.submitted":
        return canonical(submission.payload)
    case, chain = submission.payload.model_dump(mode="json"), submission.payload.chain
    parts = {key: case[key] for key in _APPLICATION[chain]}
    moment = submission.at.isoformat(timespec="seconds")
    match name.partition(".")[2]:
        case "registration.requested":
            place = {key: case[key] for key in ("procedure", "province")}
            data = parts | place | {"due": moment}
        case "entry.requested":
            dossier = f"H29.760.26734-230710-{ordinal:06d}"
            data = parts | {"dossier": dossier, "agency": "H29.760.26734"}
        case "registered":
            registered = _born if chain == "birth" else _died
            data = registered(case, moment, ordinal)
        case _:
            papers = [_paper(kind, place, ordinal) for place, kind in enumerate(_PAPERS)]
            requester, about = submission.payload.requester.name, submission.person.name
            note = f"{requester} bổ sung giấy tờ cho {about}"
            service = "residence" if chain == "birth" else "residence_removal"
            data = {"service": service, "documents": papers, "payout": None, "note": note}
    return encode(CATALOGUE[name].model, data)


def _paper(kind: str, place: int, ordinal: int) -> dict[str, str]:
    uri = f"urn:lienthong:bench:{ordinal}:{place}"
    return {"kind": kind, "uri": uri, "sha256": hashlib.sha256(uri.encode()).hexdigest()}


def _entry(case: dict[str, Any], moment: str, ordinal: int) -> dict[str, Any]:
    return {
        "number": f"{ordinal % 999_999 + 1}/2023",
        "book": "01/2023",
        "page": ordinal % 200 + 1,
        "commune": case["commune"],
        "registered": moment,
    }


def _born(case: dict[str, Any], moment: str, ordinal: int) -> dict[str, Any]:
    def known(person: dict[str, Any] | None) -> dict[str, Any] | None:
        return person and {key: person[key] for key in ("name", "personal_id")}

    return {
        "child": {
            **{key: case["child"][key] for key in ("name", "sex", "born")},
            "personal_id": f"0792230{ordinal % 100_000:05d}",
        },
        "notice": case["child"]["notice"],
        "mother": known(case["mother"]),
        "father": known(case["father"]),
        "entry": _entry(case, moment, ordinal),
        "certificate": _paper("birth_certificate", 0, ordinal),
    }


def _died(case: dict[str, Any], moment: str, ordinal: int) -> dict[str, Any]:
    return {
        **{key: case[key] for key in ("deceased", "notice", "requester")},
        "entry": _entry(case, moment, ordinal),
        "extract": _paper("death_extract", 0, ordinal),
    }
