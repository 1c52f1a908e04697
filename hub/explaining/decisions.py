"""Who was competent, what number a child was given, and what a funeral allowance is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from hub import successors
from hub.explaining.answer import Answer, Granted, dong, on, same
from hub.orchestrator.chains import CHAINS
from hub.orchestrator.labels import UNIT_WAIT, Label
from schemas.amounts import Amount, amount
from schemas.event import VN, from_text
from schemas.regimes import IdProvince, merged
from schemas.rules import RULES, NoRuleError, row_on
from schemas.units import UnknownUnitError, province

_COMPETENT: Final = {
    "social-insurance": "competent.social_insurance",
    "social-protection": "competent.social_protection",
}
"""Agencies whose competence a rule of its own gives, beside that of the commune."""
_COMMITTEE: Final = "social-protection"
"""Decides as the people's committee, of whichever unit was competent on the day."""
_INSURER: Final = "social-insurance"
_OF: Final = {
    "permanent_residence": ("residence_removal",),
    "allowance_office": ("insurance_allowance", "social_allowance"),
}
"""Places that a case can name beside its own → the services that are dealt with there."""
_BESIDE: Final = {
    "permanent_residence": Label(
        "nơi người chết đăng ký thường trú, không phải nơi cư trú cuối cùng",
        "where the deceased was a permanent resident, not where they last lived",
    ),
    "allowance_office": Label(
        "nơi cơ quan đã chi trả hoặc quản lý người chết, không phải nơi cư trú cuối cùng",
        "where whoever paid or insured the deceased is, not where they last lived",
    ),
}


def units(document: Mapping[str, Any], granted: Sequence[Granted]) -> Iterator[Answer]:
    """The unit that was competent for each service that was asked for, or could not be."""
    chain = CHAINS[document["chain"]]
    deciding = {service: agency for agency, service in chain.deciding.items()}
    decided = {grant.service: grant.decided for grant in granted}
    for service, entry in document["services"].items():
        waits = document.get("waiting", {}).get(service, {}).get("reason", "")
        asked = entry["since"] if waits.endswith(UNIT_WAIT) else entry["asked"]
        if asked is None:
            continue
        code = document["commune"]
        if "application" in document or "places" in document:  # an ended case has no application
            code = chain.tables[service].commune(document)
        day, agency = from_text(asked).astimezone(VN).date(), deciding.get(service, "")
        value, row = successors.told(code, day)
        if agency == _COMMITTEE and not waits.endswith(UNIT_WAIT):
            day = decided.get(service, day)
            value = successors.committee(code, day)
            row = row_on("units.provinces", day)
        elif agency == _INSURER and not waits.endswith(UNIT_WAIT):
            value = successors.insurer(code, day)
        rule = _COMPETENT.get(agency)
        yield Answer(
            matter="unit",
            services=(service,),
            question=Label("Đơn vị có thẩm quyền", "competent unit"),
            value=value,
            decided_by=on("ngày giải quyết", "day of processing", day),
            why=tuple(_BESIDE[name] for name in document.get("places", ()) if service in _OF[name]),
            rows=(row,) if rule is None else (row, row_on(rule, day)),
        )


def personal_id(document: Mapping[str, Any], choice: IdProvince) -> Iterator[Answer]:
    """Whose code the child's number begins with."""
    number, entry = (document["results"].get(name) for name in ("personal_id", "entry"))
    if number is None or entry is None:
        return
    day = from_text(entry["registered"]).astimezone(VN).date()
    today = merged(day) and choice == "successor"
    why = Label(
        f"lượt chạy này chọn personal_id_province {choice}",
        f"this run was started with personal_id_province {choice}",
    )
    yield Answer(
        matter="personal_id",
        services=("birth",),
        question=Label("Mã tỉnh trong số định danh", "province part of the personal ID"),
        value=same(f"{number[:3]} ({_name(number[1:3], today)})"),
        decided_by=on("ngày đăng ký", "day of registration", day),
        why=(why,) if merged(day) else (),
        rows=(row_on("personal_id.province", day),),
    )


def identity_card(document: Mapping[str, Any]) -> Iterator[Answer]:
    """Until when an identity card is valid."""
    card = document["results"].get("identity_card")
    if card is None:
        return
    issued = from_text(document["services"]["identity_card"]["since"]).astimezone(VN).date()
    yield Answer(
        matter="validity",
        services=("identity_card",),
        question=Label("Thẻ căn cước có giá trị đến", "identity card valid until"),
        value=same(f"{date.fromisoformat(card['until']):%d/%m/%Y}"),
        decided_by=on("ngày cấp", "day of issue", issued),
        rows=(row_on("limit.identity_card", issued),),
    )


def _name(code: str, today: bool) -> str:
    """What a province is called `today`, or was in 2023."""
    try:
        found = province(code)
    except UnknownUnitError:
        return code
    return found.successor_name if today else found.name


def amounts(granted: Sequence[Granted]) -> Iterator[Answer]:
    """What each agency granted, and how the law comes to that sum."""
    for grant in granted:
        try:
            found = amount(grant.group, grant.died, grant.decided, province=grant.home)
        except NoRuleError:
            continue
        month = f"{found.decided_by:%m/%Y}"
        by_month = RULES[found.rows[0].rule].decided_by == "month_of_death"
        yield Answer(
            matter="amount",
            services=(grant.service,),
            question=Label("Mức trợ cấp mai táng", "funeral allowance"),
            value=dong(grant.vnd),
            decided_by=Label(f"tháng chết {month}", f"month of death {month}")
            if by_month
            else on("ngày chết", "day of death", grant.died),
            why=tuple(_sum(grant, found)),
            rows=found.rows,
        )


def _sum(grant: Granted, found: Amount) -> Iterator[Label]:
    whole = dong(found.vnd)
    if len(found.rows) > 1:
        multiple, level = found.rows
        each = dong(level.number)
        yield Label(
            f"{multiple.value} × {each.vi} = {whole.vi}",
            f"{multiple.value} × {each.en} = {whole.en}",
        )
    if grant.elsewhere is not None:
        other = dong(grant.elsewhere)
        yield Label(
            f"đã được hưởng {other.vi} ở cơ quan khác: chi phần chênh lệch",
            f"{other.en} had been granted by another agency: the difference is paid",
        )
    if any(row.known_from > row.valid_from for row in found.rows):
        day = f"{grant.decided:%d/%m/%Y}"
        yield Label(
            f"theo mức đã công bố đến ngày quyết định {day}",
            f"as it was public on the day of the decision, {day}",
        )
