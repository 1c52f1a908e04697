"""Behaviour suites and tests, named by what they show."""
