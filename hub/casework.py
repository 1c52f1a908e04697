"""The cases of a run as an officer sees them: where each stands, what it waits for, what is wrong.

Read from the stores in the run's folder, also while the run goes on: dvclt's has the cases, and
every system's has its own part of the manual queue.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from connectors.runtime.manifest import RunFolder
from connectors.runtime.store import ManualItem, reading
from hub.casefile import Action, CaseFile, Manual, Parked, Service, Wait
from hub.orchestrator.chains import PARKING, TABLES, WAITING
from hub.orchestrator.labels import ACTIONS, CASE_STATUSES, OVERDUE, STATUSES, Label
from hub.settling import standing
from schemas.catalogue import CATALOGUE
from schemas.reasons import REJECTIONS

_NOT_WITH_DVCLT = Label("Chưa đến phần mềm liên thông", "not yet with dvclt")


class CaseNotFound(LookupError):
    """No system of the run has the case."""


Queue = Mapping[str, Sequence[tuple[str, ManualItem]]]
"""By case, what officers of which systems have, in the order of time."""


def cases_of(
    folder: RunFolder,
    *,
    only_open: bool = False,
    only_manual: bool = False,
    settled_too: bool = False,
) -> Iterator[CaseFile]:
    """Cases of a run: open ones, overdue first and then by their next deadline; then the ended.

    `only_manual`: those that need an officer, by the manual queue of any system; `settled_too`:
    also those that did.
    """

    def wanted(file: CaseFile) -> bool:
        return not only_manual or file.needs_officer or (settled_too and bool(file.manual))

    queue = _manual_queue(folder)
    opened = dict(reading.states_of(_case_store(folder), ended=False))
    for case in queue.keys() - opened.keys():
        if reading.state_of(_case_store(folder), case) is None:
            opened[case] = {}  # another system has it, or a part of it, and dvclt does not
    files = (_case_file(case, state, queue.get(case, ())) for case, state in opened.items())
    yield from filter(wanted, sorted(files, key=_by_deadline))
    if only_open:
        return
    for case, state in reading.states_of(_case_store(folder), ended=True):
        if case in queue or not only_manual:
            yield from filter(wanted, [_case_file(case, state, queue.get(case, ()))])


def case_of(folder: RunFolder, case: str) -> CaseFile:
    """One case.

    Raises:
        CaseNotFound: dvclt has no such case, and no system has it in its manual queue.
    """
    state = reading.state_of(_case_store(folder), case)
    items = [
        (system, item)
        for system, store in _stores(folder)
        for item in reading.manual_of(store, case)
    ]
    if state is None and not items:
        raise CaseNotFound(
            f"dvclt of run {folder.path.name} has no case {case}; "
            "`lienthong case list` shows the cases, `lienthong trace CASE` all that the hub saw"
        )
    return _case_file(case, state or {}, sorted(items, key=_by_time))


def _case_store(folder: RunFolder) -> Path:
    return folder.stores / "dvclt.db"


def _stores(folder: RunFolder) -> Iterator[tuple[str, Path]]:
    """Every system's store; also that of a connector which is not ours."""
    for path in sorted(folder.stores.glob("*.db")):
        yield path.stem, path


def _manual_queue(folder: RunFolder) -> Queue:
    queue: dict[str, list[tuple[str, ManualItem]]] = {}
    for system, store in _stores(folder):
        for item in reading.manual_queue(store):
            queue.setdefault(item.subject, []).append((system, item))
    return {case: sorted(items, key=_by_time) for case, items in queue.items()}


def _by_time(entry: tuple[str, ManualItem]) -> str:
    return entry[1].at


def _by_deadline(file: CaseFile) -> tuple[bool, str, str]:
    """What has no deadline comes first: nothing but an officer will move it."""
    in_time = bool(file.waiting) and not any(wait.overdue for wait in file.waiting)
    return in_time, min((wait.until for wait in file.waiting), default=""), file.case


def _case_file(
    case: str, state: Mapping[str, Any], items: Sequence[tuple[str, ManualItem]]
) -> CaseFile:
    status = state.get("status")
    label = CASE_STATUSES[status] if status else _NOT_WITH_DVCLT
    dossier = state.get("dossier") or {}
    plain = ("chain", "procedure", "province", "commune", "reason", "submitted", "due", "ended")
    return CaseFile(
        case=case,
        **{name: state.get(name) for name in plain},
        places=state.get("places", {}),
        status=status,
        status_vi=label.vi,
        status_en=label.en,
        dossier=dossier.get("code"),
        services=[
            _service(name, entry, overdue=name in state.get("overdue", ()))
            for name, entry in state.get("services", {}).items()
        ],
        waiting=[_wait(name, entry) for name, entry in state.get("waiting", {}).items()],
        parked=[_parked(entry) for entry in state.get("parked", ())],
        manual=[_manual(system, item, state) for system, item in items],
        apology=state.get("apology"),
        actions=[_action(entry) for entry in state.get("actions", ())],
        results=state.get("results", {}),
    )


def _service(name: str, entry: Mapping[str, Any], *, overdue: bool) -> Service:
    status, state = STATUSES[entry["status"]], TABLES[name].states[entry["state"]]
    return Service(
        service=name,
        status=entry["status"],
        status_vi=status.vi,
        status_en=status.en,
        state=entry["state"],
        state_vi=state.vi,
        state_en=state.en,
        since=entry["since"],
        due=entry.get("due"),
        reason=entry["reason"],
        overdue=overdue,
    )


def _wait(service: str, entry: Mapping[str, str]) -> Wait:
    label = WAITING[entry["reason"]]
    return Wait(
        service=service,
        reason=entry["reason"],
        text_vi=label.vi,
        text_en=label.en,
        until=entry["until"],
        overdue=entry["reason"].startswith(OVERDUE),
    )


def _parked(entry: Mapping[str, str]) -> Parked:
    title, label = CATALOGUE[entry["name"]], officers_reason(entry["reason"])
    return Parked(
        name=entry["name"],
        title_vi=title.vi,
        title_en=title.en,
        source=entry["source"],
        id=entry["id"],
        time=entry["time"],
        reason=entry["reason"],
        text_vi=label.vi,
        text_en=label.en,
    )


def _manual(system: str, item: ManualItem, state: Mapping[str, Any]) -> Manual:
    label, stands = officers_reason(item.reason), standing(system, item, state)
    return Manual(
        system=system,
        reason=item.reason,
        text_vi=label.vi,
        text_en=label.en,
        detail=item.detail,
        input=item.input,
        at=item.at,
        service=stands.service,
        open=stands.open,
        settled=None if stands.settled is None else _action(stands.settled),
    )


def _action(entry: Mapping[str, Any]) -> Action:
    label = ACTIONS[entry["action"]]
    return Action(**entry, text_vi=label.vi, text_en=label.en)


def officers_reason(code: str) -> Label:
    """Why an officer is needed; a connector that is not ours has words of its own."""
    if code in REJECTIONS:
        return Label(REJECTIONS[code].vi, REJECTIONS[code].en)
    return PARKING.get(code) or Label(code, code)
