"""The router: the only way from one system to another.

`checks` decides on one record, `routes` holds what was prepared from the rights table, `router`
moves batches.
"""

from hub.router.router import GROUP, Router, RouterStats

__all__ = ["GROUP", "Router", "RouterStats"]
