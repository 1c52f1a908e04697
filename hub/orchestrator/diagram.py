"""docs/chains.md, drawn from the tables: `python -m hub.orchestrator.diagram` writes it."""

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from hub.orchestrator.case import LATE_DAYS
from hub.orchestrator.chain import Apply, Ask, Cell, Chain, Ignore, Park, State, Table
from hub.orchestrator.chains import CHAINS, PARKING, WAITING
from hub.orchestrator.labels import OVERDUE, STATUSES, Label

PATH = Path("docs/chains.md")

_INTRO = f"""# The chains

*Drawn from the tables in `hub/orchestrator` by `python -m hub.orchestrator.diagram`; change those,
not this file.*

The orchestrator (system `dvclt`) moves each service of a case by a table that has a cell for every
state and everything that can arrive:

- **→ state**: go there; **stay**: note what the event says and stay where one is
- **ask**: and send the service's request to the agency
- **·** ignore: it changes nothing here (a repetition, late news, or another service's affair)
- **park**: keep the event for an officer in the manual queue; the case's services go on

A later refusal never undoes an earlier registration. Each service that is still open says what it
waits for and until when; when that time passes, the reason becomes `overdue_…` and the case stays
open: a late answer still counts. {LATE_DAYS} working days later, an officer gets it in the manual
queue. What civil status does by hand, outside the system, never comes back: its result is polled
for once a working day, when offices open, and after as many polls in vain as `lienthong rules show
limit.polls` says an officer gets the case as well (`no_result_after_polls`), whatever is due.

A case ends when no service is open: *withdrawn* or *refused* if its first service was, *completed*
if every service asked for was done, else *partly completed*.

**Supplement.** An agency that finds a dossier incomplete lists all defects at once
(`supplement.requested`; who asks, says for which service). dvclt asks the citizen, who has the
working days of `lienthong rules show deadline.supplement`, at least until the agency's date. An
answer in time sends the request to the agency again, as its next attempt, and the wait does not
count: the service is due so much later, and so are those that wait for it. Without an answer the
service is refused (`expired/…`: `supplement_expired`). A second question counts as overdue: its
wait counts. A third goes to an officer.

**Withdrawal.** What was asked for stands, and its answer is awaited: nothing can recall it. What
was not yet asked for at the withdrawal's own time is not, and a wait for a supplement ends at that
time. So the columns `…/withdrawn` are for what happens after the citizen withdrew, and it doesn't
matter in which order the two arrive; `overtaken` is a withdrawal that comes when something dated
after it was asked for already.

**Nobody to ask.** A request goes to whoever is competent on its day, for the commune of the case
(of a residence: of the household; of a removal or an allowance: of the place that a death names for
it, if it names one): until 30 June 2025 the commune itself, since then its successor, whose
province and commune the request carries; the case code stays. Where no table says who succeeds the
commune, or nobody knows it, nothing is sent: instead of each state to which a request
leads there is an `unrouted…` one, where the service waits (`receiving_unit`), and an officer has
the case (`unit_unmapped`). Its `retry` tries again, since the table may have been extended
meanwhile; a withdrawal ends the service, since nothing was asked for; whatever else comes counts as
if it had been asked. A case that is filed so stays *Mới đăng ký* (1); one that an agency had keeps
its status. An officer's retry of what an agency has already leaves it there.

What belongs to another chain than the case's is parked in every state (`not_expected`), and left
out of these tables.

**Late.** A service is late when its agency still has it at the service's own date; not while the
citizen is asked, nor once the police have asked the household head. The citizen is told so, once
in a case (*Phiếu xin lỗi và hẹn lại ngày trả kết quả*): `case.status.changed`, dated that moment,
with the service that was due first, the agency that decides on it, the old date and a new one, as
many working days later as the case had at first. The agencies' own dates stay. It goes by the times
that events carry, and out when nothing dated before can come any more: with a timer of the case, or
with its end.

**An officer's hand.** `case.action.taken` comes from dvclt's own console, with who and why, and is
kept in the case. `retry` sends a service's request again while an agency has it; `close` ends a
service that is open (`closed_by_officer`): what was dealt with outside the system; `settle` says,
also of a case that has ended, that what was in the manual queue is dealt with. What an officer does
in a citizen's stead is kept here and comes beside it as the citizen's own event.

A case begins with `case.submitted`. Whatever else comes before that is a dead letter, but for the
hub's own `delivery.rejected`, which is kept for the officer.

`dossier.progressed/…` says what the one-stop's codes tell: received (1, 3), passed (7), registered
(4), returned (5), refused (6), supplement (2), or disordered: codes that break the compulsory order
1→3→7→4→5. `deadline` is the service's timer, `expired/…` and `withdrawn/…` a timer that ends the
named service. In strict sequence the health card starts in `waiting_for_residence`.

A funeral allowance is asked for by groups, and split by the agency that decides on a group
(`insurance_allowance`, `social_allowance`): the agency says which of the two a decision or a
payment is about. When both are asked for, the one with the lower published sum starts in
`waiting_for_other`, and its agency is told what the other has granted. A payment that fails makes
dvclt ask the citizen for another account; the decision stands meanwhile, and also if nobody answers
(`uncollected`).
"""


def chains_document() -> str:
    """The whole of docs/chains.md."""
    return "\n".join(
        [_INTRO, *(line for chain in CHAINS.values() for line in _chain(chain)), *_labels()]
    )


def state_diagram(table: Table) -> str:
    """One service's table as a mermaid state diagram, without what ignores, stays or parks."""
    lines = ["stateDiagram-v2", "    direction LR"]
    drawn = [state for state in table.states.values() if state.result != "not_asked"]
    lines += [f'    state "{state.vi}<br/>{state.en}" as {state.name}' for state in drawn]
    lines += [
        f"    [*] --> {name} : case.submitted"
        for name in table.starts
        if table.states[name] in drawn
    ]
    lines += [f"    {name} --> {to} : {column}" for name, column, to in table.moves()]
    lines += [f"    {state.name} --> [*]" for state in drawn if state.result is not None]
    return "\n".join(lines)


def _chain(chain: Chain) -> Iterator[str]:
    yield f"## {chain.vi} · {chain.en} (chain `{chain.name}`)\n"
    for table in chain.tables.values():
        yield f"### {table.vi} · {table.en} (`{table.service}`)\n"
        yield f"```mermaid\n{state_diagram(table)}\n```\n"
        yield _states(table)
        yield _cells(table, chain.foreign)


def _states(table: Table) -> str:
    return _grid(
        ("state", "trạng thái", "meaning", "status", "waits for", "ends as"),
        (
            (
                f"`{state.name}`",
                state.vi,
                state.en,
                "" if state.status is None else str(state.status),
                _wait(state),
                state.result or "",
            )
            for state in table.states.values()
        ),
    )


def _wait(state: State) -> str:
    if state.waits is None:
        return ""
    if state.expires:
        return f"`{state.waits}` until the citizen's time is over"
    return f"`{state.waits}` until " + (f"`{state.until}`" if state.until else "the service is due")


def _cells(table: Table, foreign: Collection[str]) -> str:
    own = {name: cells for name, cells in table.cells.items() if name not in foreign}
    mixed = {name: cells for name, cells in own.items() if len(set(cells.values())) > 1}
    same = {name: cells for name, cells in own.items() if name not in mixed}
    rows = [
        (f"`{name}`", *(_cell(cells[state]) for state in table.states))
        for name, cells in mixed.items()
    ]
    everywhere = ((f"`{name}`", _cell(next(iter(cells.values())))) for name, cells in same.items())
    return "\n".join(
        [
            _grid(("", *(f"`{name}`" for name in table.states)), rows),
            _grid(("in every state", ""), everywhere),
        ]
    )


def _cell(cell: Cell) -> str:
    match cell:
        case Ignore():
            return "·"
        case Park(reason):
            return f"park: {reason}"
        case Ask(None):
            return "stay, ask"
        case Ask(to):
            return f"→ {to}, ask"
        case Apply(None):
            return "stay"
        case Apply(to):
            return f"→ {to}"


def _labels() -> Iterator[str]:
    yield "## Statuses of a service\n"
    yield _label_grid("status", {str(code): text for code, text in STATUSES.items()})
    yield "## Reasons for waiting\n"
    plain = {code: text for code, text in WAITING.items() if not code.startswith(OVERDUE)}
    yield _label_grid("reason", plain)
    yield "## Reasons for the manual queue\n"
    yield _label_grid("reason", PARKING)


def _label_grid(head: str, labels: Mapping[str, Label]) -> str:
    return _grid(
        (head, "tiếng Việt", "English"),
        ((f"`{code}`", text.vi, text.en) for code, text in labels.items()),
    )


def _grid(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(chains_document(), encoding="utf-8")
    print(PATH, file=sys.stderr)
