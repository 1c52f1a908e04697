"""`lienthong explain`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hub.cli import options
from hub.cli.faults import UsageFault

if TYPE_CHECKING:
    from connectors.runtime.manifest import RunFolder
    from hub.explaining import Granted
    from schemas.amounts import Group


def explain(
    case: Annotated[
        str, typer.Argument(metavar="CASE", help="A case code. · Mã hồ sơ.", show_default=False)
    ],
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """Say which rule, of which date and source, gave each deadline, unit, sum and status of a case.

    Giải thích từng thời hạn, đơn vị, mức tiền và trạng thái của hồ sơ theo quy định nào, ngày nào.
    """
    from connectors.runtime.manifest import RunFolder, home_folder
    from connectors.runtime.store import reading
    from hub.cli.explain_telling import answer_json, tell
    from hub.cli.output import print_json
    from hub.explaining import explanation
    from simulators.world import World

    folder = RunFolder.find(home_folder(), run)
    manifest = folder.load()  # the run's own tables hold for what is told of it
    state = reading.state_of(folder.stores / "dvclt.db", case)
    if state is None or "chain" not in state:
        raise UsageFault(
            f"dvclt of run {folder.path.name} has no case {case}; "
            "`lienthong case list` shows the cases",
            f"lượt chạy {folder.path.name} không có hồ sơ {case}; xem `lienthong case list`",
        )
    groups = _groups(folder, case, state)
    choice = World.from_json(manifest.world).personal_id_province
    granted, drafted = list(_granted(folder, case)), list(_drafted(folder, case))
    answers = explanation(state, granted, groups, choice, drafted)
    if json:
        print_json(
            {
                "run": folder.path.name,
                "case": case,
                "chain": state["chain"],
                "answers": [answer_json(answer) for answer in answers],
            }
        )
        return
    tell(case, state["status"], answers)


def _groups(folder: "RunFolder", case: str, state: Mapping[str, Any]) -> "Sequence[Group] | None":
    """The groups of a death's allowance; None of an ended one that did not come from this run."""
    from simulators.runs.storyteller import application_of

    if state["chain"] != "death":
        return ()
    if "application" in state:
        groups: Sequence[Group] = state["application"].get("groups", ())
        return groups
    payload = application_of(folder, case).get("payload")
    if payload is None:
        return None
    return payload["groups"] if "funeral_allowance" in payload["services"] else ()


def _granted(folder: "RunFolder", case: str) -> Iterator["Granted"]:
    """What the deciding agencies granted, as their own registers have it."""
    from connectors.agencies.codes import SOCIAL_INSURANCE, SOCIAL_PROTECTION
    from hub.explaining import Granted
    from schemas.standards import province_then
    from simulators.agencies.reading import dossiers_of

    for system, service, dialect in (
        ("social-insurance", "insurance_allowance", SOCIAL_INSURANCE),
        ("social-protection", "social_allowance", SOCIAL_PROTECTION),
    ):
        for dossier in dossiers_of(folder.registers / f"{system}.db", case):
            if dossier.step == "allowance" and dossier.result == "done":
                record = dossier.record
                died = date.fromisoformat(dialect.day.read(record["ngay_mat"]))
                yield Granted(
                    service=service,
                    group=record["nhom"],
                    vnd=record["so_tien"],
                    died=died,
                    home=province_then(record["noi"], died),
                    elsewhere=record["da_huong"],
                    decided=date.fromisoformat(dialect.day.read(record["ngay_quyet_dinh"])),
                )


def _drafted(folder: "RunFolder", case: str) -> Iterator[datetime]:
    """When civil status sent drafts of a birth certificate to be checked: by its register."""
    from schemas.event import from_text
    from simulators.agencies.reading import dossiers_of

    for dossier in dossiers_of(folder.registers / "civil-status.db", case):
        if dossier.result == "draft":
            yield from_text(dossier.decided)
