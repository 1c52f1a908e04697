"""The door of an LGSP: who may come in, and the body that they bring."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson
from fastapi import Request

from schemas.identifiers import CaseCode, Chain, DossierCode, IdentifierError
from schemas.identifiers.cases import MARKS
from schemas.regimes import Office
from schemas.units import UnknownUnitError
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.bodies import TOO_LARGE, TOO_LARGE_VI, BadBody, bytes_of
from simulators.agencies.http.jurisdiction import Jurisdiction, agencies_of
from simulators.agencies.http.lgsp.faults import FAILED, Fault, wrong_field


async def admitted(request: Request, account: Account) -> dict[str, Any]:
    """The JSON object that somebody brings who may come in.

    Raises:
        Fault: 101 and 100 where who comes may not; 500 where the body is no JSON object, or too
            large.
    """
    check(request, account)
    try:
        body = orjson.loads(await bytes_of(request))
    except BadBody as error:
        raise Fault("500", TOO_LARGE_VI, http=TOO_LARGE) from error
    except orjson.JSONDecodeError as error:
        raise Fault("500", "Dữ liệu gửi lên không phải JSON hợp lệ") from error
    if not isinstance(body, dict):
        raise Fault("500", "Dữ liệu gửi lên không phải đối tượng JSON")
    return body


def check(request: Request, account: Account) -> None:
    """Raise a Fault 101 or 100 where who comes may not."""
    if not account.admits(request):
        raise Fault("101")
    if not account.holds(request):
        raise Fault("100")


def text_of(body: Mapping[str, Any], name: str) -> str:
    """A field that must hold a text or a whole number, as text.

    Raises:
        Fault: it is empty, missing, too long or something else.
    """
    value = body.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip() or len(value) > 100:
        raise wrong_field(name)
    return value.strip()


def code_of(body: Mapping[str, Any], name: str) -> str:
    """A dossier's code: a text without separators of our own.

    Raises:
        Fault: it is none.
    """
    code = text_of(body, name)
    if "/" in code or not code.isprintable():
        raise wrong_field(name)
    return code


def case_of(body: Mapping[str, Any], chain: Chain) -> str:
    """The linked code in `maHoSoLT`, of a dossier of this chain.

    Raises:
        Fault: it is none.
    """
    code = code_of(body, "maHoSoLT")
    try:
        known = CaseCode.parse(code).chain == chain
    except IdentifierError:
        known = False
    if not known:
        raise wrong_field("maHoSoLT", f"mẫu {MARKS[chain]}-<yymmdd>-<số>")
    return code


def dossier_of(body: Mapping[str, Any], name: str, unit: Office, on: date | None) -> str:
    """A dossier's code as a one-stop gives it, `<agency id>-<yymmdd>-<digits>`.

    `on` is the day by which its agency id is of the unit's province; None: whoever asks knows.

    Raises:
        Fault: 500 where it is no such code, 106 where it is another province's.
    """
    code = code_of(body, name)
    try:
        agency = DossierCode.parse(code).agency.levels[0]
    except IdentifierError as error:
        raise wrong_field(name, "mẫu <mã định danh>-<yymmdd>-<số>") from error
    if on is not None and agency not in agencies_of(unit.province, on):
        raise Fault("106", said=f"{FAILED}: {name} (mã định danh {agency} là của tỉnh khác)")
    return code


def commune_of(body: Mapping[str, Any], where: Jurisdiction, on: date | None = None) -> Office:
    """The unit that `maDonVi` names, a commune's statistical code with or without leading zeros.

    `on` is the day for which it is asked, where that is not today.

    Raises:
        Fault: 106 where there is none, or it is another province's.
    """
    code = str(body.get("maDonVi", "")).strip().zfill(5)
    try:
        return where.commune(code, on)
    except UnknownUnitError as error:
        raise Fault("106") from error


def province_of(body: Mapping[str, Any], where: Jurisdiction) -> str:
    """The province that `maTinh` names.

    Raises:
        Fault: 108 where there is none, or it is not the account's.
    """
    code = str(body.get("maTinh", "")).strip().zfill(2)
    if not where.has_province(code):
        raise Fault("108")
    return code
