"""The register of permanent residence, kept by the commune police."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from connectors.agencies.codes import RESIDENCE, local_of
from connectors.runtime.agency import Request
from schemas.working_days import due
from simulators.agencies.documents import URI
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.incomplete import incomplete
from simulators.agencies.register import Chance, Desk, Verdict
from simulators.agencies.tables import Table
from simulators.world import World

_COLUMNS: Final = {
    "so_dinh_danh": "TEXT PRIMARY KEY",
    "so_ct08": "TEXT NOT NULL",
    "so": "INTEGER NOT NULL",
    "xa": "TEXT NOT NULL",
    "ho_ten": "TEXT NOT NULL",
    "gioi_tinh": "INTEGER NOT NULL",
    "ngay_sinh": "TEXT NOT NULL",
    "dia_chi": "TEXT NOT NULL",
    "ho_ten_chu_ho": "TEXT NOT NULL",
    "so_dinh_danh_chu_ho": "TEXT NOT NULL",
    "quan_he_chu_ho": "TEXT NOT NULL",
    "ho_ten_nyc": "TEXT NOT NULL",
    "so_dinh_danh_nyc": "TEXT NOT NULL",
    "dong_y": "TEXT",
    "ngay_dang_ky": "TEXT NOT NULL",
    "gio_dang_ky": "TEXT NOT NULL",
    "ma_lien_thong": "TEXT NOT NULL",
    "ct08": "TEXT NOT NULL",
    "sha256": "TEXT NOT NULL",
}
_ON_CT08: Final = tuple(column for column in _COLUMNS if column not in ("ct08", "sha256"))


class Residence(Desk):
    """Residents in `thuong_tru`; the natural key is the person. Numbers count within a commune.

    `dong_y` says how the household head agreed: `ct01` (signed), `vneid`, or NULL where the head
    is the requester.
    """

    system: ClassVar = "residence"

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        self._residents = Table(connection, "thuong_tru", _COLUMNS, rules=("UNIQUE (xa, so)",))
        self._dossiers = dossiers
        self._consent_days = world.consent_days

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        if request.step == "register":
            return self._register(request, decided, chance)
        return self._decide_after_consent(request, decided, chance.refusal)

    def _register(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        application = request.record
        known = self._residents.get(application["so_dinh_danh"])
        if known is None and chance.missing:
            key = {"so_dinh_danh": application["so_dinh_danh"]}
            return incomplete(key, chance.missing, decided, RESIDENCE)
        signed = application["ct01_chu_ho_ky"] == 1
        own_household = application["so_dinh_danh_chu_ho"] == application["so_dinh_danh_nyc"]
        if signed or own_household or known is not None:
            agreed = "ct01" if signed else None
            return self._enter(request, application, decided, chance.refusal, agreed)
        expires = local_of(due(decided, self._consent_days))
        question = {
            **application,
            "ngay_het_han": RESIDENCE.day.write(expires),
            "gio_het_han": expires[11:],
        }
        return Verdict(result="consent_needed", record=question)

    def _decide_after_consent(
        self, request: Request, decided: datetime, refusal: str | None
    ) -> Verdict:
        asked = f"{request.subject}/register/{request.attempt}"
        application = self._dossiers.record(asked)
        if request.record["dong_y"] != 1:
            declined = request.record["dong_y"] == 0
            return _refused(application, "consent_declined" if declined else "consent_expired")
        agreed = request.record["hinh_thuc_dong_y"]
        return self._enter(request, application, decided, refusal, agreed)

    def _enter(
        self,
        request: Request,
        application: Mapping[str, Any],
        decided: datetime,
        refusal: str | None,
        agreed: str | None,
    ) -> Verdict:
        known = self._residents.get(application["so_dinh_danh"])
        if known is not None:
            if known["ma_lien_thong"] == request.subject:
                return Verdict(result="done", record=known)
            refusal = "duplicate_of"
        if refusal is not None:
            return _refused(application, refusal)
        at = local_of(decided)
        number = self._residents.next_number("so", xa=application["xa"])
        row = {
            **{column: application[column] for column in _COLUMNS if column in application},
            "so": number,
            "so_ct08": f"{number}/CT08-{application['xa']}",
            "dong_y": agreed,
            "ngay_dang_ky": RESIDENCE.day.write(at),
            "gio_dang_ky": at[11:],
            "ma_lien_thong": request.subject,
        }
        row["ct08"] = f"{URI}CT08:{row['so_ct08']}"
        row["sha256"] = self.documents.make_out("ct08", row, _ON_CT08)
        self._residents.insert(row)
        return Verdict(result="done", record=row)


def _refused(application: Mapping[str, Any], reason: str) -> Verdict:
    record = {"so_dinh_danh": application["so_dinh_danh"], "ly_do": reason}
    return Verdict(result="refused", record=record, reason=reason)
