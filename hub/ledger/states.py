"""What every system must remember of a case that has ended, in its own format."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from hub.ledger import notices
from hub.ledger.calendar import iso
from hub.ledger.case import Case
from hub.ledger.course import End, Letter
from hub.ledger.rejections import Rejection, parked, shown
from hub.ledger.rights import RECEIVERS
from hub.ledger.texts import compact_time, dotted_day, slashed_time, to_the_second

State = dict[str, Any]

_NOT_ACCEPTED = ("not_accepted", 3)
_ENDS = {
    "done": ("", 10),
    "refused": ("refused", 3),
    "expired": ("expired", 3),
    "withdrawn": ("withdrawn", 7),
    "uncollected": ("uncollected", 9),
}
"""How a service ended: its state in dvclt's chain and its status; a done one has its own state."""
_WITH_THE_FIRST = {
    "refused": ("stopped", 8, None),
    "expired": ("stopped", 8, None),
    "withdrawn": ("withdrawn", 7, "withdrawn"),
}
"""What becomes of a service that waits for the first one: state, status, reason."""
_PROGRESS = {"done": [1, 3, 7, 4, 5], "refused": [1, 3, 7, 6]}


def states(case: Case, rejections: Sequence[Rejection] = ()) -> dict[str, State]:
    """The state of every system that has the case, by system."""
    counted = {
        "tinh": case.payload["province"],
        "dichVu": list(case.payload["services"]),
        "nop": iso(case.course.submission.time),
        "trangThai": _statuses(case, iso),
    }
    questions = case.course.questions.items()
    messages = {f"bo_sung.{name}": slashed_time(one.asked) for name, one in questions}
    letter = case.course.letter
    late = {} if letter is None else {"xin_loi": slashed_time(letter.due)}
    made = {
        "portal": _portal(case, rejections),
        "dvclt": _dvclt(case, rejections),
        "notification": {"tinNhan": _statuses(case, slashed_time) | messages | late},
        "citizen-store": {
            "trangThai": _statuses(case, iso),
            **case.chain.papers(case),
            **_asked_for(case),
            **_late(case, "phieuXinLoi"),
        },
        "monitoring": counted | _asked_for(case) | _late(case, "xinLoi"),
    }
    for system, make in case.chain.agencies.items():
        state = make(case)
        if state is not None:
            made[system] = state
    return made


def _asked_for(case: Case) -> State:
    """Until when a supplement was asked for."""
    asked = {name: iso(one.due) for name, one in case.course.questions.items()}
    return {"boSung": asked} if asked else {}


def _late(case: Case, name: str) -> State:
    """Since when the case was late, under the name by which a system notes the letter."""
    letter = case.course.letter
    return {} if letter is None else {name: iso(letter.due)}


def given(case: Case, letter: Letter) -> State:
    """The letter of apology: who is late, and the date that was promised before."""
    agency = case.chain.deciders[letter.service]
    return {"service": letter.service, "agency": agency, "due": iso(letter.due)}


def _statuses(case: Case, write: Any) -> dict[str, str]:
    """When the citizen was told which status."""
    course = case.course
    assert course.ended is not None, "the model follows a case to its end"
    told: dict[str, str] = {}
    if course.due is not None:
        told["processing"] = write(course.submission.time)
    told[course.status] = write(course.ended)
    return told


def _portal(case: Case, rejections: Sequence[Rejection]) -> State:
    course = case.course
    state: State = {
        "maHoSo": case.code,
        "trangThai": _statuses(case, compact_time),
        "dichVu": {name: told["status"] for name, told in services(case, told=True).items()},
        "ngayHenTra": None if course.due is None else compact_time(course.due),
        "lyDo": course.reason,
    }
    asked = {
        name: {
            "lan": one.number,
            "han": compact_time(one.due),
            "ngayGui": one.answered and compact_time(one.answered),
        }
        for name, one in course.questions.items()
    }
    if (letter := course.letter) is not None:
        state["phieuXinLoi"] = {
            "dichVu": letter.service,
            "coQuan": case.chain.deciders[letter.service],
            "henCu": compact_time(letter.due),
            "henMoi": compact_time(letter.new),
        }
    if course.submission.notice is not None:
        state["giayToNguon"] = notices.kept(case.payload)
    state |= case.chain.portal(case)
    return state | ({"boSung": asked} if asked else {}) | shown(rejections)


def services(case: Case, *, told: bool) -> dict[str, State]:
    """How each service ended; `told`: as the last message to the citizen says it."""
    course, found = case.course, {}
    for name in course.services:
        end = course.ends.get(name)
        reason = course.reason
        if end is not None:
            state, status = _ENDS[end.kind]
            state, since, reason = state or case.chain.done[name], end.time, end.reason
        elif course.ends:
            first = course.ends[course.services[0]]
            state, status, reason = _WITH_THE_FIRST[first.kind]
            since = first.time
        else:
            (state, status), since = _NOT_ACCEPTED, course.submission.time
        found[name] = {"status": status, "reason": reason}
        if not told:
            found[name] |= {"state": state, "since": iso(since), **_asked(case, name)}
    return found


def end_told(end: End) -> State:
    """How a service ended, as a message to the citizen says it."""
    return {"status": _ENDS[end.kind][1], "reason": end.reason}


def _asked(case: Case, service: str) -> State:
    """When dvclt last asked an agency or the citizen for a service, and when it is due."""
    course = case.course
    said = [one for one in course.events if one.system == "dvclt"]
    times = [one.time for one in said if one.told.get("service") == service]
    due = course.dues.get(service)
    return {"asked": iso(max(times)) if times else None, "due": due and iso(due)}


def _places(case: Case) -> State:
    """Province and commune of each place that the case names beside its own."""
    named = case.chain.walk.places(case.payload)
    parts = ("province", "commune")
    found = {name: {part: place[part] for part in parts} for name, place in named.items()}
    return {"places": found} if found else {}


def _dvclt(case: Case, rejections: Sequence[Rejection]) -> State:
    course, payload, wish = case.course, case.payload, case.course.submission.withdrawal
    assert course.ended is not None, "the model follows a case to its end"
    heard = [said.time for said in course.events if "dvclt" in RECEIVERS[said.name]]
    timers = [end.time for end in course.ends.values()]
    dossier = None
    if course.ends and case.attempts("one-stop/receive"):
        final = _PROGRESS.get(course.ends[course.services[0]].kind)
        dossier = {
            "code": case.codes.dossier,
            "agency": case.agency(case.handled if final else case.first_asked),
            "codes": final or [1, 3, 7],
        }
    return {
        "chain": case.chain.name,
        "procedure": payload["procedure"],
        "province": payload["province"],
        "commune": payload["commune"],
        **_places(case),
        "status": course.status,
        "reason": course.reason,
        "submitted": iso(course.submission.time),
        "due": None if course.due is None else iso(course.due),
        "withdrawn": iso(wish.time) if wish and course.ends else None,
        "updated": iso(max(heard + timers)),
        "ended": iso(course.ended),
        "services": services(case, told=False),
        "dossier": dossier,
        "results": case.chain.results(case),
        "waiting": {},
        "parked": parked(rejections),
        **({} if course.letter is None else {"apology": given(case, course.letter)}),
        **_overdue(case),
        **_filed_late(case),
    }


def _filed_late(case: Case) -> State:
    """Until when it was to be filed, of what dvclt accepted all the same."""
    missed = case.chain.walk.last_day_missed(case.course.submission)
    return {"filed_late": missed.isoformat()} if missed and case.course.dues else {}


def _overdue(case: Case) -> State:
    """The services for which a supplement was asked for twice, which counts as overdue; another
    way to be paid is no supplement."""
    asked = Counter(
        said.told["service"]
        for said in case.course.events
        if said.name == "case.supplement.requested" and not said.told.get("payout")
    )
    twice = [name for name in case.course.services if asked[name] > 1]
    return {"overdue": twice} if twice else {}


def entry_in_events(case: Case) -> State:
    """The register entry as events have it."""
    number, book, page = case.entry
    return {
        "number": number,
        "book": book,
        "page": page,
        "commune": case.commune("one-stop/receive"),
        "registered": to_the_second(case.entered),
    }


def one_stop(case: Case) -> State | None:
    """What the one-stop remembers of a case."""
    course = case.course
    if not case.attempts("one-stop/receive"):
        return None
    first = course.ends[course.services[0]]
    return {
        "maDonVi": case.agency(case.handled),
        "maHoSo": case.codes.dossier,
        "trangThai": {"done": 10, "refused": 3}.get(first.kind, 4),
        "lan": case.attempts("one-stop/receive"),
    }


def civil_status(case: Case, key: State) -> State | None:
    """What civil status remembers of a case; `key`: by what it knows the entry."""
    course = case.course
    if not case.attempts(case.chain.entry.step):
        return None
    first = course.ends[course.services[0]]
    return {
        "maHoSo": case.codes.dossier,
        **key,
        "trangThai": {"done": 4, "refused": 6}.get(first.kind, 2),
        "lan": case.attempts(case.chain.entry.step),
    }


def of_register(case: Case, person: Any, uri: str, hashed: str) -> State:
    """What the citizen's store keeps of a paper from a register of civil status."""
    number, book, _ = case.entry
    return {
        "soDinhDanh": person,
        "so": number,
        "quyen": book,
        "ngay": dotted_day(case.entered),
        "uri": uri,
        "sha256": hashed,
    }


def residence_notice(row: Mapping[str, Any] | None, day: str) -> State:
    """What the citizen's store keeps of a form CT08; `row`: the residence register's, if there is
    one; `day`: its column with the day of the notice."""
    if row is None:
        return {}
    kept = {
        "soDinhDanh": row["so_dinh_danh"],
        "so": row["so_ct08"],
        "ngay": row[day],
        "uri": row["ct08"],
        "sha256": row["sha256"],
    }
    return {"thongBaoCT08": kept}
