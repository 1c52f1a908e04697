"""A case that a person wrote: checked against the contract, each fault told by its field."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hub.cli.faults import UsageFault
from hub.cli.field_faults import in_english, in_vietnamese
from schemas.identifiers import BirthNotice, DeathNotice, IdentifierError, PersonalId
from schemas.payloads import BirthCase, CaseSubmitted, DeathCase, SubmittedCase
from schemas.units import UnknownUnitError
from simulators.documents.places import place_of

_PARSERS: dict[str, Callable[[str], object]] = {
    "personal_id": PersonalId.parse,
    "child.notice": BirthNotice.parse,
    "notice.number": DeathNotice.parse,
}
"""Ends of paths whose own parser says which part of the text is wrong."""


def checked_payload(raw: bytes, name: str) -> SubmittedCase:
    """The payload of `case.submitted` in the bytes; `name` is what they are called.

    Raises:
        UsageFault: it does not fit; a line for each field says why, in both languages.
    """
    if (twice := _key_twice(raw)) is not None:
        raise UsageFault(
            f"{name}: the key {twice!r} stands twice in one object; the hub takes no such payload",
            f"{name}: khóa {twice!r} xuất hiện hai lần trong một đối tượng; trục không nhận",
        )
    try:
        payload = CaseSubmitted.model_validate_json(raw).root
    except ValidationError as error:
        faults = [_told(fault) for fault in _first_causes(error.errors(include_url=False))]
    else:
        faults = list(_unknown_units(payload))
        if not faults:
            return payload
    lines = "".join(f"\n  {fault}" for fault in faults)
    raise UsageFault(
        f"{name} is no case.submitted (see `lienthong contract case.submitted`):{lines}",
        f"{name} không phải hồ sơ hợp lệ (xem `lienthong contract case.submitted`), lỗi:",
    )


def _key_twice(raw: bytes) -> str | None:
    """The first key that an object of the JSON has twice, by its path; what is no JSON has none."""
    from hub.router.rejected import Rejected
    from hub.router.strict import strict_json

    try:
        strict_json(raw)
    except Rejected as rejected:
        if rejected.reason == "duplicate_key":
            return rejected.pointer.lstrip("/").replace("/", ".")
    return None


def _first_causes(faults: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """All but lists that are too short only because their parts were refused."""
    places = [fault["loc"] for fault in faults]
    for fault in faults:
        here = fault["loc"]
        inside = any(len(other) > len(here) and other[: len(here)] == here for other in places)
        if not (fault["type"] == "too_short" and inside):
            yield fault


def _told(fault: Mapping[str, Any]) -> str:
    # of a case's place the first part is the chain that its shape belongs to
    place = ".".join(str(part) for part in fault["loc"][1:])
    if not place:
        place = "chain" if fault["type"].startswith("union_tag") else "toàn bộ · the whole"
    message = in_english(fault)
    if fault["type"] == "string_pattern_mismatch":
        message = _identifier_fault(place, fault["input"]) or message
    return f"{place}: {in_vietnamese(fault)} · {message}"


def _identifier_fault(place: str, text: str) -> str | None:
    parse = next((parser for end, parser in _PARSERS.items() if place.endswith(end)), None)
    if parse is None:
        return None
    try:
        parse(text)
    except IdentifierError as error:
        return str(error)
    return None


def _unknown_units(payload: SubmittedCase) -> Iterator[str]:
    """What no pattern can see: communes that there neither was nor is."""
    named = [("commune", payload.commune)]
    if isinstance(payload, BirthCase):
        named.append(("household.commune", payload.household.commune))
    if isinstance(payload, DeathCase):
        for name in ("permanent_residence", "allowance_office"):
            if (place := getattr(payload, name)) is not None:
                named.append((f"{name}.commune", place.commune))
    for field, code in named:
        try:
            place_of(code, date.max)
        except UnknownUnitError as error:
            yield f"{field}: không có xã, phường nào mang mã này · {error}"
