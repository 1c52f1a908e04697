"""What the hub and the provinces leave for each other at DVCLT, the dossier hub of linked services.

A linked dossier waits there as the real one does: an envelope, and the fields of `<hoTich>`. How
far it is, DVCLT knows from the status codes that its province reports. What neither has a place
for travels beside, in the block `moPhong` (simulation), as in `connectors.agencies.lgsp.messages`:
the real system has none, and a province needs none.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from connectors.agencies.codes import CIVIL_STATUS, ONE_STOP, SLASHED_TIME, local_of
from connectors.agencies.lgsp.forms import BIRTH, DEATH, Form
from connectors.agencies.lgsp.messages import BLOCK
from connectors.agencies.people import Record
from connectors.runtime.agency import Request
from connectors.runtime.agency_wire import MAX_REQUESTS, Name
from connectors.runtime.handling import FAILED, Outcome
from schemas.event import from_text, to_text

CONTEXT: Final = "api/lienthongdvclt"
OWN: Final = f"{CONTEXT}/moPhong"
"""The paths that the real system does not have."""
HAND_IN: Final = f"{OWN}/yeuCau"
"""POST: the hub leaves requests for provinces."""
WAITING: Final = f"{OWN}/dangCho"
"""GET: the results that wait for provinces; PUT: those are with their one-stop."""
REFUSED: Final = f"{OWN}/khongXuLyDuoc"
"""POST: a province can't do what is asked."""
NEWS: Final = f"{OWN}/baoCao"
"""GET: what the provinces reported, as outcomes; PUT: the hub has them up to a place."""

OPENING: Final = "receive"
"""The one-stop's step that opens a dossier; every other brings the result of one."""
LAST_CODES: Final = {OPENING: 7, "return": 5, "close": 6}
"""The status code by which each step's outcome is reported."""
UNDONE: Final = 0
"""Instead of a code: the province can't do what is asked."""
_STATUSES: Final = {7: 4, 5: 10, 6: 3}
"""Those codes, and the dossier's status at its one-stop."""

_FORMS: Final[Mapping[str, Form]] = {"LTKS": BIRTH, "LTKT": DEATH}
"""By the one-stop's kind of dossier (`loai`)."""
_ALWAYS: Final = {"loaiDangKy": "1", "soLuongBanSao": "0"}
_ENVELOPE: Final = frozenset({"loai", "ma_tthc"})


def _is_moment(text: str) -> str:
    from_text(text)
    return text


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Block(_Strict):
    """Whose request it is, when it was made and how often, and what has no place elsewhere."""

    buoc: Name
    lan: int = Field(ge=1, le=1000)
    thoiDiem: Annotated[str, AfterValidator(_is_moment)]
    maYeuCau: str = Field(max_length=200)
    boSung: dict[str, Any]
    thuTu: list[str]
    """The record's columns in their order."""
    ketQua: str | None = None
    """Of an outcome: its result."""

    def key(self, case: str) -> str:
        """The idempotency key of the request."""
        return f"{case}/{self.buoc}/{self.lan}"


class Envelope(_Strict):
    """A linked dossier as DVCLT keeps it."""

    module: str = Field(pattern="^K[ST]$")
    maTTHC: str
    maDonVi: str = Field(pattern="^[0-9]{5}$")
    maTinh: str
    ngayTiepNhan: str
    """A local moment: `2023-07-10T08:00:00`."""
    data: dict[Annotated[str, Field(pattern="^[A-Za-z][0-9A-Za-z]*$")], str]
    """The fields of `<hoTich>`."""


class Asked(_Strict):
    """A request that the hub leaves for a province."""

    maHoSoLT: Name
    hoSo: Envelope | None = None
    """The dossier, where it is to be opened."""
    moPhong: Block

    @property
    def key(self) -> str:
        """The idempotency key of the request."""
        return self.moPhong.key(self.maHoSoLT)


class HandedIn(_Strict):
    """Requests, taken whole or not at all."""

    yeuCau: list[Asked] = Field(max_length=MAX_REQUESTS)


class Received(_Strict):
    """The keys of results that are with their one-stop."""

    daNhan: list[str] = Field(max_length=MAX_REQUESTS)


class Heard(_Strict):
    """The hub has every outcome up to a place."""

    daNhan: int = Field(ge=0, lt=2**63)


class Undone(_Strict):
    """What a province can't do, and why: `boSung.loi`."""

    maHoSoLT: Name
    moPhong: Block


def asked(request: Request) -> Record:
    """An `Asked` as JSON values: a dossier to be opened, or the result of one."""
    record = request.record
    told: Mapping[str, Any] = {}
    body: Record = {"maHoSoLT": request.subject}
    if request.step == OPENING:
        form = _FORMS[record["loai"]]
        told = _columns(form)
        body["hoSo"] = {
            "module": form.alone,
            "maTTHC": record["ma_tthc"],
            "maDonVi": record["ma_xa"],
            "maTinh": record["ma_tinh"],
            "ngayTiepNhan": SLASHED_TIME.read(record["ngay_nop"]),
            "data": _ALWAYS | _fields(form, record),
        }
    body[BLOCK] = {
        "buoc": request.step,
        "lan": request.attempt,
        "thoiDiem": to_text(request.time),
        "maYeuCau": request.cause,
        "boSung": {
            column: value
            for column, value in record.items()
            if column not in told and not (told and column in _ENVELOPE)
        },
        "thuTu": list(record),
    }
    return body


def request_of(
    case: str, block: Block, dossier: tuple[str, str, Mapping[str, str]] | None = None
) -> Request:
    """The request that was left, the inverse of `asked`.

    `dossier` is of one to be opened: DVCLT's module, its procedure, the fields of `<hoTich>`.

    Raises:
        KeyError, ValueError: it is no such dossier.
    """
    record = dict(block.boSung)
    if dossier is not None:
        module, procedure, fields = dossier
        record |= _record(_FORMS[f"LT{module}"], fields)
        record |= {"loai": f"LT{module}", "ma_tthc": procedure}
    return Request(
        subject=case,
        step=block.buoc,
        attempt=block.lan,
        time=from_text(block.thoiDiem),
        record={column: record.get(column) for column in block.thuTu},
        cause=block.maYeuCau,
    )


def beside(outcome: Outcome) -> Record:
    """The block of the status report that an outcome goes with."""
    own = _told_by(LAST_CODES[outcome.step], outcome.record) if outcome.result != FAILED else {}
    return {
        "buoc": outcome.step,
        "lan": outcome.attempt,
        "thoiDiem": to_text(outcome.time),
        "maYeuCau": outcome.cause,
        "boSung": {name: one for name, one in outcome.record.items() if name not in own},
        "thuTu": list(outcome.record),
        "ketQua": outcome.result,
    }


def reported(case: str, local: str, code: int, time: str, block: Record) -> Record:
    """What DVCLT tells the hub of a status report: its own fields, and the block."""
    return {
        "soHoSoLT": case,
        "maHoSo": local,
        "trangThai": code,
        "thoiGianThucHien": time,
        BLOCK: block,
    }


def placed(report: Record, place: int) -> Record:
    """A report with its place in the order in which the hub hears them."""
    return {**report, BLOCK: {**report[BLOCK], "stt": place}}


def outcome_of(item: Mapping[str, Any]) -> Outcome:
    """The outcome that a status report tells of, the inverse of `beside`.

    Raises:
        KeyError, TypeError, ValueError: it is no such report.
    """
    block = item[BLOCK]
    record = {
        "ma_ho_so": item["maHoSo"],
        "trang_thai": _STATUSES.get(item["trangThai"]),
        **block["boSung"],
    }
    return Outcome(
        subject=item["soHoSoLT"],
        step=block["buoc"],
        attempt=block["lan"],
        time=from_text(block["thoiDiem"]),
        result=block["ketQua"],
        record={column: record[column] for column in block["thuTu"]},
        cause=block["maYeuCau"],
        cursor=block["stt"],
    )


def _told_by(code: int, record: Mapping[str, Any]) -> Record:
    """What a status report's own fields say of an outcome's record."""
    found = {"ma_ho_so": record["ma_ho_so"], "trang_thai": _STATUSES[code]}
    return {name: value for name, value in found.items() if record.get(name) == value}


def slashed(outcome: Outcome) -> str:
    """When an outcome was decided, as status reports have it."""
    return SLASHED_TIME.write(local_of(outcome.time))


def _columns(form: Form) -> dict[str, str]:
    """Column of a one-stop's dossier → field of `<hoTich>`; an address there is its text."""
    return {
        "ma_xa" if column == "xa" else column: field.partition(".")[0]
        for column, field in form.application.items()
    }


def _fields(form: Form, record: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for column, field in _columns(form).items():
        value = record[column]
        if value is None:
            continue
        if field in form.days:
            value = CIVIL_STATUS.day.write(ONE_STOP.day.read(value))
        elif field == form.sex:
            value = str(CIVIL_STATUS.sex.write[ONE_STOP.sex.read[value]])
        found[field] = value
    return found


def _record(form: Form, fields: Mapping[str, str]) -> Record:
    found: Record = {}
    for column, field in _columns(form).items():
        value = fields.get(field)
        if value and field in form.days:
            value = ONE_STOP.day.write(CIVIL_STATUS.day.read(value))
        elif value and field == form.sex:
            value = ONE_STOP.sex.write[CIVIL_STATUS.sex.read[int(value)]]
        found[column] = value
    return found
