"""Letters of apology under the ledger's eye: owed by the times of events, said once, kept."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from connectors.runtime.manifest import RunFolder
from hub.ledger import tables as t
from hub.ledger import verify
from hub.ledger.birth import BIRTH
from hub.ledger.calendar import iso
from hub.ledger.lateness import Traces
from tests.hub.ledger import test_model as model
from tests.hub.ledger.country import manifest, play, submissions, world
from tests.hub.ledger.damage import a_copy

SLOW = 24
"""So many times the usual service time of an agency."""


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of all chains in a country whose agencies are slow."""
    usual = world()
    steps = {
        name: step
        if name.startswith(("portal/", "vneid/"))
        else replace(step, service=(step.service[0], step.service[1] * SLOW))
        for name, step in usual.steps.items()
    }
    plan = replace(manifest("late", seed=4), world=replace(usual, steps=steps).to_json())
    return play(tmp_path_factory.mktemp("late"), plan, submissions(4, 60))


def _states(run: Path, system: str) -> dict[str, dict[str, Any]]:
    with closing(sqlite3.connect(run / "stores" / f"{system}.db")) as db:
        return {case: orjson.loads(text) for case, text in db.execute(_SELECT)}


_SELECT = "SELECT subject, state FROM subjects"


@pytest.mark.timeout(120)
def test_whoever_was_late_has_said_so_once(late: Path) -> None:
    """In every chain; the ledger finds the same cases late, and nothing else."""
    report = verify(late)
    assert report.ok, report.findings[:3]
    letters = {case: d for case, d in _states(late, "dvclt").items() if "apology" in d}
    assert {d["chain"] for d in letters.values()} == {"birth", "death", "temporary_residence"}
    for case, document in letters.items():
        service = document["apology"]["service"]
        assert document["services"][service]["since"] > document["apology"]["due"], case
        assert document["due"] > document["apology"]["due"], case


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("system", "path"),
    [
        ("dvclt", ("apology",)),
        ("dvclt", ("apology", "agency")),
        ("portal", ("phieuXinLoi",)),
        ("portal", ("phieuXinLoi", "henMoi")),
        ("notification", ("tinNhan", "xin_loi")),
        ("citizen-store", ("phieuXinLoi",)),
        ("monitoring", ("xinLoi",)),
    ],
    ids=lambda value: value if isinstance(value, str) else ".".join(value),
)
def test_a_letter_that_somebody_forgot_is_found(
    late: Path, tmp_path: Path, system: str, path: tuple[str, ...]
) -> None:
    """Whatever of it, and wherever it has to be kept."""
    case = next(case for case, d in _states(late, "dvclt").items() if "apology" in d)
    table = t.subjects_table(system)
    with a_copy(late, table, tmp_path) as (run, db):
        state = _states(late, system)[case]
        part = state
        for name in path[:-1]:
            part = part[name]
        del part[path[-1]]
        written = orjson.dumps(state).decode()
        db.execute("UPDATE subjects SET state = ? WHERE subject = ?", (written, case))
        found = {(one.store, one.case) for one in verify(run).findings}
    assert (f"stores/{system}", case) in found


@pytest.mark.timeout(120)
def test_letters_by_a_clock_are_held_to_the_same(late: Path, tmp_path: Path) -> None:
    """Had a clock driven the run, what was owed and said would be right as well."""
    with a_copy(late, t.LOG, tmp_path) as (run, _):
        folder = RunFolder(run)
        plan = replace(folder.load(), engine="embedded")
        (run / "manifest.json").unlink()
        folder.save(plan)
        report = verify(run)
    assert report.ok, report.findings[:3]


def test_a_clock_that_ran_ahead_is_believed_and_nobody_else() -> None:
    """A letter that was not owed: by a clock it may have been said before the answer came."""
    due = "2023-07-13T17:00:00.000+07:00"
    kept = {"service": "health_card", "agency": "social-insurance", "due": due}
    for uncertain, expected in ((True, due), (False, None)):
        letter = Traces(kept=kept, uncertain=uncertain)
        found = BIRTH.walk.follow(model.world(), model.submission(), letter=letter)
        assert (found.letter and iso(found.letter.due)) == expected
