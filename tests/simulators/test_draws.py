"""Chance that a key fixes."""

import pytest

from simulators.draws import Draws, Weighted


def test_a_key_always_draws_the_same() -> None:
    """The first words of a stream are the same in each release, or seeds would lose their sense."""
    draws = Draws(1, "family", 7)
    assert [draws.word() for _ in range(3)] == [2657173517, 1374672562, 2555552136]


@pytest.mark.parametrize("other", [(2, "family", 7), (1, "names", 7), (1, "family", 8)])
def test_another_key_draws_differently(other: tuple[int, str, int]) -> None:
    """Seed, purpose and ordinal each make a stream of their own."""
    one, two = Draws(1, "family", 7), Draws(*other)
    assert [one.word() for _ in range(5)] != [two.word() for _ in range(5)]


def test_a_stream_does_not_end() -> None:
    """Past its first block a stream goes on with new words."""
    draws = Draws(1, "long")
    assert len({draws.word() for _ in range(500)}) == 500


def test_draws_stay_within_their_limits_and_follow_their_weights() -> None:
    """`below`, `chance` and `pick` are fair to about a percent over 20,000 draws."""
    draws = Draws(3, "fair")
    numbers = [draws.below(10) for _ in range(20_000)]
    assert set(numbers) == set(range(10))
    assert sum(numbers) / 20_000 == pytest.approx(4.5, abs=0.1)
    hits = sum(draws.chance(0.3) for _ in range(20_000))
    assert hits / 20_000 == pytest.approx(0.3, abs=0.01)
    table = Weighted(["a", "never", "b"], [3, 0, 1])
    picked = [draws.pick(table) for _ in range(20_000)]
    assert set(picked) == {"a", "b"}
    assert picked.count("a") / 20_000 == pytest.approx(0.75, abs=0.01)


def test_certain_and_impossible_things_are_so() -> None:
    """A share of 1 always happens, a share of 0 never."""
    draws = Draws(4, "edges")
    assert all(draws.chance(1) for _ in range(1_000))
    assert not any(draws.chance(0) for _ in range(1_000))
