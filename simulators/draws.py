"""Chance that a key fixes: the same seed, purpose and ordinal draw the same, on any machine.

Each stream is hashed from its own key, so case n does not depend on the cases before it, and a
draw added for one purpose changes nothing that is drawn for another.
"""

import hashlib
import struct
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

_SPAN = 1 << 32
_BLOCK = struct.Struct("<40I")
"""As many words as one round of SHAKE-128 gives."""


class Weighted(Generic[T]):
    """Values to pick from, each as often as its weight says; a weight of 0 is never picked."""

    def __init__(self, values: Iterable[T], weights: Iterable[float]) -> None:
        rows = [
            (value, weight) for value, weight in zip(values, weights, strict=True) if weight > 0
        ]
        sums = list(accumulate(weight for _, weight in rows))
        self.values: Sequence[T] = [value for value, _ in rows]
        self._bounds = [round(total / sums[-1] * _SPAN) for total in sums]

    def index(self, word: int) -> int:
        """The place of the value that a word of 32 bits picks."""
        return bisect_right(self._bounds, word)


class Draws:
    """A stream of draws for one purpose and ordinal."""

    __slots__ = ("_block", "_key", "_words")

    def __init__(self, seed: int, purpose: str, ordinal: int = 0) -> None:
        self._key = f"{seed}:{purpose}:{ordinal}"
        self._block = 0
        self._words: list[int] = []

    def word(self) -> int:
        """32 bits."""
        if not self._words:
            digest = hashlib.shake_128(f"{self._key}:{self._block}".encode()).digest(_BLOCK.size)
            self._words.extend(_BLOCK.unpack(digest))
            self._block += 1
        return self._words.pop()

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1, for limits far below 2³²."""
        return self.word() * limit >> 32

    def chance(self, probability: float) -> bool:
        """True as often as the probability says."""
        return self.word() < probability * _SPAN

    def pick(self, table: Weighted[T]) -> T:
        """One of the table's values, by its weight."""
        return table.values[table.index(self.word())]
