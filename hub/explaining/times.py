"""From when a case's time counts, and by when each service is due."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

from hub.explaining import days_off
from hub.explaining.answer import Answer, at, on, same
from hub.orchestrator.labels import Label
from schemas.amounts import Group
from schemas.deadlines import (
    Deadline,
    draft_checked_by,
    late_births_are_verified,
    new_date,
    promised,
)
from schemas.event import VN, from_text
from schemas.rules import Row, row_on
from schemas.working_days import is_working_day, opening

_SOCIAL: Final[tuple[Group, ...]] = (
    "social_protection",
    "emergency",
    "social_pension",
    "veterans",
    "merit",
)
_UNKNOWN_GROUPS: Final = Label(
    "hồ sơ không còn ghi các nhóm đã chọn: hạn theo phần mềm liên thông, nhóm suy từ hạn đó",
    "the groups that were ticked are in no record any more: the date is dvclt's, and the group "
    "follows from it",
)


def clock(document: Mapping[str, Any], submitted: datetime) -> Iterator[Answer]:
    """Effective reception: the day that counts as day 0."""
    if document["due"] is None:
        return
    longest = promised(document["chain"], (), submitted)
    received, (_, *hours) = longest.received, longest.rows
    why, rows = _reception(submitted, received, hours[0].hour)
    yield Answer(
        matter="clock",
        services=(),
        question=Label(
            "Ngày tiếp nhận, ngày 0 của thời hạn", "effective reception, day 0 of the deadline"
        ),
        value=same(f"{received:%d/%m/%Y}"),
        decided_by=Label(
            f"lúc nộp hồ sơ {at(submitted).vi}", f"moment of submission {at(submitted).en}"
        ),
        why=(
            why,
            *days_off.between(submitted.date() - timedelta(days=1), received.date()),
        ),
        rows=(*rows, *hours),
    )


def filed_late(document: Mapping[str, Any]) -> Iterator[Answer]:
    """That a birth or a death was to be registered earlier, and what follows."""
    if "filed_late" not in document:
        return
    chain, last_day = document["chain"], date.fromisoformat(document["filed_late"])
    row = row_on(f"filing.{chain}", last_day)
    happened = last_day - timedelta(days=row.number)
    decided_by = on("ngày sinh", "day of birth", happened)
    why = Label("nộp quá hạn; ngày hẹn trả không đổi", "filed late; the date stays the same")
    if chain == "death":
        decided_by = on("ngày chết", "day of death", happened)
    elif late_births_are_verified():
        why = Label(
            "nộp quá hạn, lượt chạy này coi là phải xác minh, nên hẹn trả lâu hơn",
            "filed late, which in this run has to be verified, so more days are promised",
        )
    yield Answer(
        matter="filing",
        services=(chain,),
        question=Label("Hạn đi đăng ký", "last day to register"),
        value=same(f"{last_day:%d/%m/%Y}"),
        decided_by=decided_by,
        why=(why,),
        rows=(row_on(f"filing.{chain}", happened),),
    )


def _reception(
    submitted: datetime, received: datetime, until: time
) -> tuple[Label, tuple[Row, ...]]:
    """Why a submission counts from that day, and the row on when offices open if that matters."""
    opens = opening(received.date())
    row = (row_on("office.opening", received.date()),)
    if received != submitted:
        return Label(
            f"sau giờ tiếp nhận hoặc vào ngày nghỉ, nên tính từ {opens:%H:%M} của ngày tiếp theo "
            "có tiếp nhận",
            f"after the cut-off or on a day off, so it counts from {opens:%H:%M} of the next day "
            "on which somebody receives",
        ), row
    if submitted.time() < opens:
        return Label(
            f"trước giờ mở cửa {opens:%H:%M}; hồ sơ nộp trực tuyến trong ngày làm việc, đến "
            f"{until:%H:%M}, vẫn tính là tiếp nhận trong ngày đó",
            f"before offices open at {opens:%H:%M}; what is filed on a working day by "
            f"{until:%H:%M} is received on that day all the same",
        ), row
    return Label(
        f"nộp đến {until:%H:%M} thì tính trong ngày", f"filed by {until:%H:%M}: the same day"
    ), ()


def deadlines(
    document: Mapping[str, Any], submitted: datetime, groups: Sequence[Group] | None
) -> Iterator[Answer]:
    """When the result of each service is due (*ngày hẹn trả kết quả*)."""
    if document["due"] is None:
        return
    known = _known(document, submitted, groups)
    for service, entry in document["services"].items():
        due = from_text(entry["due"] or document["due"]).astimezone(VN)
        longest = known or _guess(document, submitted, due)
        why = _counted(longest, due) if longest else ()
        if longest is not None:
            why += days_off.between(longest.received.date(), due.date())
        rows: tuple[Row, ...] = (longest.rows[0], *longest.rows[2:]) if longest else ()
        if longest is not None and due != longest.due:
            day = longest.received.date()
            rows += (row_on("deadline.supplement", day), row_on("limit.supplements", day))
        yield Answer(
            matter="deadline",
            services=(service,),
            question=Label("Ngày hẹn trả kết quả", "result due"),
            value=at(due),
            decided_by=on(
                "ngày tiếp nhận",
                "day of reception",
                promised(document["chain"], (), submitted).received.date(),
            ),
            why=why if known else (*why, _UNKNOWN_GROUPS),
            rows=rows,
        )


def _known(
    document: Mapping[str, Any], submitted: datetime, groups: Sequence[Group] | None
) -> Deadline | None:
    if groups is None:
        return None
    late = "filed_late" in document
    return promised(document["chain"], groups, submitted, document["services"], late=late)


def _guess(document: Mapping[str, Any], submitted: datetime, due: datetime) -> Deadline | None:
    """The deadline of one of the groups that a death may have ticked, if it is that date."""
    asked = document["services"]
    groups: list[Group] = ["insurance"] if "insurance_allowance" in asked else []
    groups += _SOCIAL if "social_allowance" in asked else ()
    candidates = [[group] for group in groups] or [[]]
    found = (promised(document["chain"], one, submitted) for one in candidates)
    return next((one for one in found if one.due == due), None)


def _counted(longest: Deadline, due: datetime) -> tuple[Label, ...]:
    """The working days of a deadline one by one, and why it moved, if it did."""
    days: list[date] = []
    day = longest.received.date()
    while len(days) < longest.working_days:
        day += timedelta(days=1)
        if is_working_day(day):
            days.append(day)
    told = _listed(days)
    counted = Label(
        f"{longest.working_days} ngày làm việc: {told}",
        f"{longest.working_days} working days: {told}",
    )
    if due == longest.due:
        return (counted,)
    before = at(longest.due)
    return (
        counted,
        Label(
            f"lúc đầu {before.vi}; thời gian chờ công dân bổ sung không tính",
            f"{before.en} at first; the wait for the citizen's supplement does not count",
        ),
    )


def _listed(days: Sequence[date]) -> str:
    """`28, 30/06; 01, 02/07/2025`."""
    months = [
        (", ".join(f"{day:%d}" for day in within), month)
        for month, within in groupby(days, key=lambda day: f"{day:%m}")
    ]
    return "; ".join(f"{listed}/{month}" for listed, month in months) + f"/{days[-1]:%Y}"


def apology(
    document: Mapping[str, Any], submitted: datetime, groups: Sequence[Group] | None
) -> Iterator[Answer]:
    """The new date of a letter of apology (*Phiếu xin lỗi và hẹn lại ngày trả kết quả*)."""
    letter = document.get("apology")
    if letter is None or groups is None:
        return
    late = from_text(letter["due"]).astimezone(VN)
    services = document["services"]
    filed_late = "filed_late" in document
    longest = promised(document["chain"], groups, submitted, services, late=filed_late)
    until = new_date(document["chain"], groups, submitted, late, services, filed_late=filed_late)
    yield Answer(
        matter="apology",
        services=(letter["service"],),
        question=Label("Xin lỗi và hẹn lại ngày trả kết quả", "apology, with a new date"),
        value=at(until),
        decided_by=on("ngày hẹn cũ", "date promised before", late.date()),
        why=(
            Label(
                f"thêm {longest.working_days} ngày làm việc, như lúc đầu",
                f"{longest.working_days} working days more, as many as at first",
            ),
            *days_off.between(late.date(), until.date()),
        ),
        rows=(row_on("limit.new_dates", late.date()), longest.rows[0]),
    )


def drafts(sent: Sequence[datetime]) -> Iterator[Answer]:
    """Until when the requester could have the draft of the birth certificate put right."""
    for moment in sent:
        made = moment.astimezone(VN)
        yield Answer(
            matter="draft",
            services=("birth",),
            question=Label(
                "Hạn kiểm tra bản điện tử giấy khai sinh", "draft of the certificate checked by"
            ),
            value=at(draft_checked_by(made)),
            decided_by=on("ngày gửi bản điện tử", "day of the draft", made.date()),
            why=(
                Label(
                    "không trả lời là đồng ý; ngày hẹn trả kết quả không đổi",
                    "no answer is agreement; the date of the result stays",
                ),
            ),
            rows=(row_on("limit.certificate_draft", made.date()),),
        )
