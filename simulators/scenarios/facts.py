"""What a scenario's case came to, as plain facts: what the citizen, the officer and the hub see.

Names of facts: `status`, `reason`, `procedure`, `promised` (the first *Ngày hẹn trả dự kiến*),
`due` (the last), `apology` (the agency that a letter of apology names), `letters` (how many there
were), `put_off` (the new date of the first), `ended`,
`dossier` and `dossier.agency` (who has it), `entered` and `entered.at` (the entry), `mother` (her
ID in it), `certificate`, `personal_id`, `ct08`, `card`, `card_until`, `stays_until`,
`identity_number` and `identity_until` (the identity card),
`files` (how many of its papers are kept as PDF files),
`manual` (`<system>: <reason>`),
`by_hand` (`<service>: <action>`: what officers did),
`refused` (`<reason> <pointer>`: what the hub did not route), `decision`, `granted.group`,
`granted.vnd`, `granted.count`, `paid.vnd`, `paid.method` (the funeral allowance, in đồng); of a
service `<service>` (its status 1-10), `<service>.reason`, `.due`, `.waits`, `.until`, `.overdue`
(1, where it counts as such); of the n-th question for a supplement `question.<n>.due` and
`.defects`; of an event `said <event>` (how often) and `at <event>` (when first). Moments are
`2023-07-10 08:00` in Vietnam's time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from connectors.agencies.codes import PAYOUT, SOCIAL_INSURANCE
from connectors.runtime.manifest import RunFolder
from connectors.runtime.store import reading
from hub.casefile import CaseFile
from hub.casework import CaseNotFound, case_of
from schemas.event import VN, from_text
from simulators.agencies.reading import dossiers_of
from simulators.documents.filing import path_of

Facts = Mapping[str, str | int | tuple[str, ...]]

_MAKERS: Final = (
    *("civil-status", "population", "residence"),
    *("social-insurance", "social-protection"),
)
"""Agencies that make out papers."""
_RESULTS: Final = {"residence": "ct08"}
"""Results that have the name of their service."""
_CERTIFIED: Final = ("certify", "issue", "mend")
"""Steps of civil status after which there is a birth certificate."""
_PARTS: Final = {
    "temporary_residence": {"number": "ct08", "until": "stays_until"},
    "identity_card": {"number": "identity_number", "until": "identity_until"},
}
"""Results that are facts by their parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that a citizen was told at the portal."""

    case: str
    name: str
    time: datetime
    data: Mapping[str, Any]


def facts_of(folder: RunFolder, case: str, told: Sequence[Told]) -> Facts:
    """Every fact of a case; one that there is not is left out."""
    facts: dict[str, Any] = {}
    try:
        file = case_of(folder, case)
    except CaseNotFound:
        pass
    else:
        facts |= dict(_from_file(file))
    facts |= dict(_from_messages([one for one in told if one.case == case]))
    facts |= dict(_from_registers(folder, case))
    facts |= dict(_from_payments(folder, case))
    if files := _files(folder, case):
        facts["files"] = files
    facts |= dict(_from_log(folder, case))
    return {name: value for name, value in facts.items() if value is not None}


def minute(text: str | None) -> str | None:
    """`2023-07-10 08:00` of an RFC 3339 text, in Vietnam's time."""
    return text and f"{from_text(text).astimezone(VN):%Y-%m-%d %H:%M}"


def _from_file(file: CaseFile) -> Iterator[tuple[str, Any]]:
    yield from (("status", file.status), ("reason", file.reason), ("dossier", file.dossier))
    yield "procedure", file.procedure
    yield from (("due", minute(file.due)), ("ended", minute(file.ended)))
    if file.apology is not None:
        yield "apology", file.apology["agency"]
    for service in file.services:
        name = service.service
        yield from ((name, service.status), (f"{name}.reason", service.reason))
        yield f"{name}.due", minute(service.due)
        if service.overdue:
            yield f"{name}.overdue", 1
    for wait in file.waiting:
        yield f"{wait.service}.waits", wait.reason
        yield f"{wait.service}.until", minute(wait.until)
    for name, value in file.results.items():
        if name in _PARTS:
            yield from ((fact, value[part]) for part, fact in _PARTS[name].items())
        elif name != "entry":  # the register tells it, also before there is a number
            yield _RESULTS.get(name, name), value
    if file.actions:
        yield "by_hand", tuple(f"{a.service or 'case'}: {a.action}" for a in file.actions)
    if file.manual:
        yield "manual", tuple(sorted({f"{item.system}: {item.reason}" for item in file.manual}))


def _from_messages(told: Sequence[Told]) -> Iterator[tuple[str, Any]]:
    statuses = [one for one in told if one.name == "case.status.changed"]
    if statuses:
        yield "promised", minute(statuses[0].data["due"])
    letters = [one for one in statuses if one.data["apology"] is not None]
    if letters:
        yield "letters", len(letters)
        yield "put_off", minute(letters[0].data["due"])
    questions = [one for one in told if one.name == "case.supplement.requested"]
    for number, question in enumerate(questions, start=1):
        yield f"question.{number}.due", minute(question.data["due"])
        yield f"question.{number}.defects", len(question.data["defects"])


def _from_registers(folder: RunFolder, case: str) -> Iterator[tuple[str, Any]]:
    for dossier in dossiers_of(folder.registers / "civil-status.db", case):
        if dossier.result == "done" and dossier.step in _CERTIFIED:
            yield "certificate", dossier.record["giay_khai_sinh"]
        elif dossier.result == "done" and dossier.step == "enter":
            record = dossier.record
            yield "entered", f"{record['so']:02}/{record['nam']}"
            yield "entered.at", minute(dossier.decided)
            yield "mother", record["so_dinh_danh_me"]
    for dossier in dossiers_of(folder.registers / "one-stop.db", case):
        if dossier.result == "done":
            yield "dossier.agency", dossier.record["ma_don_vi"]
    for dossier in dossiers_of(folder.registers / "social-insurance.db", case):
        if dossier.result == "done" and "den_ngay" in dossier.record:
            until = SOCIAL_INSURANCE.day.read(dossier.record["den_ngay"])
            yield "card_until", date.fromisoformat(until).isoformat()


def _files(folder: RunFolder, case: str) -> int:
    """How many of a case's papers are kept as files."""
    names = {
        dossier.record["sha256"]
        for agency in _MAKERS
        for dossier in dossiers_of(folder.registers / f"{agency}.db", case)
        if dossier.result == "done" and dossier.record.get("sha256")
    }
    return sum(path_of(folder.documents, name).exists() for name in names)


def _from_payments(folder: RunFolder, case: str) -> Iterator[tuple[str, Any]]:
    """What was granted, by whom, and what was paid of it; sums in đồng."""
    granted = [
        dossier.record
        for agency in ("social-insurance", "social-protection")
        for dossier in dossiers_of(folder.registers / f"{agency}.db", case)
        if dossier.step == "allowance" and dossier.result == "done"
    ]
    paid = [
        dossier.record
        for dossier in dossiers_of(folder.registers / "payout.db", case)
        if dossier.step == "pay" and dossier.result == "done"
    ]
    for decision in granted:
        yield "decision", decision["so_quyet_dinh"]
        yield from (("granted.group", decision["nhom"]), ("granted.vnd", decision["so_tien"]))
    for payment in paid:
        yield "paid.method", PAYOUT.read[payment["hinh_thuc"]]
    if granted:
        yield "granted.count", len(granted)
        yield "paid.vnd", sum(payment["so_tien"] for payment in paid)


def _from_log(folder: RunFolder, case: str) -> Iterator[tuple[str, Any]]:
    events = sorted(reading.events_of(folder.hub_log, case), key=lambda e: from_text(e.time))
    names = [event.name for event in events]
    for event in reversed(events):
        yield f"said {event.name}", names.count(event.name)
        yield f"at {event.name}", minute(event.time)
    letters = reading.dead_letters_of(folder.hub_log, case)
    if letters:
        refused = (f"{one['reason']} {one['pointer']}".rstrip() for one in letters)
        yield "refused", tuple(sorted(refused))
