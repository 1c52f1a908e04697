"""Behaviour of the agencies in process, one file an agency."""
