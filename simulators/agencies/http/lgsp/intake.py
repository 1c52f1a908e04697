"""Takes a dossier in: has its fields checked and makes it a request to the register."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from connectors.agencies.lgsp.forms import BIRTH, BY_MODULE, Form
from connectors.agencies.lgsp.messages import BLOCK, application_of
from connectors.runtime.agency import Agency, Request, RequestFailed
from schemas.event import VN, from_text
from simulators.agencies.http.books import Books
from simulators.agencies.http.jurisdiction import day_of_unit, world_today
from simulators.agencies.http.lgsp.checks import check, registering
from simulators.agencies.http.lgsp.faults import ALREADY, SHARED_CODE, Fault, wrong_field
from simulators.agencies.http.lgsp.letters import Letter, Letters

Row = dict[str, Any]
Now = Callable[[], datetime]

_MIDNIGHT: Final = "00:00"
"""The messages have no hour of birth; who knows it says so in the block."""


class Intake:
    """The civil-status system's counter: dossiers in, requests to the register."""

    def __init__(self, register: Agency, books: Books, letters: Letters, now: Now | None) -> None:
        """`now` is the register's clock; without it dossiers are dated as their senders say."""
        self._register = register
        self._books = books
        self._letters = letters
        self._now = now

    async def take(
        self, letter: Letter, data: Mapping[str, Any], said: datetime, block: Mapping[str, Any]
    ) -> None:
        """Hand a birth or a death to the register.

        A dossier whose supplement was asked for is taken as its next attempt.

        Raises:
            Fault: 500 with the field at fault; or that the dossier was taken before, or its code
                is another case's, as where two units have one agency id.
        """
        form, moment = BY_MODULE[letter.module], self._dated(said, block)
        day = received = moment.astimezone(VN).date()
        if "thoiDiem" in block:
            day = day_of_unit(str(data.get("noiDangKy", "")).zfill(5), day)
        else:
            received = said.astimezone(VN).date()
            if received > max(day, world_today()):
                raise wrong_field("ngayTiepNhan", "ngày chưa đến")
            received = max(received, day)
        check(form, data, day, received)
        first = self._letters.find(letter.dossier)
        if first is not None and first.case != letter.case:
            raise Fault("500", f"{SHARED_CODE}: {letter.dossier}")
        self._letters.enter(letter)
        known = [one for one in self._books.filed(letter.case) if one.step == form.enters]
        again = bool(known) and known[-1].result != "supplement"
        attempt = block.get("lan") or len(known) + (0 if again else 1)
        record = {
            **application_of(form, data),
            **_derived(form, data, day),
            "ma_ho_so": letter.dossier,
            **block.get("boSung", {}),
        }
        request = Request(
            subject=letter.case,
            step=form.enters,
            attempt=attempt,
            time=moment,
            record={column: record.get(column) for column in block.get("thuTu", record)},
            cause=block.get("maYeuCau") or f"lgsp:{letter.dossier}",
        )
        await self.submit(request)
        if any(one.attempt == attempt for one in known):
            raise Fault("500", ALREADY)

    async def submit(self, request: Request) -> None:
        """Hand a request to the register.

        Raises:
            Fault: 500 where the register can't read it.
        """
        try:
            await self._register.submit([request])
        except RequestFailed as error:
            raise Fault("500", f"Hệ thống hộ tịch không đọc được hồ sơ ({error.code})") from error

    def _dated(self, said: datetime, block: Mapping[str, Any]) -> datetime:
        if "thoiDiem" in block:
            return from_text(block["thoiDiem"])
        return said if self._now is None else self._now()


def _derived(form: Form, data: Mapping[str, Any], on: date) -> Row:
    """What the register wants to know and the message says in another way, or not at all."""
    found: Row = {
        "ma_don_vi": registering(data, on).agency,
        "ma_co_so": str(data[form.notice])[10:15],
    }
    if form is BIRTH:
        return {**found, "gio_sinh": _MIDNIGHT}
    return found if data.get("nktGioPhutChet") else {**found, "gio_mat": _MIDNIGHT}


def block_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The simulation's own block of a request; empty where there is none.

    Raises:
        Fault: it is no such block.
    """
    block = body.get(BLOCK, {})
    if not (
        isinstance(block, dict)
        and isinstance(block.get("boSung", {}), dict)
        and isinstance(block.get("thuTu", []), list)
        and all(isinstance(column, str) for column in block.get("thuTu", []))
    ):
        raise wrong_field(BLOCK)
    attempt, moment = block.get("lan", 1), block.get("thoiDiem", "2023-07-10T08:00:00+07:00")
    try:
        from_text(moment)
    except (TypeError, ValueError) as error:
        raise wrong_field(f"{BLOCK}.thoiDiem") from error
    if not isinstance(attempt, int) or not 1 <= attempt <= 1000:
        raise wrong_field(f"{BLOCK}.lan")
    return block
