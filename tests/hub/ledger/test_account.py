"""What became of each input, from what the hub logged and the dead letters."""

import hashlib
from collections import Counter
from typing import Any

from hub.ledger.account import account_of
from hub.ledger.hublog import Entry
from hub.ledger.report import Account

CASE = "G22.99.08-230710-000001"


def entry(offset: int, identity: str, payload: bytes = b"a", system: str = "portal") -> Entry:
    """An event that the router delivered to dvclt and monitoring."""
    digest = hashlib.sha256(payload).hexdigest()[:16]
    return Entry(
        system=system,
        partition=0,
        offset=offset,
        id=identity,
        name="case.submitted",
        time="2023-07-10T08:00:00.000+07:00",
        subject=CASE,
        hash=digest,
        causation=None,
        receivers={"dvclt": digest, "monitoring": "of a part"},
    )


def letter(by: str, topic: str, offset: int, reason: str, **event: Any) -> dict[str, Any]:
    """A dead letter about the record at that place."""
    payload = event.pop("payload", b"a")
    return {
        "by": by,
        "topic": topic,
        "partition": 0,
        "offset": offset,
        "reason": reason,
        "headers": {"ce_source": "/systems/portal", "ce_id": "1", **event},
        "hash": hashlib.sha256(payload).hexdigest(),
    }


def test_each_input_is_counted_once() -> None:
    """Delivered, known already, refused: whatever a restarted router wrote twice."""
    refused = letter("hub", "lt.in.portal", 2, "unknown_type")
    found = account_of([entry(0, "1"), entry(1, "1"), entry(3, "2"), entry(0, "1")], [refused] * 2)
    assert found == Account(
        routed=2, absorbed=1, dead_lettered=1, reasons=Counter({"unknown_type": 1})
    )
    assert found.inputs == 4


def test_the_hubs_own_words_are_no_inputs() -> None:
    """`delivery.rejected` stands in the log, but on no `lt.in`."""
    assert account_of([entry(0, "1", system="hub")], []).inputs == 0


def test_a_dead_letter_of_a_receiver_wins_over_the_delivery() -> None:
    """The reused id is what was given up, not the event that had it first."""
    reused = letter("dvclt", "lt.out.dvclt", 9, "id_reused", payload=b"b")
    found = account_of([entry(0, "1"), entry(1, "1", b"b")], [reused])
    assert found == Account(routed=1, dead_lettered=1, reasons=Counter({"id_reused": 1}))


def test_the_same_reused_id_twice_is_given_up_twice() -> None:
    """Each has its own dead letter; one that was written again after a crash is the same."""
    first, second = (
        letter("dvclt", "lt.out.dvclt", offset, "id_reused", payload=b"b") for offset in (9, 10)
    )
    entries = [entry(0, "1"), entry(1, "1", b"b"), entry(2, "1", b"b")]
    assert account_of(entries, [first, second, first]).reasons == {"id_reused": 2}


def test_what_was_given_up_is_absorbed_when_it_comes_again() -> None:
    """A dead id is remembered, so the second one is no dead letter."""
    failed = letter("dvclt", "lt.out.dvclt", 9, "handler_failed")
    found = account_of([entry(0, "1"), entry(1, "1")], [failed])
    assert (found.dead_lettered, found.absorbed, found.routed) == (1, 1, 0)


def test_a_letter_about_what_no_broker_took_is_no_input() -> None:
    """It was never on any topic."""
    unsent = letter("residence", "lt.in.residence", -1, "refused_by_broker")
    assert account_of([entry(0, "1")], [unsent]) == Account(routed=1)
