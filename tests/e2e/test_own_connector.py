"""An engineer plays one system with a connector of their own, against the rest of the country."""

import signal

import pytest

from tests.e2e.processes import WITHIN_S, Lienthong

pytestmark = [pytest.mark.e2e, pytest.mark.embedded, pytest.mark.timeout(240)]

OWN = """
from connectors.runtime.handling import Decision
from connectors.runtime.sdk import Connector

mine = Connector("notification")


@mine.on("case.status.changed")
def text(state, event):
    sent = {event.data()["status"]: event.time.strftime("%d/%m/%Y %H:%M:%S")}
    return Decision(state={"tinNhan": {**state.get("tinNhan", {}), **sent}})
"""


def test_a_connector_of_ones_own_takes_part(lienthong: Lienthong) -> None:
    """Ten lines, started from the folder they stand in; the ledger judges them like the others."""
    (lienthong.folder / "texting.py").write_text(OWN, encoding="utf-8")
    with lienthong.up("--without", "notification", "--speed", "30000") as country:
        own = lienthong.start("run", "connector", "texting:mine")
        try:
            submitted = lienthong.json("submit", "--count", "3")
            assert submitted["run"] == country["run"]
            assert len(set(submitted["cases"])) == 3
            report = lienthong.verdict(finished=3)
            assert report["ok"], report["findings"]
            own.send_signal(signal.SIGTERM)
            assert own.wait(WITHIN_S) == 130
        finally:
            own.kill()
            own.communicate()
    assert lienthong.errors().splitlines() == [
        "lienthong: dừng theo tín hiệu SIGTERM",
        "  stopped by SIGTERM",
        "lienthong: dừng theo tín hiệu SIGINT",
        "  stopped by SIGINT",
    ], "an end that was asked for needs no traceback"
