"""Behaviour of the runtime and of the agencies' connectors."""
