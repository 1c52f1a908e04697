"""Behaviour of the connectors, one file a system."""
