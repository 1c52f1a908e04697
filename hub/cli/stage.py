"""The demonstration while it goes on: a line a case on a terminal, a line an end elsewhere."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from hub.cli.telling import status_text
from schemas.catalogue import CATALOGUE
from schemas.event import to_text
from simulators.arrivals import Submission
from simulators.runs import wording
from simulators.runs.casting import Part
from simulators.runs.demo import Audience
from simulators.runs.following import Passed
from simulators.runs.submitting import Seen

_SCENES = (
    ("nộp", "case.submitted"),
    ("một cửa", "birth.entry.requested"),
    ("vào sổ", "personal-id.requested"),
    ("số định danh", "personal-id.issued"),
    ("khai sinh", "birth.registered"),
    ("thường trú", "residence.registered"),
    ("thẻ BHYT", "health-card.issued"),
)
_PLACES = {event: place for place, (_, event) in enumerate(_SCENES)}
_SIGNS = {
    "birth.registration.refused": (2, "✗", "red"),
    "consent.requested": (5, "?", "yellow"),
    "consent.given": (5, "◐", "yellow"),
    "consent.declined": (5, "✗", "red"),
    "residence.registration.requested": (5, "◐", "yellow"),
    "residence.registration.refused": (5, "✗", "red"),
    "health-card.requested": (6, "◐", "yellow"),
    "health-card.refused": (6, "✗", "red"),
}
"""What else is seen at a scene: a question, work under way, a refusal."""
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
        self._rows = {case.case: _Row(part, case) for part in parts for case in part.cases}
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
        table.caption = " → ".join(scene for scene, _ in _SCENES)
        table.add_column("Trẻ · child", no_wrap=True, width=22)
        table.add_column("Tiến trình", no_wrap=True, width=2 * len(_SCENES))
        table.add_column("Vừa xảy ra · latest", no_wrap=True, ratio=1)
        for row in self._rows.values():
            table.add_row(row.name, row.marks(), row.latest)
        return table


class _Row:
    """One case on the stage."""

    def __init__(self, part: Part, case: Submission) -> None:
        self.name = case.person.name
        self.latest = Text(f"{part.title.vi} · {part.title.en}", style="dim")
        self._signs = [_OPEN] * len(_SCENES)
        for service, place in (("residence", 5), ("health_card", 6)):
            if service not in case.payload.services:
                self._signs[place] = _NOT_ASKED

    def passed(self, event: Passed) -> None:
        place = _PLACES.get(event.event)
        if place is not None:
            self._signs[place] = _DONE
        elif event.event in _SIGNS:
            place, sign, style = _SIGNS[event.event]
            self._signs[place] = sign, style
        if event.event in _BESIDE:
            return
        title = CATALOGUE[event.event]
        self.latest = Text.assemble(
            (f"{event.time:%d/%m %H:%M} ", "cyan"), title.vi, (f" · {title.en}", "dim")
        )

    def marks(self) -> Text:
        return Text(" ").join(Text(sign, style=style) for sign, style in self._signs)
