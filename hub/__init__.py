"""The hub itself: router, orchestrator, brokers, supervisor, ledger and command line."""
