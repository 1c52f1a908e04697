"""Where a system keeps its state: one port, several backends."""
