"""Writes docs/interfaces, and removes what no story tells any more."""

import asyncio
import sys

from simulators.agencies.http.samples import FOLDER, files


def main() -> None:
    """Write every file."""
    wanted = asyncio.run(files())
    for path, text in wanted.items():
        file = FOLDER / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for file in FOLDER.rglob("*"):
        if file.is_file() and str(file.relative_to(FOLDER)) not in wanted:
            file.unlink()
    print(f"{FOLDER}: {len(wanted)} files", file=sys.stderr)


if __name__ == "__main__":
    main()
