"""What is sent in a scenario beside the submissions: malformed ones, and what somebody says."""

from collections.abc import Sequence

import orjson

from connectors.runtime.bus import Message
from connectors.runtime.manifest import Manifest, RunFolder
from connectors.runtime.submissions import record_action
from schemas.bindings import to_kafka
from schemas.catalogue import CATALOGUE
from schemas.event import Event, derived_id, source_of
from simulators.runs.in_memory import Late
from simulators.scenarios.families import Filed
from simulators.scenarios.scenario import Remark, Scenario, moment


def late_records(scenario: Scenario, cases: Sequence[Filed], manifest: Manifest) -> list[Late]:
    """What is sent beside the submissions: malformed ones, and what systems say of their own."""
    said = [
        _record(one.submission.case, _submitted(one), one.filing.at, "portal", manifest)
        for one in cases
        if one.filing.malformed
    ]
    for number, remark in enumerate(scenario.remarks):
        one = cases[remark.filing]
        event = _remark(remark, number, one)
        said.append(_record(one.submission.case, event, remark.at, remark.system, manifest))
    return said


def _submitted(one: Filed) -> Event:
    kind = CATALOGUE["case.submitted"]
    return Event(
        id=derived_id(one.submission.case, kind.name),
        source=source_of("portal"),
        type=kind.full,
        time=one.submission.at,
        subject=one.submission.case,
        payload=orjson.dumps(one.raw),
        dataschema=kind.dataschema,
    )


def _remark(remark: Remark, number: int, one: Filed) -> Event:
    kind = CATALOGUE[remark.name]
    return Event(
        id=derived_id(one.submission.case, f"remark/{remark.name}", number),
        source=source_of(remark.system),
        type=kind.full,
        time=moment(remark.at),
        subject=one.submission.case,
        payload=orjson.dumps(remark.data(one.submission.payload)),
        dataschema=kind.dataschema,
    )


def note_orders(scenario: Scenario, cases: Sequence[Filed], folder: RunFolder) -> None:
    """What is said besides, by an officer or by a system that is wrong, stands in the submissions
    file before it is sent."""
    with folder.submissions.open("ab") as file:
        for number, remark in enumerate(scenario.remarks):
            one = cases[remark.filing]
            record_action(file, one.submission.case, [_remark(remark, number, one)])


def _record(case: str, event: Event, at: str, system: str, manifest: Manifest) -> Late:
    message: Message = (case.encode(), event.payload, to_kafka(event))
    return Late(at=moment(at), topic=manifest.topics.inbox(system), message=message)
