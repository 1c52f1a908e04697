"""Tells a case's story from what a run leaves in its folder, also while the run goes on.

The hub's log says which events passed, the agencies' registers what they decided, dvclt's store
where the case stands. Nothing is asked of a running process.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from connectors.agencies.codes import ONE_STOP, RESIDENCE
from connectors.agencies.people import child_of, deceased_of
from connectors.runtime.manifest import RunFolder
from connectors.runtime.store import reading
from connectors.runtime.store.reading import LoggedEvent
from hub.orchestrator.chains import PARKING, TABLES, WAITING
from hub.orchestrator.labels import CASE_STATUSES, Label
from schemas.catalogue import CATALOGUE
from schemas.deadlines import new_date, promised
from schemas.event import from_text, to_text
from schemas.identifiers.cases import MARKS
from schemas.reasons import REJECTIONS
from schemas.systems import HUB, SYSTEMS
from simulators.agencies import DESKS
from simulators.agencies.reading import Dossier, dossiers_of
from simulators.runs import wording
from simulators.runs.details import Source, action_detail, detail
from simulators.runs.story import Pending, Service, Step, Story, Trouble, Waiting

Dossiers = Mapping[str, Sequence[Dossier]]
_TOLD_OF: Final = {
    "child": ("name", "sex", "born"),
    "deceased": ("name", "sex", "born", "died"),
    "resident": ("name", "sex", "born"),
}
"""Whom a case can be about, by the field of its submission, and what the story says of them."""
_PAPERS: Final = {"giay_khai_sinh": "certificate", "trich_luc": "extract"}
"""What civil status makes out: its column, and the result's name."""
UNKNOWN = Label("Chưa đến phần mềm liên thông", "not yet with dvclt")


class CaseNotFound(LookupError):
    """The run knows nothing of the case."""


def story_of(folder: RunFolder, case: str) -> Story:
    """The story of a case as far as it has come.

    Raises:
        CaseNotFound: it was neither submitted here nor seen by the hub.
    """
    events = reading.events_of(folder.hub_log, case)
    letters = reading.dead_letters_of(folder.hub_log, case)
    application = application_of(folder, case)
    if not (events or letters or application):
        raise CaseNotFound(f"run {folder.path.name} knows no case {case}")
    state = reading.state_of(folder.stores / "dvclt.db", case) or {}
    dossiers = {system: dossiers_of(folder.registers / f"{system}.db", case) for system in DESKS}
    status = state.get("status")
    label = CASE_STATUSES[status] if status else UNKNOWN
    return Story(
        case=case,
        chain=state.get("chain") or _marked(case),
        status=status,
        text_vi=label.vi,
        text_en=label.en,
        **_people(application, dossiers),
        places=state.get("places", {}),
        submitted=state.get("submitted") or application.get("time"),
        due=state.get("due"),
        ended=state.get("ended"),
        services=_services(state),
        results=_results(state, dossiers),
        steps=_steps(events, state, dossiers, application),
        waiting=_waiting(state),
        pending=_pending(dossiers),
        troubles=[*_manual(folder, case, state), *_rejected(letters)],
    )


def application_of(folder: RunFolder, case: str) -> Mapping[str, Any]:
    """The case's line in the submissions file; empty for one that came from elsewhere."""
    if not folder.submissions.is_file():
        return {}
    wanted = orjson.dumps(case)
    with folder.submissions.open("rb") as lines:
        found = (orjson.loads(line) for line in lines if wanted in line)
        return next((row for row in found if row["case"] == case and "payload" in row), {})


def _people(application: Mapping[str, Any], dossiers: Dossiers) -> dict[str, Any]:
    """Whom the case is about, who filed it, and where they live; of a case from elsewhere what the
    one-stop knows, or the police where no one-stop takes part."""
    told: dict[str, Any] = dict.fromkeys((*_TOLD_OF, "requester", "place"))
    if application:
        payload = application["payload"]
        for role, parts in _TOLD_OF.items():
            if role in payload:
                told[role] = {name: payload[role][name] for name in parts}
        home = payload if "address" in payload else payload.get("household", {})
        told |= {"requester": payload["requester"]["name"], "place": home.get("address")}
    elif dossiers["one-stop"]:
        record = dossiers["one-stop"][0].record
        told["requester"] = record["ho_ten_nyc"]
        if "so_gbt" in record:
            deceased = deceased_of(record, ONE_STOP)
            told["deceased"] = {name: deceased[name] for name in _TOLD_OF["deceased"]}
        else:
            told["child"] = child_of(record, ONE_STOP)
    else:
        for one in dossiers["residence"]:
            if one.step == "register_stay" and one.result == "done":
                told |= _stay(one.record)
    return told


def _marked(case: str) -> str:
    """The chain that a case's code names; of a code of another form nobody knows it."""
    return next((chain for chain, mark in MARKS.items() if case.startswith(f"{mark}-")), "unknown")


def _stay(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "resident": {
            "name": record["ho_ten"],
            "sex": RESIDENCE.sex.read[record["gioi_tinh"]],
            "born": RESIDENCE.day.read(record["ngay_sinh"]),
        },
        "requester": record["ho_ten_nyc"],
        "place": record["dia_chi"],
    }


def _services(state: Mapping[str, Any]) -> list[Service]:
    services = []
    for name, entry in state.get("services", {}).items():
        told = TABLES[name].states[entry["state"]]
        services.append(Service(service=name, **entry, text_vi=told.vi, text_en=told.en))
    return services


def _results(state: Mapping[str, Any], dossiers: Dossiers) -> dict[str, Any]:
    results = {**state.get("results", {})}
    if state.get("dossier"):
        results["dossier"] = state["dossier"]["code"]
    for dossier in dossiers["civil-status"]:
        for column, name in _PAPERS.items():
            if dossier.result == "done" and dossier.record.get(column):
                results[name] = dossier.record[column]
    return results


def _steps(
    events: Sequence[LoggedEvent],
    state: Mapping[str, Any],
    dossiers: Dossiers,
    application: Mapping[str, Any],
) -> list[Step]:
    steps = []
    for event in sorted(events, key=lambda event: from_text(event.time)):
        kind = CATALOGUE[event.name]
        title = Label(kind.vi, kind.en)
        if event.name == "case.status.changed":
            told = _status_detail(event, state, application)
        elif event.name == "notice.issued" and "notice" in application:
            notice = application["notice"]["payload"]
            title, told = wording.NOTICES[notice["kind"]], wording.notice_label(notice)
        elif event.name == "case.submitted" and application:
            told = wording.services_label(application["payload"]["services"])
        elif event.name == "case.action.taken":
            told = action_detail(state.get("actions", ()), from_text(event.time))
        else:
            told = detail(event.name, _source(event, dossiers))
        steps.append(
            Step(
                at=event.time,
                system=event.system,
                event=event.name,
                to=event.receivers,
                text_vi=": ".join(filter(None, (title.vi, told.vi))),
                text_en=": ".join(filter(None, (title.en, told.en))),
            )
        )
    return steps


def _source(event: LoggedEvent, dossiers: Dossiers) -> Source | None:
    """What the publisher's agency decided at the moment of the event; dvclt passes on what another
    one found missing, or could not pay."""
    asks = event.name == "case.supplement.requested"
    systems = DESKS if asks else (event.system,)
    found = (
        Source(system, dossier.record)
        for system in systems
        for dossier in dossiers.get(system, ())
        if dossier.result is not None
        and _same(dossier.decided, event.time)
        and (not asks or _asked_for_more(system, dossier))
    )
    return next(found, None)


def _asked_for_more(system: str, dossier: Dossier) -> bool:
    return dossier.result == "supplement" or (system, dossier.result) == ("payout", "refused")


def _same(one: str, other: str) -> bool:
    return one == other or from_text(one) == from_text(other)


def _status_detail(
    event: LoggedEvent, state: Mapping[str, Any], application: Mapping[str, Any]
) -> Label:
    """The log has no payloads, but a case has one message at its start and one at its end; between
    them there may be an apology."""
    if not state.get("status"):
        return wording.NOTHING
    final = state["ended"] is not None and _same(event.time, state["ended"])
    if final:
        return wording.status_detail(state["status"], state["due"], state["reason"])
    groups = application["payload"].get("groups", ()) if application else ()
    submitted = from_text(state["submitted"])
    if not _same(event.time, state["submitted"]):
        late = from_text(event.time)
        new = new_date(
            state["chain"],
            groups,
            submitted,
            late,
            state["services"],
            filed_late="filed_late" in state,
        )
        return wording.apology_detail(state.get("apology"), to_text(new))
    due = promised(
        state["chain"], groups, submitted, state["services"], late="filed_late" in state
    ).due
    return wording.status_detail("processing", to_text(due), None)


def _waiting(state: Mapping[str, Any]) -> list[Waiting]:
    return [
        Waiting(
            service=service,
            reason=entry["reason"],
            until=entry["until"],
            text_vi=WAITING[entry["reason"]].vi,
            text_en=WAITING[entry["reason"]].en,
        )
        for service, entry in state.get("waiting", {}).items()
    ]


def _pending(dossiers: Dossiers) -> list[Pending]:
    return [
        Pending(system=system, step=open_.step, received=open_.received, ready=open_.decided)
        for system, requests in dossiers.items()
        for open_ in requests
        if open_.result is None
    ]


def _manual(folder: RunFolder, case: str, state: Mapping[str, Any]) -> list[Trouble]:
    """The manual queues of all systems; an event that dvclt keeps is told by its type."""
    kept = {f"dvclt:{entry['id']}": entry["name"] for entry in state.get("parked", ())}
    return [
        _trouble(
            item.at,
            system,
            item.reason,
            item.detail or kept.get(f"{system}:{item.input.partition(':')[2]}", ""),
        )
        for system in SYSTEMS
        for item in reading.manual_of(folder.stores / f"{system}.db", case)
    ]


def _rejected(letters: Sequence[Mapping[str, Any]]) -> list[Trouble]:
    return [
        _trouble(
            letter["headers"].get("ce_time"),
            HUB,
            letter["reason"],
            " ".join(filter(None, (letter["pointer"], letter["detail"]))),
        )
        for letter in letters
        if letter["by"] == HUB
    ]


def _trouble(at: str | None, system: str, reason: str, detail: str) -> Trouble:
    text = PARKING.get(reason) or REJECTIONS[reason]
    return Trouble(
        at=at, system=system, reason=reason, detail=detail, text_vi=text.vi, text_en=text.en
    )
