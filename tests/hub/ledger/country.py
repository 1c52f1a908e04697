"""Runs for the ledger to judge: a whole country in memory, and what comes from outside."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from connectors.runtime.bus import Message
from connectors.runtime.manifest import Manifest, RunFolder
from schemas.bindings import to_kafka
from schemas.event import Event, from_text
from schemas.identifiers import Chain, case_code_text
from schemas.payloads import Child, Place, RegisteredHome, Resident, TemporaryResidenceCase
from simulators.arrivals import Arrivals, Submission
from simulators.mix import Mix
from simulators.runs.in_memory import MemoryCountry
from simulators.runs.submitting import Submitter, submission_event
from simulators.world import World

START = "2023-07-10T08:00:00.000+07:00"
BIRTHS = Mix(
    deaths=0.0,
    twins=0.1,
    birth_and_card_only=0.15,
    birth_and_residence_only=0.1,
    consent_needed=0.4,
    consent_signed=0.2,
    withdrawn=0.3,
    withdrawal_hours=12,
)
MIX = replace(
    BIRTHS,
    deaths=0.5,
    group_insurance=0.5,
    group_social_protection=0.25,
    second_group=0.4,
    paid_into_account=0.8,
    permanent_residence_elsewhere=0.3,
    allowance_office_elsewhere=0.3,
)
OF_STAYS = 4
"""So many of the families that file a death file a stay as well."""
Odd = tuple[Submission, dict[str, Any]]
"""A case, and in what another one differs from it."""
ADDED = 27
"""So many cases `submissions` adds to what families file: 12 births, 9 deaths, 6 stays."""
OF_CARDS = 4
"""So many of these births are filed when there are identity cards, and ask for one."""
CARDS_FROM = "2026-09-01T08:00:00.000+07:00"


def world(often: float = 0.2) -> World:
    """A country in which everybody who may refuse, ask or be silent does so this often."""
    default = World.default()
    steps = {
        name: replace(
            step,
            refusal=often if step.reasons else 0.0,
            supplement=often if step.defects else 0.0,
            silence=often if name.startswith(("portal/", "vneid/")) else 0.0,
        )
        for name, step in default.steps.items()
    }
    return replace(default, steps=steps)


def manifest(
    run: str,
    *,
    seed: int,
    sequence: Literal["parallel", "strict"] = "parallel",
    start: str = START,
) -> Manifest:
    """A run in memory on four partitions."""
    return Manifest(
        run=run,
        seed=seed,
        engine="memory",
        bootstrap="",
        instance="memory",
        partitions=4,
        start=start,
        real_anchor=0.0,
        speed=1.0,
        durable=False,
        sequence=sequence,
        world=world().to_json(),
    )


def submissions(seed: int, cases: int, start: str = START, *, mix: Mix = MIX) -> list[Submission]:
    """Cases of all kinds, two a second; the last are what an officer refuses at once, or what is
    rare: see `_odd_births` and `_odd_deaths`."""
    arrivals = Arrivals(seed=seed, start=from_text(start), per_second=2, mix=mix)
    made = [arrivals.submission(ordinal) for ordinal in range(cases)]
    odd = [*_odd_births(made), *_odd_deaths(made)]
    rare = [_another(one, cases + n, more) for n, (one, more) in enumerate(odd)]
    return [*made, *rare, *_stays(made), *_identity_cards(seed, mix)]


def _odd_births(made: Sequence[Submission]) -> list[Odd]:
    """A birth that another case has, no birth at all, a health card at the age of seven, a birth
    that was filed in another province, one that was filed late; and three that another case has by
    another notice."""
    births = [one for one in made if one.payload.chain == "birth"]
    if len(births) < 3:
        return []
    first, second, third = births[:3]
    old = third.birth.child.model_copy(update={"born": "2016-07-01T10:00:00+07:00"})
    return [
        (first, {}),
        (second, {"services": ("residence", "health_card")}),
        (third, {"services": ("birth", "health_card"), "child": old}),
        (third, {"province": _another_province(third)}),
        (second, {"child": _filed_late(second)}),
        *((one, {"child": _by_another_notice(one)}) for one in births[:3]),
    ]


def _filed_late(one: Submission) -> Child:
    """Another child of the mother, of the year before."""
    child = one.birth.child
    older = {
        "born": "2022-09-20T10:00:00+07:00",
        "notice": f"YY{one.ordinal % 1_000:03}{child.notice[5:]}",
    }
    return child.model_copy(update=older)


def _by_another_notice(one: Submission) -> Child:
    child = one.birth.child
    notice = f"ZZ{one.ordinal % 1_000:03}{child.notice[5:]}"
    return child.model_copy(update={"notice": notice, "name": child.name.upper()})


def _odd_deaths(made: Sequence[Submission]) -> list[Odd]:
    """A death that another case has, no death at all, no group, groups that exclude each other;
    somebody else's death in the night, to the second, in another zone, with all groups that can
    be; one of which nothing else is asked, whatever is ticked; and three of which the case, the
    permanent residence or the office of the allowance is said to lie in another province."""
    deaths = [one for one in made if one.payload.chain == "death" and one.death.payee is not None]
    if not deaths:
        return []
    one = deaths[0]
    services = ("death", "residence_removal", "funeral_allowance")
    night = one.death.deceased.model_copy(
        update={"personal_id": _next_id(one, 1), "died": "2023-06-30T17:29:31Z"}
    )
    other = one.death.deceased.model_copy(update={"personal_id": _next_id(one, 2)})
    astray = {"province": "01", "commune": "26740"}
    everything = ("veterans", "emergency", "insurance", "merit", "social_pension", "veterans")
    return [
        (one, {}),
        (one, {"services": ("residence_removal", "funeral_allowance")}),
        (one, {"services": services, "groups": ()}),
        (one, {"services": services, "groups": ("social_protection", "insurance", "emergency")}),
        (one, {"services": services, "groups": everything, "deceased": night}),
        (one, {"services": ("death",), "groups": ("merit",), "deceased": other}),
        (one, {"province": _another_province(one)}),
        (one, {"permanent_residence": RegisteredHome(**astray, address="Số 1, Phường Bến Nghé")}),
        (one, {"allowance_office": Place(**astray)}),
    ]


def _identity_cards(seed: int, mix: Mix) -> list[Submission]:
    """Births of the first day on which one can ask for an identity card, and all do."""
    wishes = replace(mix, deaths=0.0, twins=0.0, withdrawn=0.0, identity_card=1.0)
    arrivals = Arrivals(seed=seed + 1_000, start=from_text(CARDS_FROM), mix=wishes)
    made = [replace(arrivals.submission(n), ordinal=3_068 + n) for n in range(OF_CARDS)]
    return [replace(one, case=_code("birth", one, one.ordinal)) for one in made]


def _another_province(submission: Submission) -> str:
    """One in which the case's commune has never been."""
    return "01" if submission.payload.province != "01" else "79"


def _stays(made: Sequence[Submission]) -> list[Submission]:
    """Who files a death stays in that commune; one of them twice, and one for too long."""
    families = [one for one in made if one.payload.chain == "death"][:OF_STAYS]
    stays = [_stay(one, "2024-06-30") for one in families]
    if not stays:
        return []
    again = replace(stays[0], case=_code("temporary_residence", stays[0], 1_000))
    long = _stay(replace(families[-1], ordinal=2_000), "2099-12-31")
    return [*stays, again, long]


def _stay(family: Submission, until: str) -> Submission:
    death = family.death
    who = death.requester.personal_id
    male = int(who[3]) % 2 == 0
    born = f"{1900 + int(who[3]) // 2 * 100}-01-02"
    payload = TemporaryResidenceCase(
        chain="temporary_residence",
        procedure="1.004194",
        services=("temporary_residence",),
        channel=death.channel,
        province=death.province,
        commune=death.commune,
        address=death.address,
        requester=death.requester,
        resident=Resident(
            name=death.requester.name,
            personal_id=who,
            sex="male" if male else "female",
            born=f"{born[:2]}{who[4:6]}{born[4:]}",
        ),
        until=until,
        documents=(),
    )
    case = _code("temporary_residence", family, family.ordinal)
    return replace(family, case=case, payload=payload)


def _next_id(death: Submission, by: int) -> str:
    known = death.death.deceased.personal_id
    return f"{known[:6]}{(int(known[6:]) + 500_000 + by) % 1_000_000:06}"


def _another(submission: Submission, ordinal: int, changes: dict[str, Any]) -> Submission:
    return replace(
        submission,
        ordinal=ordinal,
        case=_code(submission.payload.chain, submission, ordinal),
        payload=submission.payload.model_copy(update=changes),
    )


def _code(chain: Chain, submission: Submission, ordinal: int) -> str:
    return case_code_text(chain, submission.at.date(), 9_000_000 + ordinal)


def junk(submission: Submission) -> list[Message]:
    """Records that the hub refuses: of a case, of a case that nobody knows, and of none."""
    bad = replace(submission_event(submission), id="junk", payload=b'{"chain":"life"}')
    return [
        message(bad),
        message(replace(bad, subject="G22.99.08-230710-7777777")),
        (b"key", b"{}", [("ce_id", b"nothing")]),
    ]


def message(event: Event) -> Message:
    """The event as a record."""
    return event.key.encode(), event.payload, to_kafka(event)


def play(
    home: Path,
    plan: Manifest,
    cases: Sequence[Submission],
    *,
    outside: Sequence[Message] = (),
    hours: Sequence[int] | None = None,
) -> Path:
    """The folder of a run that was played to its end, or only to these hours after its start.

    `outside` comes on the portal's topic before the cases.
    """
    folder = RunFolder.create(home, plan.run)
    folder.save(plan)
    asyncio.run(_play(folder, plan, cases, outside, hours))
    return folder.path


async def _play(
    folder: RunFolder,
    plan: Manifest,
    cases: Sequence[Submission],
    outside: Sequence[Message],
    hours: Sequence[int] | None,
) -> None:
    country = MemoryCountry(folder, plan)
    await country.open()
    try:
        if outside:
            producer = await country.bus.producer()
            await producer.send({(plan.topics.inbox("portal"), 0): list(outside)})
            await producer.close()
        if hours is None:
            await country.play(cases)
            return
        with Submitter(folder, plan, await country.bus.producer()) as submitter:
            await submitter.submit(cases)
        for hour in hours:
            country.clock.advance(from_text(START) + timedelta(hours=hour))
            await country.settle()
    finally:
        await country.close()
