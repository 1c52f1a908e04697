"""A birth that may be registered already under another birth notice (*nghi trùng*).

A notice that another case has is a duplicate, and refused (`natural_keys`). Another notice for a
child of the same mother, name and day is not: a facility may have made out a second one for one
child, or a family may have given two children one name. So the family is asked to explain, once,
with whatever else is missing, and the officer decides on what it then says.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from unicodedata import normalize

from connectors.agencies.defects import SUSPECTED
from connectors.runtime.agency import Request
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.register import Chance
from simulators.agencies.tables import Table
from simulators.world import QUESTIONS


def suspecting(births: Table, dossiers: Dossiers, request: Request, chance: Chance) -> Chance:
    """What chance has in store for an entry, and the question whether it was made already.

    Not asked where the dossier is refused anyway, nor when the family has answered it, nor after
    as many questions as an agency may ask: then the officer decides on what there is.
    """
    known = chance.refusal is not None or SUSPECTED in chance.missing
    if known or not _registered(births, request.record):
        return chance
    asked = [record["thieu"] for record in dossiers.records_before(request) if "thieu" in record]
    if len(asked) >= QUESTIONS or any(SUSPECTED in missing for missing in asked):
        return chance
    return replace(chance, missing=(*chance.missing, SUSPECTED))


def _registered(births: Table, child: Mapping[str, Any]) -> bool:
    """Whether the mother has a child of that name and day under another notice."""
    siblings = births.having(so_dinh_danh_me=child["so_dinh_danh_me"], ngay_sinh=child["ngay_sinh"])
    names = [_spoken(one["ho_ten"]) for one in siblings if one["so_gcs"] != child["so_gcs"]]
    return bool(names) and _spoken(child["ho_ten"] or "") in names


def _spoken(name: str) -> str:
    """A name as it is spoken: however it is spaced, capitalised and encoded."""
    return " ".join(normalize("NFC", name).casefold().split())
