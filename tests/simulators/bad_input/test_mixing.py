"""Bad input between good cases: every kind, at the same places for the same seed, all judged."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from schemas.event import from_text
from simulators.arrivals import Arrivals, Submission
from simulators.bad_input.mixing import ALL_KINDS, MARK, REPEATED, REUSED, Mixer, told_wrong
from simulators.mix import Mix
from simulators.runs.submitting import submission_event

ARRIVALS = Arrivals(seed=1, start=from_text("2023-07-10T08:00:00+07:00"), mix=Mix(deaths=0.5))
CASES = 30


def mixed(seed: int, bad: int) -> tuple[Mixer, list[tuple[Submission, Any]]]:
    """All that is written behind each submission of a run."""
    mixer = Mixer(seed, bad=bad, cases=CASES)
    return mixer, list(_written(mixer))


def _written(mixer: Mixer) -> Iterator[tuple[Submission, Any]]:
    for ordinal in range(CASES):
        submission = ARRIVALS.submission(ordinal)
        for sent in mixer.beside(submission, submission_event(submission)):
            yield submission, sent


def test_every_kind_comes_before_any_comes_again() -> None:
    """Exactly as many as asked for, evenly over the kinds."""
    mixer, written = mixed(1, 2 * len(ALL_KINDS))
    assert Counter(bad.kind for bad in mixer.expected.values()) == dict.fromkeys(ALL_KINDS, 2)
    assert len(written) == 2 * len(ALL_KINDS)


def test_the_same_seed_gives_the_same() -> None:
    """And another seed other places and variants."""
    assert mixed(1, 40)[1] == mixed(1, 40)[1]
    assert mixed(1, 40)[1] != mixed(2, 40)[1]


def test_what_is_bad_only_beside_a_good_event_has_its_id() -> None:
    """The repetition has its payload as well; the reused id another one."""
    mixer, written = mixed(3, 8 * len(ALL_KINDS))
    reused = set()
    for number, (submission, (system, (_, value, headers))) in enumerate(written):
        good, kept = submission_event(submission), dict(headers)
        bad = mixer.expected[int(kept[MARK])]
        own = bad.kind in (REUSED, REPEATED)
        assert (kept.get("ce_id") == good.id.encode()) == own, (number, bad.kind)
        if bad.kind == REUSED:
            reused.add(submission.payload.chain)
        if own:
            assert system == "portal"
            assert (value == good.payload) == (bad.kind == REPEATED)
    assert reused == {"birth", "death"}, "both chains have something to bend"


def letters(mixer: Mixer) -> list[dict[str, Any]]:
    """The dead letters that must be there."""
    return [
        {"headers": {MARK: str(number)}, "reason": bad.reason, "pointer": bad.pointer}
        for number, bad in mixer.expected.items()
        if bad.reason
    ]


def test_right_dead_letters_are_no_fault() -> None:
    """In any order, and written again after a crash."""
    mixer, _ = mixed(4, 60)
    right = letters(mixer)
    assert told_wrong(mixer.expected, reversed(right + right)) == []


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda found: found.pop(), "found none"),
        (lambda found: found[0].update(reason="unknown_reason"), "unknown_reason"),
        (lambda found: found[0].update(pointer="/elsewhere"), "/elsewhere"),
        (lambda found: found[0]["headers"].clear(), "1 good events as"),
    ],
    ids=["missing", "reason", "pointer", "good"],
)
def test_a_dead_letter_that_is_missing_or_says_something_else_is_told(
    spoil: Any, fault: str
) -> None:
    """With the kind and what was expected."""
    mixer, _ = mixed(4, 60)
    found = letters(mixer)
    spoil(found)
    wrong = told_wrong(mixer.expected, found)
    assert wrong
    assert any(fault in line for line in wrong), wrong
