"""What the other systems say to dvclt about one case: valid, and cut to what dvclt may see.

`Dvclt` plays the case store: it keeps the state and what was emitted, and checks on every step
that what goes out fits its contract and that a decision leaves the state it was given alone.
"""

import copy
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson

from connectors.runtime.handling import Decision, Emit, Input, TimerFired
from hub.orchestrator import Orchestrator
from hub.orchestrator.chain import Sequencing
from schemas.catalogue import CATALOGUE
from schemas.event import VN, Event, derived_id, source_of
from schemas.examples import DEATH_SUBMISSION, example_payload
from schemas.payloads import encode
from schemas.procedures import codes_in_force
from schemas.systems import RIGHTS

CASE = "G22.99.08-230710-0001"
SUBMITTED = datetime(2023, 7, 10, 8, 0, tzinfo=VN)
DUE = "2023-07-13T17:00:00.000+07:00"
ALL = ("birth", "residence", "health_card")
FIRST_CARD = datetime(2026, 9, 3, 8, 0, tzinfo=VN)
"""Offices open for the first time since a birth can ask for an identity card."""
TODAY = "00004"
"""A commune of province 01, of 2023 and of today."""

_REQUESTER = {"name": "Nguyễn Văn An", "personal_id": "001090000001"}
_MOTHER = {"name": "Trần Thị Bình", "personal_id": "001192000002", "born": "1992-03-04"}
_CHILD = {
    "name": "Nguyễn Minh Châu",
    "sex": "female",
    "born": "2023-07-01T04:30:00+07:00",
    "notice": "00123.GCS.01234.23",
    "facility": "01234",
}
_REGISTERED_CHILD = {
    "name": _CHILD["name"],
    "sex": _CHILD["sex"],
    "born": _CHILD["born"],
    "personal_id": "001323000003",
}
_DOCUMENT = {"kind": "other", "uri": "store:doc/1", "sha256": "0" * 64}
ENTRY = {
    "number": "12/2023",
    "book": "01/2023",
    "page": 12,
    "commune": "00001",
    "registered": "2023-07-10T10:00:00+07:00",
}
CARD = "TE1010123456789"
NUMBER = "12/CT08-00001"

_HOUSEHOLD = {
    "head": {"name": "Nguyễn Văn Cả", "personal_id": "001060000004"},
    "relation": "grandparent",
    "address": "Số 1 phố Phúc Xá",
    "commune": "00001",
    "consent_signed": False,
}
_SUBMISSION = {
    "chain": "birth",
    "procedure": "2.000986",
    "services": list(ALL),
    "channel": "online",
    "province": "01",
    "commune": "00001",
    "requester": _REQUESTER,
    "child": _CHILD,
    "mother": _MOTHER,
    "father": None,
    "household": _HOUSEHOLD,
    "treatment_facility": "01001",
    "documents": [],
}
_DEFECTS = [{"pointer": "/child/name", "vi": "Thiếu dấu", "en": "No accents"}]
_PAYLOADS: dict[str, dict[str, Any]] = {
    "case.submitted": _SUBMISSION,
    "case.supplement.provided": {
        "service": "birth",
        "documents": [],
        "payout": None,
        "note": None,
    },
    "case.withdrawal.requested": {"requester": _REQUESTER, "note": None},
    "dossier.progressed": {
        "dossier": "H26.01.00001-230710-0001",
        "agency": "H26.01.00001",
        "codes": [1, 3, 7],
    },
    "birth.registered": {
        "child": _REGISTERED_CHILD,
        "notice": _CHILD["notice"],
        "mother": {"name": _MOTHER["name"], "personal_id": _MOTHER["personal_id"]},
        "father": None,
        "entry": ENTRY,
        "certificate": _DOCUMENT,
    },
    "birth.registration.refused": {
        "dossier": "H26.01.00001-230710-0001",
        "reason": "notice_mismatch",
    },
    "consent.requested": {
        "of": _HOUSEHOLD["head"],
        "child_name": _CHILD["name"],
        "requester": _REQUESTER,
        "address": _HOUSEHOLD["address"],
        "expires": "2023-07-17T16:00:00+07:00",
    },
    "consent.given": {"by": "001060000004", "method": "vneid"},
    "consent.declined": {"by": "001060000004", "method": "vneid"},
    "residence.registered": {
        "personal_id": _REGISTERED_CHILD["personal_id"],
        "number": NUMBER,
        "commune": "00001",
        "address": _HOUSEHOLD["address"],
        "head": "001060000004",
        "registered": "2023-07-10T18:00:00+07:00",
        "document": _DOCUMENT,
    },
    "residence.registration.refused": {
        "personal_id": _REGISTERED_CHILD["personal_id"],
        "reason": "no_lawful_dwelling",
    },
    "health-card.issued": {
        "personal_id": _REGISTERED_CHILD["personal_id"],
        "card": CARD,
        "valid_from": "2023-07-01",
        "valid_to": "2029-09-30",
        "treatment_facility": "01001",
        "document": _DOCUMENT,
    },
    "health-card.refused": {
        "personal_id": _REGISTERED_CHILD["personal_id"],
        "reason": "already_insured",
    },
    "supplement.requested": {"defects": _DEFECTS, "due": "2023-07-19T17:00:00+07:00"},
    "delivery.rejected": {
        "event": "1",
        "type": "?",
        "reason": "payload_invalid",
        "pointer": "",
        "vi": "Sai.",
        "en": "Wrong.",
        "remedy_vi": "Sửa.",
        "remedy_en": "Mend.",
    },
}


def said(
    name: str, minutes: float, *, id: str | None = None, by: str | None = None, **fields: Any
) -> Event:
    """An event of the case as dvclt gets it, so many minutes after the submission.

    Fields that are not given are those of the examples; the case's code is always the same.

    `by`: who says it, where several may; by default the first of them.
    """
    kind = CATALOGUE[name]
    data = _PAYLOADS.get(name) or orjson.loads(example_payload(name))
    # a submission that says its chain is whole: a death has other fields than a birth
    payload = encode(kind.model, fields if "chain" in fields else {**data, **fields})
    publisher = "hub"
    if name in RIGHTS:
        publisher = by or RIGHTS[name].publishers[0]
        assert publisher in RIGHTS[name].publishers
        visible = RIGHTS[name].receivers["dvclt"]
        if visible is not None:
            whole = orjson.loads(payload)
            payload = orjson.dumps({field: whole[field] for field in visible})
    return Event(
        id=id or derived_id(CASE, f"{publisher}/{name}", int(minutes * 60)),
        source=source_of(publisher),
        type=kind.full,
        time=SUBMITTED + timedelta(minutes=minutes),
        subject=CASE,
        payload=payload,
    )


def died(*services: str, **fields: Any) -> Event:
    """The submission of the examples' death case; by default for all that can be asked for."""
    asked = list(services or DEATH_SUBMISSION["services"])
    return said("case.submitted", 0, **{**DEATH_SUBMISSION, **fields, "services": asked})


def submitted(*services: str, **fields: Any) -> Event:
    """The submission of the case for these services."""
    return said("case.submitted", 0, services=list(services or ALL), **fields)


def filed_with_card(*services: str, **fields: Any) -> Event:
    """A submission that asks for an identity card too, on the first working day that has one; the
    commune is one of today."""
    asked = [*(services or ALL), "identity_card"]
    home = {"commune": TODAY, "household": {**_HOUSEHOLD, "commune": TODAY}, **fields}
    minutes = (FIRST_CARD - SUBMITTED).total_seconds() / 60
    data = {"procedure": "3.000722", "services": asked, **home}
    born = {"born": "2026-08-20T04:30:00+07:00", "notice": "00123.GCS.01234.26"}
    child = {"child": {**_CHILD, **born}}
    return said("case.submitted", minutes, **{**child, **data})


def filed_at(event: Event, time: datetime, **named: str) -> Event:
    """The submission at another moment, under the procedure code of that day; `named`: its id."""
    data = event.data()
    codes = codes_in_force(data["chain"], time.astimezone(VN).date())
    assert codes, f"no {data['chain']} could be filed on {time}"
    payload = orjson.dumps({**data, "procedure": next(iter(codes))})
    return replace(event, time=time, payload=payload, **named)


def at(minutes: float) -> str:
    """The time so many minutes after the submission, as the case document writes it."""
    return (SUBMITTED + timedelta(minutes=minutes)).isoformat(timespec="milliseconds")


class Dvclt:
    """One case in dvclt's hands."""

    def __init__(self, sequence: Sequencing = "parallel") -> None:
        self._orchestrator = Orchestrator(sequence)
        self.state: dict[str, Any] = {}
        self.emitted: list[Emit] = []
        self.timers: dict[str, datetime] = {}
        self.ended = False
        self.manual: list[str] = []
        """Why officers were given the case."""

    def hears(self, *events: Event | TimerFired) -> list[str]:
        """Handle events in turn; the names of what was emitted for them."""
        names: list[str] = []
        for event in events:
            before = copy.deepcopy(self.state)
            given, decision = self.state, self._orchestrator.handle(self.state, event)
            assert given == before, "a decision must not change the state it was given"
            assert orjson.loads(orjson.dumps(decision.state)) == decision.state, "JSON values only"
            for emit in decision.events:
                assert "dvclt" in RIGHTS[emit.name].publishers
                encode(CATALOGUE[emit.name].model, emit.data)
            self.state, self.timers = decision.state, dict(decision.timers)
            self.ended = decision.ended
            self.manual += [decision.manual] if decision.manual else []
            self.emitted += decision.events
            names += [emit.name for emit in decision.events]
        return names

    def handle(self, given: Input) -> Decision:
        """The bare decision, which is not kept."""
        return self._orchestrator.handle(self.state, given)

    def fires(self, service: str) -> None:
        """Let the timer of a service come due."""
        self.hears(TimerFired(subject=CASE, name=service, time=self.timers[service]))

    def stages(self) -> dict[str, str]:
        """The state of each service that was asked for."""
        return {name: entry["state"] for name, entry in self.state["services"].items()}

    def sent(self, name: str) -> Emit:
        """The last event of that name."""
        return [emit for emit in self.emitted if emit.name == name][-1]

    def statuses(self) -> list[str]:
        """What the citizen was told of the case."""
        return [e.data["status"] for e in self.emitted if e.name == "case.status.changed"]
