"""Macros: knowledge to HTML at build time. Pages call them by name with literal arguments."""

from typing import Any


def define_env(env: Any) -> None:
    """The entry that mkdocs-macros-plugin and Zensical look for."""
    # Imported here: checking the knowledge must not need the template engine.
    from macros.registry import register

    register(env)
