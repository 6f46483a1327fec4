"""Repeatable measurements, each beside its peers in one run: ``python -m bench [part ...]``."""
