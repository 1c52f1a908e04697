"""The account of a run's inputs: what became of each record on `lt.in`, to the unit."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from hub.ledger.hublog import HUB, Entry, Letter
from hub.ledger.report import Account

Place = tuple[str, int, int]
"""System, partition and offset on its `lt.in`."""

GivenUp = dict[tuple[str, str, str], dict[Place, str]]
"""Receiver, event and hash → where each record of it stood on `lt.out` that was given up → why."""


def account_of(entries: Iterable[Entry], letters: Iterable[Letter]) -> Account:
    """The account of what the router logged and of all dead letters, in the order of the log.

    A router that was killed logs again what it had not committed, and a connector may write a
    letter again: the place of the input, and of the record in a letter, tells that.
    """
    refused: dict[Place, str] = {}
    given_up: GivenUp = defaultdict(dict)
    for letter in letters:
        reason = letter["reason"]
        if letter["by"] == HUB:
            system = letter["topic"].rpartition(".")[2]
            refused.setdefault((system, letter["partition"], letter["offset"]), reason)
        elif letter["offset"] >= 0:
            place = (letter["topic"], letter["partition"], letter["offset"])
            given_up[(letter["by"], *_event(letter))][place] = reason
    account = Account(dead_lettered=len(refused), reasons=Counter(refused.values()))
    places: set[Place] = set(refused)
    known: set[tuple[str, str, str]] = set()
    for entry in entries:
        place = (entry.system, entry.partition, entry.offset)
        if entry.system == HUB or place in places:
            continue
        places.add(place)
        _count(account, entry, known, given_up)
    return account


def _count(
    account: Account,
    entry: Entry,
    known: set[tuple[str, str, str]],
    given_up: GivenUp,
) -> None:
    event = (entry.token, entry.subject, entry.hash)
    reasons = [
        letters.pop(next(iter(letters)))
        for receiver, digest in entry.receivers.items()
        if (letters := given_up.get((receiver, entry.token, digest)))
    ]
    if reasons:
        account.dead_lettered += 1
        account.reasons[reasons[0]] += 1
    elif event in known:
        account.absorbed += 1
    else:
        account.routed += 1
    known.add(event)


def _event(letter: Letter) -> tuple[str, str]:
    """Token and hash of the event on a letter's record."""
    headers = letter["headers"]
    system = headers.get("ce_source", "").removeprefix("/systems/")
    return f"{system}:{headers.get('ce_id')}", letter["hash"][:16]
