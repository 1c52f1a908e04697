"""Data on stdout."""

from typing import Any

import orjson


def print_json(data: Any) -> None:
    """Print a value as JSON, for people to read and programs to parse."""
    print(orjson.dumps(data, option=orjson.OPT_INDENT_2).decode())


def print_json_line(data: Any) -> None:
    """Print a value as one line of JSON at once, for a program that reads along."""
    print(orjson.dumps(data).decode(), flush=True)
