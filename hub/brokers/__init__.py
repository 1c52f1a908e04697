"""Brokers that a run can start by itself."""
