"""`lienthong document`: the papers that a case brought, as PDF files."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import options
from hub.cli.commands import Commands
from hub.cli.faults import FAILED, UsageFault, complain

if TYPE_CHECKING:
    from connectors.runtime.manifest import RunFolder
    from simulators.documents.references import Reference

document = Commands(
    help="See the papers that a case brought: where each file is, and whether it is whole.\n\n"
    "Xem giấy tờ kết quả của một hồ sơ: tệp ở đâu, có nguyên vẹn không.",
    epilog="Example: lienthong document list G22.99.08-230710-786800",
)

Case = Annotated[
    str, typer.Argument(metavar="CASE", help="A case code. · Mã hồ sơ.", show_default=False)
]
KindOf = Annotated[
    str,
    typer.Argument(
        metavar="KIND",
        help="birth_certificate, death_extract, ct08, health_card, identity_card or "
        "allowance_decision. "
        "· Giấy khai sinh, trích lục khai tử, CT08, thẻ BHYT, thẻ căn cước hoặc quyết định trợ "
        "cấp.",
        show_default=False,
    ),
]


@document.command("list", epilog="Example: lienthong document list G22.99.08-230710-786800 --json")
def list_(case: Case, run: options.Run = None, json: options.Json = False) -> None:
    """List the papers of a case, each file checked against the hash in register and events.

    Exit code 1 when a file is missing or damaged.

    Liệt kê giấy tờ kết quả của hồ sơ và đối chiếu mã băm của từng tệp.
    """
    folder = _folder(run)
    _report(folder, case, _references(folder, case), json=json)


@document.command(epilog="Example: lienthong document show G22.99.08-230710-786800 ct08")
def show(case: Case, kind: KindOf, run: options.Run = None, json: options.Json = False) -> None:
    """Show one paper of a case: address, hash, file, and whether the file is whole.

    Exit code 1 when the file is missing or damaged.

    Xem một giấy tờ: địa chỉ, mã băm, tệp, tình trạng tệp.
    """
    folder = _folder(run)
    _report(folder, case, [_one(folder, case, kind)], json=json)


@document.command("open", epilog="Example: lienthong document open G22.99.08-230710-786800 ct08")
def open_(case: Case, kind: KindOf, run: options.Run = None) -> None:
    """Open one paper of a case in the machine's own PDF viewer.

    Mở tệp PDF của một giấy tờ.
    """
    found = _one(_folder(run), case, kind)
    if found.path is None:
        raise UsageFault(
            "this run makes no files: start one with `lienthong demo`, or `up --documents pdf`",
            "lượt chạy này không tạo tệp: dùng `lienthong demo` hoặc `up --documents pdf`",
        )
    print(found.path)
    if not found.good:
        _complain([found])
    typer.launch(found.path)


def _folder(run: str | None) -> "RunFolder":
    from connectors.runtime.manifest import RunFolder, home_folder

    return RunFolder.find(home_folder(), run)


def _references(folder: "RunFolder", case: str) -> "list[Reference]":
    from hub.casework import CaseNotFound, case_of
    from simulators.documents.references import references_of

    found = list(references_of(folder, case))
    if not found:
        try:
            case_of(folder, case)
        except CaseNotFound as error:
            vi = f"không có hồ sơ {case}; xem `lienthong case list`"
            raise UsageFault(str(error), vi) from None
    return found


def _one(folder: "RunFolder", case: str, kind: str) -> "Reference":
    from simulators.documents.references import KINDS

    if kind not in KINDS:
        kinds = ", ".join(KINDS)
        raise UsageFault(
            f"no such kind of paper: {kind}; there are {kinds}",
            f"không có loại giấy tờ {kind}; có {kinds}",
        )
    papers = _references(folder, case)
    found = next((paper for paper in papers if paper.kind == kind), None)
    if found is None:
        has = ", ".join(paper.kind for paper in papers)
        raise UsageFault(
            f"case {case} has no {kind}; it has {has or 'nothing'}",
            f"hồ sơ {case} không có {kind}; hiện có: {has or 'chưa có gì'}",
        )
    return found


def _report(folder: "RunFolder", case: str, papers: "list[Reference]", *, json: bool) -> None:
    if json:
        from hub.cli.output import print_json

        documents = [paper.to_json() for paper in papers]
        print_json({"run": folder.path.name, "case": case, "documents": documents})
    else:
        _tell(case, papers)
    bad = [paper for paper in papers if not paper.good]
    if bad:
        _complain(bad)


def _complain(papers: "list[Reference]") -> None:
    for paper in papers:
        vi, en = _CONDITIONS[paper.condition]
        complain(f"{paper.kind}: {vi}", f"{paper.kind}: {en}: {paper.path}")
    raise typer.Exit(FAILED)


def _tell(case: str, papers: "list[Reference]") -> None:
    from hub.cli.telling import both, console
    from simulators.runs.wording import moment

    screen = console()
    screen.print(f"[bold]{case}[/bold]")
    for paper in papers:
        mark = "[green]✓[/]" if paper.good else "[red]✗[/]"
        issued = f" ({moment(paper.issued)}, {paper.system})" if paper.issued else ""
        screen.print(f"  {mark} {both(paper.vi, paper.en)}{issued}")
        screen.print(f"      {paper.uri}")
        screen.print(f"      SHA-256 {paper.sha256}: {both(*_CONDITIONS[paper.condition])}")
        if paper.path is not None:
            screen.print(f"      {paper.path}", soft_wrap=True)
        if paper.in_citizen_store:
            screen.print(f"      {both('có trong kho dữ liệu công dân', 'in the citizen store')}")
    if not papers:
        screen.print(f"  {both('Chưa có giấy tờ nào.', 'No papers yet.')}")


_CONDITIONS = {
    "whole": ("tệp nguyên vẹn", "the file is whole"),
    "missing": ("thiếu tệp", "the file is missing"),
    "damaged": ("tệp đã bị thay đổi", "the file was changed"),
    "no_file": (
        "lượt chạy này không tạo tệp, mã băm là của nội dung",
        "this run makes no files; the hash is of the content",
    ),
}
