"""The papers of a demonstration, whose agencies are a process of their own."""

import json
from pathlib import Path

import pytest

from tests.e2e.processes import Lienthong

pytestmark = [pytest.mark.e2e, pytest.mark.embedded, pytest.mark.timeout(240)]

NOTHING = {"refused"}
"""How a case ends that brings no paper."""


def test_every_result_of_the_demo_has_its_file(lienthong: Lienthong) -> None:
    """Who got something has a paper of it, every paper is a whole PDF file, and no file is over."""
    demo = json.loads(lienthong.run("demo", "--agencies", "http", "--json").stdout)
    referred: set[str] = set()
    for case in demo["cases"]:
        papers = lienthong.json("document", "list", case["case"])["documents"]
        assert bool(papers) == (case["status"] not in NOTHING), case["case"]
        for paper in papers:
            assert paper["condition"] == "whole", paper
            assert Path(paper["path"]).read_bytes().startswith(b"%PDF-")
            referred.add(paper["sha256"])
    folder = lienthong.folder / "home" / "runs" / demo["run"] / "documents"
    assert {path.stem for path in folder.iterdir()} == referred
