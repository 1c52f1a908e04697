"""How a role says that it is ready, where no supervisor listens."""

from pathlib import Path

import pytest

from hub.readiness import FILE_VARIABLE, VARIABLE, announce_ready


def test_a_file_says_it_to_a_health_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there from the first announcement on; a child of the role does not inherit the name."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "ready"))
    announce_ready()
    assert (tmp_path / "ready").is_file()
    (tmp_path / "ready").unlink()
    announce_ready()
    assert not (tmp_path / "ready").exists(), "once is enough"
