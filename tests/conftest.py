"""Fixtures for all tests, and how hypothesis looks for counterexamples.

The gate runs the same examples each time; ``--hypothesis-profile=explore`` looks for new ones.
"""

import pytest
from hypothesis import settings

from checker.knowledge.model import Knowledge
from checker.session import Session
from tests import support

settings.register_profile("gate", derandomize=True, deadline=None, database=None, max_examples=40)
settings.register_profile("explore", deadline=None, max_examples=3000)
settings.load_profile("gate")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge as a build reads it."""
    return support.known()


@pytest.fixture(scope="session")
def session() -> Session:
    """A session on the knowledge, its rules compiled once."""
    return support.session()
