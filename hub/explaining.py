"""Which rule of law, of which date and source, gave what stands in a case.

Pure: it reads dvclt's document of a case and what agencies granted, and asks the dated tables of
`schemas` the questions that the programs asked when they handled it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from hub import successors
from hub.orchestrator.chains import CHAINS
from hub.orchestrator.labels import CASE_STATUSES, STATUSES, UNIT_WAIT, Label
from schemas.amounts import Group, amount
from schemas.deadlines import new_date, promised
from schemas.event import VN, from_text
from schemas.procedures import UnknownProcedureError, procedure
from schemas.reasons import REFUSALS
from schemas.regimes import regime
from schemas.rules import RULES, NoRuleError, Row, row_on
from schemas.working_days import calendar_of, calendar_row

_PROCEDURES = {"birth": "linked_birth", "death": "linked_death"}
_COMPETENT = {
    "social-insurance": "competent.social_insurance",
    "social-protection": "competent.social_protection",
}
"""Agencies whose competence a rule of its own gives, beside that of the commune."""
_REFUSED_BY = {"stay_too_long": "limit.temporary_residence"}
"""Refusals that follow from a dated rule."""
_MOMENT = "%H:%M %d/%m/%Y"


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """An allowance that an agency granted, and the two days that decided on its sum."""

    service: str
    group: Group
    vnd: int
    died: date
    decided: date
    home: str | None = None
    """The code of the province in which the deceased lived, where its standard may count."""
    elsewhere: int | None = None
    """What another agency had granted before, where this is the difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One thing that stands in a case: what, why, and the rows of law that say so."""

    matter: str
    """`regime`, `procedure`, `clock`, `deadline`, `apology`, `unit`, `amount` or `status`."""
    service: str | None
    """None where it is about the whole case."""
    question: Label
    value: Label
    decided_by: Label
    """The date that decides, and which it was."""
    rows: tuple[Row, ...]


def explanation(
    document: Mapping[str, Any],
    granted: Sequence[Granted] = (),
    groups: Sequence[Group] | None = (),
) -> list[Answer]:
    """Everything in a case that a dated rule gave: regime, clock, deadlines, unit, sums, statuses.

    `document` is dvclt's own record of the case; `groups` are those of a death for which an
    allowance was asked, which decide on its deadline: None where nobody knows them any more, and
    then nothing is said of that.
    """
    submitted = from_text(document["submitted"]).astimezone(VN)
    return [
        *_regime(document, submitted.date()),
        *([] if groups is None else _clock(document, submitted, groups)),
        *_apology(document, groups),
        *_unit(document),
        *_amounts(granted),
        *_statuses(document, submitted.date()),
    ]


def _regime(document: Mapping[str, Any], submitted: date) -> Iterator[Answer]:
    by = _on("ngày nộp hồ sơ", "day of submission", submitted)
    row = regime(submitted)
    yield Answer(
        matter="regime",
        service=None,
        question=Label("Giai đoạn pháp lý", "regime"),
        value=Label(f"{row.value}: {row.vi}", f"{row.value}: {row.en}"),
        decided_by=by,
        rows=(row,),
    )
    code, service = document["procedure"], _PROCEDURES.get(document["chain"], document["chain"])
    try:
        known = procedure(cast(Any, service), submitted)
    except UnknownProcedureError:
        return
    same = code == known.code
    yield Answer(
        matter="procedure",
        service=None,
        question=Label("Mã thủ tục", "procedure code"),
        value=Label(code, code)
        if same
        else Label(f"{code}; theo ngày nộp là {known.code}", f"{code}; by its day {known.code}"),
        decided_by=by,
        rows=(known.row,),
    )


def _clock(
    document: Mapping[str, Any], submitted: datetime, groups: Sequence[Group]
) -> Iterator[Answer]:
    if document["due"] is None:
        return
    longest, chain = promised(document["chain"], groups, submitted), CHAINS[document["chain"]]
    days, *clock = longest.rows
    yield Answer(
        matter="clock",
        service=None,
        question=Label("Bắt đầu tính thời hạn", "the clock starts"),
        value=_moment(longest.received),
        decided_by=_on("lúc nộp hồ sơ", "moment of submission", submitted),
        rows=tuple(clock),
    )
    by = _on("ngày tiếp nhận", "day of effective reception", longest.received.date())
    for service, entry in document["services"].items():
        due = from_text(entry["due"] or document["due"]).astimezone(VN)
        moved = due - longest.due
        text = _moment(due)
        rows: tuple[Row, ...] = (days,)
        if moved:
            text = Label(
                f"{text.vi}; lúc đầu {longest.due.strftime(_MOMENT)}, lùi vì chờ bổ sung "
                "hoặc hẹn lại",
                f"{text.en}; {longest.due.strftime(_MOMENT)} at first, moved by a wait for a "
                "supplement or a new date",
            )
            rows = (
                days,
                row_on("deadline.supplement", longest.received.date()),
                row_on("limit.supplements", longest.received.date()),
                *_calendar(chain.agency(service), longest.received.date()),
            )
        yield Answer(
            matter="deadline",
            service=service,
            question=Label("Ngày hẹn trả kết quả", "result due"),
            value=text,
            decided_by=by,
            rows=rows,
        )


def _calendar(agency: str, day: date) -> Iterator[Row]:
    """The agency's calendar, by which a wait for a supplement counts, if it is no common one."""
    if calendar_of(agency, day) != "office":
        yield calendar_row(agency, day)


def _apology(document: Mapping[str, Any], groups: Sequence[Group] | None) -> Iterator[Answer]:
    """The new date of a letter of apology (*Phiếu xin lỗi và hẹn lại ngày trả kết quả*)."""
    apology = document.get("apology")
    if apology is None or groups is None:
        return
    late, submitted = from_text(apology["due"]).astimezone(VN), from_text(document["submitted"])
    days = promised(document["chain"], groups, submitted).rows[0]
    yield Answer(
        matter="apology",
        service=apology["service"],
        question=Label("Xin lỗi và hẹn lại ngày trả kết quả", "apology, with a new date"),
        value=_moment(new_date(document["chain"], groups, submitted, late)),
        decided_by=_on("ngày hẹn cũ", "date promised before", late.date()),
        rows=(row_on("limit.new_dates", late.date()), days),
    )


def _unit(document: Mapping[str, Any]) -> Iterator[Answer]:
    chain = CHAINS[document["chain"]]
    for service, entry in document["services"].items():
        waits = document.get("waiting", {}).get(service, {}).get("reason", "")
        asked = entry["since"] if waits.endswith(UNIT_WAIT) else entry["asked"]
        if asked is None:
            continue
        code = document["commune"]
        if "application" in document:  # an ended case has none
            code = chain.tables[service].commune(document)
        day = from_text(asked).astimezone(VN).date()
        value, row = successors.told(code, day)
        rows: tuple[Row, ...] = (row,)
        rule = _COMPETENT.get(chain.agency(service))
        if rule is not None:
            rows = (*rows, row_on(rule, day))
        yield Answer(
            matter="unit",
            service=service,
            question=Label("Đơn vị có thẩm quyền", "competent unit"),
            value=value,
            decided_by=_on("ngày giải quyết", "day of processing", day),
            rows=rows,
        )


def _amounts(granted: Sequence[Granted]) -> Iterator[Answer]:
    for grant in granted:
        try:
            found = amount(grant.group, grant.died, grant.decided, province=grant.home)
        except NoRuleError:
            continue
        text = f"{grant.vnd:,}".replace(",", ".")
        month = f"{found.decided_by:%m/%Y}"
        by_month = RULES[found.rows[0].rule].decided_by == "month_of_death"
        yield Answer(
            matter="amount",
            service=grant.service,
            question=Label("Mức trợ cấp mai táng", "funeral allowance"),
            value=Label(f"{text} đồng", f"{grant.vnd:,} VND"),
            decided_by=Label(f"tháng chết {month}", f"month of death {month}")
            if by_month
            else _on("ngày chết", "day of death", grant.died),
            rows=found.rows,
        )


def _statuses(document: Mapping[str, Any], submitted: date) -> Iterator[Answer]:
    for service, entry in document["services"].items():
        if entry["status"] is None:
            continue
        label, reason = STATUSES[entry["status"]], REFUSALS.get(entry["reason"] or "")
        value = Label(f"{entry['status']} {label.vi}", f"{entry['status']} {label.en}")
        if reason is not None:
            value = Label(f"{value.vi}: {reason.vi}", f"{value.en}: {reason.en}")
        rows: tuple[Row, ...] = (row_on(f"status.{entry['status']}", submitted),)
        if entry["reason"] in _REFUSED_BY:
            rows = (row_on(_REFUSED_BY[entry["reason"]], submitted), *rows)
        yield Answer(
            matter="status",
            service=service,
            question=Label("Trạng thái", "status"),
            value=value,
            decided_by=_on("từ", "since", from_text(entry["since"]).astimezone(VN).date()),
            rows=rows,
        )
    whole = CASE_STATUSES[document["status"]]
    yield Answer(
        matter="status",
        service=None,
        question=Label("Trạng thái cả hồ sơ", "status of the case"),
        value=Label(whole.vi, whole.en),
        decided_by=_on("cập nhật", "updated", from_text(document["updated"]).astimezone(VN).date()),
        rows=(row_on("status.case", submitted),),
    )


def _on(vi: str, en: str, day: date) -> Label:
    return Label(f"{vi} {day:%d/%m/%Y}", f"{en} {day:%d/%m/%Y}")


def _moment(moment: datetime) -> Label:
    text = moment.strftime(_MOMENT)
    return Label(text, text)
