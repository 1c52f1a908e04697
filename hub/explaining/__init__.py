"""Which rule of law, of which date and source, gave what stands in a case.

Pure: it reads dvclt's document of a case and what agencies granted, and asks the dated tables of
`schemas` the questions that the programs asked when they handled it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from hub.explaining.answer import MOMENT, Answer, Granted, merged, on, same
from hub.explaining.decisions import amounts, identity_card, personal_id, units
from hub.explaining.times import apology, clock, deadlines, drafts, filed_late
from hub.misplaced import both_provinces
from hub.orchestrator.chains import WAITING
from hub.orchestrator.labels import ACTIONS, CASE_STATUSES, STATUSES, Label
from schemas.amounts import Group
from schemas.event import VN, from_text
from schemas.procedures import codes_in_force
from schemas.reasons import REFUSALS
from schemas.regimes import IdProvince, regime
from schemas.rules import NoRuleError, Row, row_on

__all__ = ["Answer", "Granted", "explanation"]

NO_RULE: Final = "no_rule"
"""The matter of an answer that says that there is none."""
_LINKED: Final = ("birth", "death")
"""The chains of the linked services, whose regime it is."""
_REFUSED_BY: Final = {
    "stay_too_long": "limit.temporary_residence",
    "identity_card_not_offered": "offered.identity_card",
    "linked_not_offered": "offered.linked",
    "birth_alone": "procedure.birth",
    "death_alone": "procedure.death",
    "procedure_without_residence": "procedure.linked_birth_health_card",
}
"""Refusals that follow from a dated rule."""


def explanation(
    document: Mapping[str, Any],
    granted: Sequence[Granted] = (),
    groups: Sequence[Group] | None = (),
    id_province: IdProvince = "successor",
    drafted: Sequence[datetime] = (),
) -> list[Answer]:
    """Everything in a case that a dated rule gave: regime, clock, deadlines, unit, sums, statuses.

    Services of which the same is true have it said once. `document` is dvclt's own record of the
    case; `groups` are those of a death for which an allowance was asked, which decide on its
    deadline: None where nobody knows them any more. `id_province` is the run's choice. `drafted`:
    when drafts of the birth certificate were sent to be checked.
    """
    submitted = from_text(document["submitted"]).astimezone(VN)
    parts: tuple[Iterator[Answer], ...] = (
        _regime(document, submitted.date()),
        clock(document, submitted),
        filed_late(document),
        deadlines(document, submitted, groups),
        apology(document, submitted, groups),
        units(document, granted),
        personal_id(document, id_province),
        identity_card(document),
        drafts(drafted),
        amounts(granted),
        _statuses(document, submitted.date()),
    )
    found = merged(answer for part in parts for answer in _known(part))
    return sorted(found, key=lambda answer: answer.matter == NO_RULE)


def _known(part: Iterator[Answer]) -> Iterator[Answer]:
    """What the tables explain of a part, and in words that they do not reach the rest of it."""
    try:
        yield from part
    except NoRuleError as error:
        yield Answer(
            matter=NO_RULE,
            services=(),
            question=Label("Chưa giải thích được", "not explained"),
            value=Label(
                "bảng quy định không có dòng cho ngày này", "the tables do not reach so far"
            ),
            decided_by=Label(error.vi, str(error)),
            rows=(),
        )


def _regime(document: Mapping[str, Any], submitted: date) -> Iterator[Answer]:
    by, chain = on("ngày nộp hồ sơ", "day of submission", submitted), document["chain"]
    row = _regime_of(chain, submitted)
    if row is not None:
        yield Answer(
            matter="regime",
            services=(),
            question=Label("Giai đoạn pháp lý", "regime"),
            value=Label(f"{row.value}: {row.vi}", f"{row.value}: {row.en}"),
            decided_by=by,
            rows=(row,),
        )
    code, codes = document["procedure"], codes_in_force(chain, submitted)
    if not codes:
        return
    other = " / ".join(codes)
    yield Answer(
        matter="procedure",
        services=(),
        question=Label("Mã thủ tục", "procedure code"),
        value=same(code),
        decided_by=by,
        why=()
        if code in codes
        else (Label(f"theo ngày nộp là {other}", f"by its day it is {other}"),),
        rows=(codes[code],) if code in codes else tuple(codes.values()),
    )


def _regime_of(chain: str, submitted: date) -> Row | None:
    """The regime of a linked chain; before the pilot there was none."""
    try:
        return regime(submitted) if chain in _LINKED else None
    except NoRuleError:
        return None


def _statuses(document: Mapping[str, Any], submitted: date) -> Iterator[Answer]:
    for service, entry in document["services"].items():
        if entry["status"] is None:
            continue
        label = STATUSES[entry["status"]]
        rows: tuple[Row, ...] = (row_on(f"status.{entry['status']}", submitted),)
        if entry["reason"] in _REFUSED_BY:
            rows = (row_on(_REFUSED_BY[entry["reason"]], submitted), *rows)
        if service in document.get("overdue", ()):
            rows = (*rows, row_on("limit.supplements", submitted))
        yield Answer(
            matter="status",
            services=(service,),
            question=Label("Trạng thái", "status"),
            value=Label(f"{entry['status']} {label.vi}", f"{entry['status']} {label.en}"),
            decided_by=on("từ", "since", from_text(entry["since"]).astimezone(VN).date()),
            why=tuple(_because(document, service, entry)),
            rows=rows,
        )
    whole = CASE_STATUSES[document["status"]]
    yield Answer(
        matter="status",
        services=(),
        question=Label("Trạng thái cả hồ sơ", "status of the case"),
        value=Label(whole.vi, whole.en),
        decided_by=on("cập nhật", "updated", from_text(document["updated"]).astimezone(VN).date()),
        rows=(row_on("status.case", submitted),),
    )


def _because(
    document: Mapping[str, Any], service: str, entry: Mapping[str, Any]
) -> Iterator[Label]:
    """Why a service stands where it does: the reason, what it waits for, what an officer did."""
    reason = REFUSALS.get(entry["reason"] or "")
    if reason is not None:
        yield Label(reason.vi.rstrip("."), reason.en.rstrip("."))
    submitted = from_text(document["submitted"]).astimezone(VN).date()
    where = both_provinces(entry["reason"], document, document.get("places", {}), submitted)
    if where is not None:
        yield where
    waits = document.get("waiting", {}).get(service)
    if waits is not None:
        label, until = WAITING[waits["reason"]], from_text(waits["until"]).astimezone(VN)
        told = until.strftime(MOMENT)
        yield Label(f"{label.vi}, đến {told}", f"{label.en}, until {told}")
    if service in document.get("overdue", ()):
        yield Label(
            "được yêu cầu bổ sung lần thứ hai, nên tính là quá hạn",
            "a supplement was asked for a second time, which counts as overdue",
        )
    for action in document.get("actions", ()):
        if action["service"] == service:
            label, day = ACTIONS[action["action"]], from_text(action["at"]).astimezone(VN)
            by = f"{action['by']}, {day:%d/%m/%Y}: {action['why'].rstrip('.')}"
            yield Label(f"{label.vi} ({by})", f"{label.en} ({by})")
