"""Bad input at random places between good cases, and whether each was told what it must be told."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from connectors.runtime.bus import Message
from schemas.event import Event, derived_id
from schemas.examples import examples
from schemas.identifiers import CaseCode
from schemas.systems import RIGHTS
from simulators.arrivals import Submission
from simulators.bad_input.corpus import KINDS
from simulators.bad_input.spoiled import Spoiled, spoiled

REUSED, REPEATED = "reused id", "repetition"
ALL_KINDS = (*KINDS, REUSED, REPEATED)
"""What is mixed in: the corpus, and what is bad only beside the good event."""
MARK = "x-bad-input"
"""A header of nobody's: the number by which a bad input is found again in its dead letter."""
_OWN, _OTHERS = 0.4, 0.4
"""Shares of what is bent: the submission beside it, another event of its case; else of no case."""


class Mixer:
    """So many bad inputs beside so many good cases; the same seed gives the same.

    Every kind comes up once before any comes up again.
    """

    def __init__(self, seed: int, *, bad: int, cases: int) -> None:
        self._draw = random.Random(f"bad input/{seed}")
        self._after: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.expected: dict[int, Spoiled] = {}
        """What was handed out so far, by its number."""
        for number in range(bad):
            if number % len(ALL_KINDS) == 0:
                kinds = self._draw.sample(ALL_KINDS, len(ALL_KINDS))
            self._after[self._draw.randrange(cases)].append((number, kinds[number % len(kinds)]))

    def beside(self, submission: Submission, good: Event) -> list[tuple[str, Message]]:
        """The bad input to write right behind a good submission: system and record."""
        return [
            self._made(number, kind, good)
            for number, kind in self._after.pop(submission.ordinal, ())
        ]

    def _made(self, number: int, kind: str, good: Event) -> tuple[str, Message]:
        bad = self._bad(number, kind, good)
        self.expected[number] = bad
        headers: Any = [(MARK, str(number).encode()), *bad.headers]  # some with Kafka's null
        return bad.system, (bad.key, bad.value, headers)

    def _bad(self, number: int, kind: str, good: Event) -> Spoiled:
        if kind == REPEATED:
            return spoiled(good, kind, "", "")
        if kind == REUSED:
            return spoiled(good, kind, "", "id_reused", value=_renamed(good))
        for event in self._events(number, good):
            if variants := list(KINDS[kind](event)):  # not every event has an ID in it
                return self._draw.choice(variants)
        raise ValueError(f"no event can be bent into {kind!r}")

    def _events(self, number: int, good: Event) -> Iterator[Event]:
        identity = derived_id(good.id, "bad input", number)
        share = self._draw.random()
        if share < _OWN:
            yield replace(good, id=identity)
        subject = good.subject if share < _OWN + _OTHERS else _nobody(good.subject, number)
        for name in self._draw.sample(sorted(RIGHTS), len(RIGHTS)):
            for event in examples(name):
                yield replace(event, id=identity, subject=subject, time=good.time)


def _renamed(good: Event) -> bytes:
    """Another payload that fits as well: what only dvclt may see is different."""
    data = good.data()
    place = data["household"] if data["chain"] == "birth" else data
    place["address"] = "Một nơi khác"
    return orjson.dumps(data)


def _nobody(subject: str, number: int) -> str:
    code = CaseCode.parse(subject)
    return str(replace(code, sequence=f"99{number:08}"))


def told_wrong(
    expected: Mapping[int, Spoiled], letters: Iterable[Mapping[str, Any]]
) -> Sequence[str]:
    """Every bad input whose dead letter is missing, says something else, or should not be."""
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    strangers: Counter[str] = Counter()
    for letter in letters:
        mark = letter["headers"].get(MARK)
        if mark is None:
            strangers[letter["reason"]] += 1
        else:
            found[int(mark)].add((letter["reason"], letter["pointer"]))
    wrong = [
        f"{bad.kind}: {bad.variant}: expected {want or 'no dead letter'}, found {got or 'none'}"
        for number, bad in expected.items()
        if (got := found[number]) != (want := {(bad.reason, bad.pointer)} if bad.reason else set())
    ]
    return [*wrong, *(f"{count} good events as {code}" for code, count in strangers.items())]
