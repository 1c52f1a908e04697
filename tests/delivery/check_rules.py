"""`make check-rules`: every delivery rule, its tests, and what each of them notices.

Exit code 1 if a rule has no test, a test fails, or one passes although its rule is taken away.
"""

import asyncio
import logging
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.delivery.bites import BITES, Check, checks_by_rule, notices, told

_ROW = re.compile(r"^\| (\d+) \| (.+?) \|", re.MULTILINE)
_WIDTH = 96


def rules(document: Path) -> Mapping[int, str]:
    """The rules of `docs/delivery.md`, by number."""
    rows = _ROW.findall(document.read_text(encoding="utf-8"))
    return {int(number): text for number, text in rows}


def main() -> int:
    """Print every rule with its tests and run them, with the rule and without."""
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # tasks of processes that had to die
    found, wrong = checks_by_rule(), 0
    for number, text in rules(Path("docs/delivery.md")).items():
        print(f"{number:>2}  {_cut(text)}")
        if not found.get(number):
            print("      NO TEST")
            wrong += 1
        for check in found.get(number, ()):
            wrong += _show(check)
    tests = sum(map(len, found.values()))
    print(f"\n{len(found)} rules, {tests} tests, {len(BITES)} ways to take a rule away", end=": ")
    print("each test passes, and fails without its rule" if not wrong else f"{wrong} FAULTS")
    return 1 if wrong else 0


def _show(check: Check) -> int:
    """Run one test with its rule and without; the number of faults."""
    name = told(check).split(" ", 2)[2]
    passes = asyncio.run(_passes(check))
    print(f"      {'passes' if passes else 'FAILS '}  {_cut(name)}")
    faults = int(not passes)
    mutations = [mutation for other, mutation in BITES if other is check]
    for mutation in mutations:
        noticed = asyncio.run(notices(check, mutation))
        verdict = "fails  " if noticed else "PASSES "
        print(f"        {verdict} when {_cut(told(mutation))}")
        faults += not noticed
    if not mutations:
        print("        NEVER SEEN TO FAIL")
    return faults + (not mutations)


async def _passes(check: Check) -> bool:
    try:
        async with asyncio.timeout(10):
            await check()
    except (AssertionError, pytest.fail.Exception):
        return False
    return True


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"


if __name__ == "__main__":
    sys.exit(main())
