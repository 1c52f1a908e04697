"""Stand-ins for programs."""

from pathlib import Path


def put_program(path: Path, script: str) -> None:
    """Make `path` a program that does what the shell script says."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
