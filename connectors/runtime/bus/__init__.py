"""How records travel: one port, several backends."""
