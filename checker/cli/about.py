"""The origin of an answer: the version of the facts, and the page of the site with the same."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import checker

SITE = "https://mlops-field-guide.github.io/sagemaker/"


@cache
def version() -> str:
    """The newest day on which a fact was checked, as 2026.11.22; the package has the same.

    Raises:
        FileNotFoundError: a source checkout in which nothing was built yet.
    """
    knowledge = Path(checker.__file__).with_name("knowledge.json")
    found = re.search(rb'"version":"([^"]+)"', knowledge.read_bytes())
    return found[1].decode() if found else ""


def newest_check() -> str:
    """The same day as a date."""
    return version().replace(".", "-")


def link_to(decision: str | None, answers: Mapping[str, object]) -> str:
    """The page that shows a verdict on these answers; without a decision, the checker's first."""
    if decision is None:
        return f"{SITE}check/"
    query = urlencode({name: str(value) for name, value in answers.items()})
    return f"{SITE}check/{decision}/{f'?{query}' if query else ''}"
