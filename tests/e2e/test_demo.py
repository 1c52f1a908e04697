"""`lienthong demo`, as somebody sees it who has just cloned the project."""

import json
from pathlib import Path
from typing import Any

import pytest

from hub.brokers import NativeKafka
from tests.e2e.processes import WITHIN_S, Lienthong

pytestmark = [pytest.mark.e2e, pytest.mark.embedded, pytest.mark.timeout(240)]

FAST = ("--speed", "30000")
ENDS = [
    ("birth", "smooth", "completed"),
    ("birth", "twins", "completed"),
    ("birth", "twins", "completed"),
    ("birth", "consent", "completed"),
    ("birth", "birth_and_card", "completed"),
    ("birth", "refused", "refused"),
    ("birth", "declined", "partly_completed"),
    ("birth", "supplement", "completed"),
    ("birth", "withdrawn", "partly_completed"),
    ("death", "pensioner", "completed"),
    ("death", "death_only", "completed"),
    ("death", "not_entitled", "partly_completed"),
    ("death", "account_closed", "completed"),
    ("death", "entitled_twice", "partly_completed"),
]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str]:
    """Two demonstrations at a time: seed 2 as JSON, seed 1 as text without a terminal."""
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    commands = [("demo", "--json", "--seed", "2", *FAST), ("demo", *FAST)]
    running = [Lienthong(folder).start(*c) for folder, c in zip(folders, commands, strict=True)]
    printed = [process.communicate(timeout=WITHIN_S)[0] for process in running]
    for process, folder in zip(running, folders, strict=True):
        assert process.returncode == 0, (folder / "stderr.txt").read_text(encoding="utf-8")
    return json.loads(printed[0]), printed[1]


def test_the_demo_ends_with_a_clean_ledger(shown: tuple[dict[str, Any], str]) -> None:
    """Every case came to its end, through a real broker, and nothing was lost or done twice."""
    demo, _ = shown
    assert demo["ok"] is True
    assert demo["run"]
    assert demo["broker"]["engine"] == "embedded"
    assert demo["broker"]["records"] > 14 * len(demo["cases"]), (
        "each event stands in several topics"
    )
    ledger = demo["ledger"]
    assert (ledger["lost"], ledger["duplicated"], ledger["mismatched"]) == (0, 0, 0)
    assert ledger["finished"] == ledger["submitted"] == len(demo["cases"])


def test_the_demo_shows_different_fates(shown: tuple[dict[str, Any], str]) -> None:
    """Of births and of deaths: what goes well, what is refused, asked for again or withdrawn."""
    demo, _ = shown
    ends = [(case["chain"], case["story"], case["status"]) for case in demo["cases"]]
    assert ends == ENDS


def test_the_deaths_are_paid_as_the_law_has_it(shown: tuple[dict[str, Any], str]) -> None:
    """Into the account, in cash where that is closed, once to who is entitled twice."""
    demo, _ = shown
    paid = {case["story"]: case["results"].get("paid") for case in demo["cases"]}
    assert paid["pensioner"]["vnd"] in (14_900_000, 18_000_000), "ten times June's level or July's"
    methods = {story: one["method"] for story, one in paid.items() if one}
    assert methods == {
        "pensioner": "account",
        "account_closed": "cash",
        "entitled_twice": "account",
    }
    reasons = {s["reason"] for c in demo["cases"] for s in c["services"] if c["chain"] == "death"}
    assert "no_double_benefit" in reasons


def test_a_story_is_told_in_the_order_of_its_time(shown: tuple[dict[str, Any], str]) -> None:
    """From the submission to the end, each step with its system, in both languages."""
    smooth = shown[0]["cases"][0]
    times = [step["at"] for step in smooth["steps"]]
    assert times == sorted(times)
    events = [step["event"] for step in smooth["steps"]]
    assert events[:2] == ["notice.issued", "case.submitted"]
    assert events[-1] == "case.status.changed"
    assert {"personal-id.issued", "birth.registered", "residence.registered"} < set(events)
    assert all(step["text_vi"] and step["text_en"] for step in smooth["steps"])
    assert set(smooth["results"]) == {
        "dossier",
        "entry",
        "personal_id",
        "certificate",
        "residence",
        "card",
    }


def test_another_seed_gives_other_people_and_codes(shown: tuple[dict[str, Any], str]) -> None:
    """No case and nobody whom seed 2 is about stands in what seed 1 printed."""
    demo, text = shown
    for code, chain in (("G22.99.08", "birth"), ("G22.99.09", "death")):
        told = sum(ends[0] == chain for ends in ENDS)
        assert text.count(f"{code}-230710-") >= told, "seed 1 told its stories"
    for case in demo["cases"]:
        assert case["case"] not in text
        assert (case["child"] or case["deceased"])["name"] not in text


def test_the_readme_shows_what_the_demo_prints(shown: tuple[dict[str, Any], str]) -> None:
    """Each line of its excerpt is one of seed 1's, in their order; `…` is what it leaves out."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    excerpt = readme.partition("```text\n")[2].partition("```")[0].splitlines()
    assert len(excerpt) > 20, "the excerpt tells a case and the verdict"
    at = 0
    for part in (part for line in excerpt for part in line.split("…")):
        found = shown[1].find(part, at)
        assert found >= 0, f"the demo does not print, or not there: {part}"
        at = found + len(part)


def test_without_a_terminal_the_demo_prints_plain_lines(
    shown: tuple[dict[str, Any], str], tmp_path: Path
) -> None:
    """No control codes in a file or a pipe; the verdict stands there in both languages."""
    text = shown[1]
    assert "\x1b" not in text
    assert "\r" not in text
    assert "Sổ cái đối soát: 0 thất lạc, 0 trùng lặp, 0 sai lệch" in text
    assert "The ledger: 0 lost, 0 duplicated, 0 mismatched" in text


@pytest.mark.kafka
def test_the_demo_plays_on_an_apache_kafka_of_its_own(
    lienthong: Lienthong, kafka: NativeKafka
) -> None:
    """The same stories on the broker that most users run, started for this run alone."""
    demo = lienthong.json("demo", "--broker", "kafka", *FAST)
    assert demo["ok"] is True, demo["ledger"]
    assert demo["broker"]["engine"] == "kafka"
    assert demo["ledger"]["finished"] == len(demo["cases"]) == len(ENDS)
