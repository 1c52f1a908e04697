"""Data on stdout."""

from typing import Any

import orjson


def print_json(data: Any) -> None:
    """Print a value as JSON, for people to read and programs to parse."""
    print(orjson.dumps(data, option=orjson.OPT_INDENT_2).decode())
