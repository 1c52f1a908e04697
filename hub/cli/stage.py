"""The demonstration while it goes on: a line a case on a terminal, a line an end elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from hub.cli.telling import both, status_text
from hub.orchestrator.labels import Label
from schemas.catalogue import CATALOGUE
from schemas.event import to_text
from simulators.arrivals import Submission
from simulators.runs import wording
from simulators.runs.casting import Part
from simulators.runs.demo import Audience
from simulators.runs.following import Passed
from simulators.runs.submitting import Seen

_SCENES: Mapping[str, Sequence[tuple[Label, str]]] = {
    "birth": (
        (Label("nộp", "submitted"), "case.submitted"),
        (Label("một cửa", "one-stop"), "birth.entry.requested"),
        (Label("vào sổ", "entered"), "personal-id.requested"),
        (Label("số định danh", "personal ID"), "personal-id.issued"),
        (Label("khai sinh", "birth"), "birth.registered"),
        (Label("thường trú", "residence"), "residence.registered"),
        (Label("thẻ BHYT", "health card"), "health-card.issued"),
        (Label("thẻ căn cước", "identity card"), "identity-card.issued"),
    ),
    "death": (
        (Label("nộp", "submitted"), "case.submitted"),
        (Label("một cửa", "one-stop"), "death.entry.requested"),
        (Label("khai tử", "death"), "death.registered"),
        (Label("xóa thường trú", "residence removed"), "residence.removed"),
        (Label("quyết định trợ cấp", "allowance granted"), "funeral-allowance.granted"),
        (Label("chi trả", "paid"), "payout.made"),
    ),
}
"""What each kind of case goes through, and the event that says so."""
_NEEDED = {
    "residence.registered": "residence",
    "health-card.issued": "health_card",
    "identity-card.issued": "identity_card",
    "residence.removed": "residence_removal",
    "funeral-allowance.granted": "funeral_allowance",
    "payout.made": "funeral_allowance",
}
"""Scenes that only a case has which asked for that service."""
_OF_SOME = {"identity-card.issued"}
"""Scenes that are there only where some case asked for that service: it is not always offered."""
_SIGNS = {
    "birth.registration.refused": ("personal-id.requested", "✗", "red"),
    "consent.requested": ("residence.registered", "?", "yellow"),
    "consent.given": ("residence.registered", "◐", "yellow"),
    "consent.declined": ("residence.registered", "✗", "red"),
    "residence.registration.requested": ("residence.registered", "◐", "yellow"),
    "residence.registration.refused": ("residence.registered", "✗", "red"),
    "health-card.requested": ("health-card.issued", "◐", "yellow"),
    "health-card.refused": ("health-card.issued", "✗", "red"),
    "identity-card.requested": ("identity-card.issued", "◐", "yellow"),
    "identity-card.refused": ("identity-card.issued", "✗", "red"),
    "death.registration.refused": ("death.registered", "✗", "red"),
    "residence.removal.requested": ("residence.removed", "◐", "yellow"),
    "residence.removal.refused": ("residence.removed", "✗", "red"),
    "funeral-allowance.requested": ("funeral-allowance.granted", "◐", "yellow"),
    "funeral-allowance.refused": ("funeral-allowance.granted", "✗", "red"),
    "payout.requested": ("payout.made", "◐", "yellow"),
    "payout.failed": ("payout.made", "✗", "red"),
}
"""What else is seen at a scene: a question, work under way, a refusal. What is done stays done."""
_BESIDE = {"dossier.progressed", "case.status.changed"}
"""They tell nothing new, or are told by `status`; beside the course of things, they may be late."""
_OPEN, _DONE, _NOT_ASKED = ("○", "dim"), ("●", "green"), ("–", "dim")


class PlainStage(Audience):
    """Prints one line for each case that ends."""

    def __init__(self, screen: Console) -> None:
        self._screen = screen

    def status(self, seen: Seen) -> None:
        """The portal was told a status."""
        if seen.final:
            at = wording.moment(to_text(seen.time))
            self._screen.print(f"{at}  {seen.case}  {status_text(seen.status)}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Nothing to take down."""


class LiveStage(Audience):
    """Keeps one line a case up to date on a terminal, and leaves the last state there."""

    def __init__(self, screen: Console, parts: Sequence[Part]) -> None:
        cases = [(part, case) for part in parts for case in part.cases]
        asked = {service for _, case in cases for service in case.payload.services}
        self._rows = {case.case: _Row(part, case, asked) for part, case in cases}
        self._live = Live(get_renderable=self._table, console=screen, refresh_per_second=8)

    def passed(self, event: Passed) -> None:
        """The hub accepted an event."""
        if event.case in self._rows:
            self._rows[event.case].passed(event)

    def status(self, seen: Seen) -> None:
        """The portal was told a status."""
        if seen.final and seen.case in self._rows:
            self._rows[seen.case].latest = Text.from_markup(status_text(seen.status))

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._live.stop()

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, expand=True)
        chains = {row.chain: row.scenes for row in self._rows.values()}
        table.caption = "\n".join(map(_legend, chains.values()))
        width = 2 * max(map(len, chains.values()))
        table.add_column(both("Hồ sơ của", "case of"), no_wrap=True, width=22)
        table.add_column(both("Bước", "steps"), no_wrap=True, width=width)
        table.add_column(both("Vừa xảy ra", "latest"), no_wrap=True, ratio=1)
        for row in self._rows.values():
            table.add_row(row.name, row.marks(), row.latest)
        return table


def _legend(scenes: Sequence[tuple[Label, str]]) -> str:
    """What the marks of a row stand for, a line a language."""
    labels = [label for label, _ in scenes]
    vi, en = " → ".join(one.vi for one in labels), " → ".join(one.en for one in labels)
    return f"{vi}\n[dim]{en}[/dim]"


class _Row:
    """One case on the stage."""

    def __init__(self, part: Part, case: Submission, by_anybody: Collection[str]) -> None:
        self.name = case.person.name
        self.chain = case.payload.chain
        self.scenes = [
            (label, event)
            for label, event in _SCENES[self.chain]
            if event not in _OF_SOME or _NEEDED[event] in by_anybody
        ]
        self.latest = Text.from_markup(both(part.title.vi, part.title.en), style="dim")
        asked: Collection[str] = case.payload.services
        self._signs = {
            event: _OPEN if _NEEDED.get(event) in (None, *asked) else _NOT_ASKED
            for _, event in self.scenes
        }

    def passed(self, event: Passed) -> None:
        if event.event in self._signs:
            self._signs[event.event] = _DONE
        elif event.event in _SIGNS:
            scene, sign, style = _SIGNS[event.event]
            if self._signs[scene] != _DONE:
                self._signs[scene] = sign, style
        if event.event in _BESIDE:
            return
        title = CATALOGUE[event.event]
        self.latest = Text.assemble(
            (f"{event.time:%d/%m %H:%M} ", "cyan"), title.vi, (f" · {title.en}", "dim")
        )

    def marks(self) -> Text:
        return Text(" ").join(Text(sign, style=style) for sign, style in self._signs.values())
