"""The registers of the commune police: residents, removals, and who died."""

import sqlite3
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, Final

from connectors.agencies.codes import RESIDENCE, local_of
from connectors.runtime.agency import Request
from schemas.working_days import calendar_of, due
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.natural_keys import note, refused, settled
from simulators.agencies.register import Chance, Desk, Verdict
from simulators.agencies.residence_applications import APPLICATIONS, REGISTRATION, Application
from simulators.agencies.tables import Table
from simulators.world import World

_DEAD: Final = {
    "so_dinh_danh": "TEXT PRIMARY KEY",
    "ngay_mat": "TEXT NOT NULL",
    "gio_mat": "TEXT NOT NULL",
    "ma_lien_thong": "TEXT NOT NULL",
}


class Residence(Desk):
    """What was granted, in a table each (`applications`); who died, in `nguoi_mat`.

    A registration waits for the household head's consent, unless the head applies or signed.
    """

    system: ClassVar = "residence"
    one_way: ClassVar = frozenset({"note_death"})
    applications: ClassVar[tuple[Application, ...]] = APPLICATIONS

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        counted = ("UNIQUE (xa, nam, so)",)
        self._kinds = {
            kind.step: (kind, Table(connection, kind.table, kind.columns, rules=counted))
            for kind in self.applications
        }
        self._dead = Table(connection, "nguoi_mat", _DEAD)
        self._dossiers = dossiers
        self._consent_days = world.consent_days

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        if request.step == "note_death":
            return note(self._dead, request)
        if request.step == "decide":
            return self._decide_after_consent(request, decided, chance)
        if request.step == REGISTRATION.step:
            return self._register(request, decided, chance)
        return self._grant(request.step, request, decided, chance)

    def _grant(self, step: str, request: Request, decided: datetime, chance: Chance) -> Verdict:
        """Grant an application, unless something is settled for the person or speaks against it."""
        kind, table = self._kinds[step]
        verdict = settled(table, request, decided, chance, RESIDENCE, self.system)
        if verdict is not None:
            return verdict
        row = kind.grant(
            table,
            request.record,
            case=request.subject,
            decided=decided,
            documents=self.documents,
        )
        return Verdict(result="done", record=row)

    def _register(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        application = request.record
        signed = application["ct01_chu_ho_ky"] == 1
        if signed or application["so_dinh_danh_chu_ho"] == application["so_dinh_danh_nyc"]:
            agreed = {**application, "dong_y": "ct01" if signed else None}
            return self._grant(REGISTRATION.step, replace(request, record=agreed), decided, chance)
        _, residents = self._kinds[REGISTRATION.step]
        chance = replace(chance, refusal=None)
        before = settled(residents, request, decided, chance, RESIDENCE, self.system)
        if before is not None:
            return before
        calendar = calendar_of(self.system, decided.date())
        expires = local_of(due(decided, self._consent_days, calendar))
        question = {
            **application,
            "ngay_het_han": RESIDENCE.day.write(expires),
            "gio_het_han": expires[11:],
        }
        return Verdict(result="consent_needed", record=question)

    def _decide_after_consent(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        asked = f"{request.subject}/{REGISTRATION.step}/{request.attempt}"
        application, answer = self._dossiers.record(asked), request.record
        if answer["dong_y"] != 1:
            declined = answer["dong_y"] == 0
            who = {"so_dinh_danh": application["so_dinh_danh"]}
            return refused(who, "consent_declined" if declined else "consent_expired")
        agreed = {**application, "dong_y": answer["hinh_thuc_dong_y"]}
        return self._grant(REGISTRATION.step, replace(request, record=agreed), decided, chance)
