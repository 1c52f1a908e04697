"""The router: the only way from one system to another.

`checks` decides on one record, `routes` holds what was prepared from the rights table, `router`
moves batches.
"""

from hub.router.router import Router, RouterStats

__all__ = ["Router", "RouterStats"]
