"""Options win over the environment, the environment over `.env`, and that over the defaults."""

import json
from pathlib import Path

import pytest

from tests.hub.cli.conftest import Command


def topic(lienthong: Command, *arguments: str) -> str:
    """The portal's input topic, which shows the prefix in force."""
    told = json.loads(lienthong("contract", "case.submitted", "--json", *arguments).out)
    return str(told["publish_to"]["portal"])


def test_the_nearest_setting_wins(
    lienthong: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each place is overruled by the next nearer one."""
    assert topic(lienthong) == "lt.in.portal"
    # monkeypatch puts back what `.env` brings into the environment
    monkeypatch.setenv("LIENTHONG_PREFIX", "")
    monkeypatch.delenv("LIENTHONG_PREFIX")
    (tmp_path / ".env").write_text("LIENTHONG_PREFIX=file\nPATH=/nowhere\n", encoding="utf-8")
    assert topic(lienthong) == "file.in.portal"
    monkeypatch.setenv("LIENTHONG_PREFIX", "environment")
    assert topic(lienthong) == "environment.in.portal"
    assert topic(lienthong, "--prefix", "option") == "option.in.portal"


def test_the_file_sets_nothing_but_our_own(
    lienthong: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A `.env` written for something else changes nothing, and an empty value none of ours."""
    monkeypatch.delenv("SOMETHING", raising=False)
    (tmp_path / ".env").write_text("SOMETHING=else\nLIENTHONG_PREFIX=\n", encoding="utf-8")
    assert topic(lienthong) == "lt.in.portal"
    import os

    assert "SOMETHING" not in os.environ


def test_a_wrong_setting_names_its_variable(
    lienthong: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever set it learns which one it is."""
    monkeypatch.setenv("LIENTHONG_SEED", "one")
    ended = lienthong("demo")
    assert ended.code == 2
    assert "LIENTHONG_SEED" in ended.err or "--seed" in ended.err
